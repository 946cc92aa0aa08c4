import type { Rectangle } from 'electron';
import * as v from 'valibot';
import { fittingSize, middlePosition } from './popover-position.ts';

const PlaceSchema = v.object({
  x: v.pipe(v.number(), v.integer()),
  y: v.pipe(v.number(), v.integer()),
  width: v.pipe(v.number(), v.integer(), v.minValue(1)),
  height: v.pipe(v.number(), v.integer(), v.minValue(1)),
  maximized: v.boolean(),
});

/** Where the main window was, in points of the desktop. */
export type WindowPlace = v.InferOutput<typeof PlaceSchema>;

const DEFAULT_SIZE = { width: 1080, height: 720 } as const;

/** As much of a window's upper edge as must be on some display, so that it can be seen and moved. */
const GRIP = 80;

/** Reads a place from a file; undefined for anything else. */
export function parseWindowPlace(value: unknown): WindowPlace | undefined {
  const parsed = v.safeParse(PlaceSchema, value);
  return parsed.success ? parsed.output : undefined;
}

/** The bounds to open with: as last time where that can be reached on the displays of today, else the default size, centred. */
export function openingBounds(
  place: WindowPlace | undefined,
  workAreas: readonly Rectangle[],
): Rectangle | typeof DEFAULT_SIZE {
  if (place === undefined || !isReachable(place, workAreas)) {
    return DEFAULT_SIZE;
  }
  return { x: place.x, y: place.y, width: place.width, height: place.height };
}

/** Where a window goes that nobody can see any more: the default size, as far as there is room, on this work area. */
export function boundsInSight(workArea: Rectangle): Rectangle {
  const size = fittingSize(DEFAULT_SIZE, workArea);
  return { ...middlePosition(workArea, size), ...size };
}

/** Whether the window's upper edge lies on one of the displays. */
export function isReachable(bounds: Rectangle, workAreas: readonly Rectangle[]): boolean {
  return workAreas.some((area) => {
    const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
    return width >= Math.min(GRIP, bounds.width) && bounds.y >= area.y && bounds.y < area.y + area.height - GRIP / 2;
  });
}
