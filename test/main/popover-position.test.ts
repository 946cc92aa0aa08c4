import { expect, test } from 'vitest';
import { popoverPosition } from '../../src/main/popover-position.ts';

const size = { width: 360, height: 600 };
const screen = { x: 0, y: 0, width: 1920, height: 1040 };

test.each([
  ['task bar below', { x: 1780, y: 1044, width: 24, height: 24 }, screen, { x: 1552, y: 432 }],
  ['menu bar above', { x: 1500, y: 0, width: 24, height: 24 }, { ...screen, y: 24 }, { x: 1332, y: 32 }],
  ['icon in the left corner', { x: 0, y: 1044, width: 24, height: 24 }, screen, { x: 8, y: 432 }],
  ['task bar at the right', { x: 1930, y: 900, width: 24, height: 24 }, screen, { x: 1552, y: 292 }],
  [
    'a display left of the first',
    { x: -100, y: 1044, width: 24, height: 24 },
    { ...screen, x: -1920 },
    { x: -368, y: 432 },
  ],
  [
    'a display smaller than the popover',
    { x: 10, y: 10, width: 10, height: 10 },
    { x: 0, y: 0, width: 300, height: 400 },
    { x: 8, y: 8 },
  ],
])('%s', (_name, anchor, workArea, expected) => {
  expect(popoverPosition(anchor, workArea, size)).toEqual(expected);
});
