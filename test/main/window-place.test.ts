import { expect, test } from 'vitest';
import { isReachable, openingBounds, parseWindowPlace } from '../../src/main/window-place.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const place = { x: 10, y: 20, width: 900, height: 700, maximized: false };

test('a place that was saved is read back', () => {
  expect(parseWindowPlace(JSON.parse(JSON.stringify(place)))).toEqual(place);
});

test.each([
  undefined,
  null,
  'here',
  [],
  {},
  { ...place, x: '10' },
  { ...place, width: 0 },
  { ...place, height: -5 },
  { ...place, x: Number.NaN },
  { ...place, y: Number.POSITIVE_INFINITY },
  { ...place, maximized: 'yes' },
])('%j is no place', (value) => {
  expect(parseWindowPlace(value)).toBeUndefined();
});

test.each([
  ['on the screen', { ...place }, true],
  ['hanging over the right edge by most of it', { ...place, x: 1820 }, true],
  ['over the right edge', { ...place, x: 1900 }, false],
  ['left of everything', { ...place, x: -895 }, false],
  ['with its title above the screen', { ...place, y: -30 }, false],
  ['with its title below the screen', { ...place, y: 1030 }, false],
  ['on a second display', { ...place, x: 2000 }, true],
] as const)('a window %s', (name, bounds, expected) => {
  const areas = name === 'on a second display' ? [screen, { x: 1920, y: 0, width: 1280, height: 1024 }] : [screen];
  expect(isReachable(bounds, areas)).toBe(expected);
});

test('without a place to go to, the default size is used', () => {
  expect(openingBounds(undefined, [screen])).toEqual({ width: 1080, height: 720 });
  expect(openingBounds({ ...place, x: 9000 }, [screen])).toEqual({ width: 1080, height: 720 });
  expect(openingBounds(place, [screen])).toEqual({ x: 10, y: 20, width: 900, height: 700 });
});
