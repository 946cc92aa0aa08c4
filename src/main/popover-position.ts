import type { Point, Rectangle } from 'electron';

const GAP = 8;

/**
 * Where the popover's top left corner goes: centred on the tray icon and on the side of it that faces the middle of the screen,
 * never over the edge of the work area. All in points.
 *
 * @param anchor the tray icon, or where the pointer is when the platform does not tell (Linux)
 * @param workArea of the display the anchor is on, without task bars
 */
export function popoverPosition(
  anchor: Rectangle,
  workArea: Rectangle,
  size: { readonly width: number; readonly height: number },
): Point {
  const centre = { x: anchor.x + anchor.width / 2, y: anchor.y + anchor.height / 2 };
  const isAbove = centre.y < workArea.y + workArea.height / 2;
  const y = isAbove ? anchor.y + anchor.height + GAP : anchor.y - size.height - GAP;
  return {
    x: Math.round(clamp(centre.x - size.width / 2, workArea.x + GAP, workArea.x + workArea.width - size.width - GAP)),
    y: Math.round(clamp(y, workArea.y + GAP, workArea.y + workArea.height - size.height - GAP)),
  };
}

/** On a display too small for the range, its lower end: the top left must stay in sight. */
function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
