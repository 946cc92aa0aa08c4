import type { Point, Rectangle } from 'electron';

const GAP = 8;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Where the popover's top left corner goes: centred on the tray icon and on the side of it that faces the middle of the screen,
 * never over the edge of the work area, wherever the task bar is. All in points.
 *
 * @param anchor the tray icon, or where the pointer is when the platform does not tell (Linux)
 * @param workArea of the display the anchor is on, without task bars
 */
export function popoverPosition(anchor: Rectangle, workArea: Rectangle, size: Size): Point {
  const centre = centreOf(anchor);
  const isAbove = centre.y < workArea.y + workArea.height / 2;
  const y = isAbove ? anchor.y + anchor.height + GAP : anchor.y - size.height - GAP;
  return {
    x: Math.round(clamp(centre.x - size.width / 2, workArea.x + GAP, workArea.x + workArea.width - size.width - GAP)),
    y: Math.round(clamp(y, workArea.y + GAP, workArea.y + workArea.height - size.height - GAP)),
  };
}

/** Where a window's top left corner goes that belongs to no place: in the middle, a little above it, as the eye expects. */
export function middlePosition(workArea: Rectangle, size: Size): Point {
  return {
    x: Math.round(workArea.x + Math.max(0, workArea.width - size.width) / 2),
    y: Math.round(workArea.y + Math.max(0, workArea.height - size.height) / 3),
  };
}

/** As much of `size` as the work area has room for. */
export function fittingSize(size: Size, workArea: Rectangle): Size {
  return {
    width: Math.min(size.width, workArea.width - 2 * GAP),
    height: Math.min(size.height, workArea.height - 2 * GAP),
  };
}

/** The middle of a rectangle, in whole points. */
export function centreOf({ x, y, width, height }: Rectangle): Point {
  return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
}

/** Whether the point lies in the rectangle. */
export function isWithin(point: Point, { x, y, width, height }: Rectangle): boolean {
  return point.x >= x && point.x < x + width && point.y >= y && point.y < y + height;
}

/** On a display too small for the range, its lower end: the top left must stay in sight. */
function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
