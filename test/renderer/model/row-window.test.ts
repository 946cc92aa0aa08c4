import { expect, test } from 'vitest';
import { evenTops, revealedTop, rowRange, rowTops } from '../../../src/renderer/model/row-window.ts';

const HEIGHTS = { section: 10, account: 20, more: 30, nested: 40, full: 50 };
/** A thousand rows of 40. */
const TOPS = rowTops({ kinds: new Uint8Array(1000).fill(3) }, HEIGHTS);

test('rows begin where those before them end', () => {
  expect([...rowTops({ kinds: Uint8Array.of(0, 4, 1, 3, 2) }, HEIGHTS)]).toEqual([0, 10, 60, 80, 120, 150]);
  expect([...rowTops({ kinds: new Uint8Array(0) }, HEIGHTS)]).toEqual([0]);
  expect([...evenTops(1000, 40)]).toEqual([...TOPS]);
});

test('rows in sight are drawn, and a few beyond each edge', () => {
  expect(rowRange(TOPS, { topPx: 0, heightPx: 400 })).toEqual({ first: 0, end: 14 });
  expect(rowRange(TOPS, { topPx: 4_010, heightPx: 400 })).toEqual({ first: 97, end: 114 });
  expect(rowRange(TOPS, { topPx: 39_600, heightPx: 400 })).toEqual({ first: 987, end: 1000 });
});

test('a list that shrank under the view still draws only rows it has', () => {
  const few = rowTops({ kinds: new Uint8Array(3).fill(3) }, HEIGHTS);
  expect(rowRange(few, { topPx: 39_600, heightPx: 400 })).toEqual({ first: 0, end: 3 });
  expect(rowRange([0], { topPx: 0, heightPx: 400 })).toEqual({ first: 0, end: 0 });
});

test('a row is brought into sight by as little as possible', () => {
  const view = { topPx: 4_000, heightPx: 400 };
  expect(revealedTop(TOPS, 105, view)).toBe(4_000);
  expect(revealedTop(TOPS, 99, view)).toBe(3_960);
  expect(revealedTop(TOPS, 110, view)).toBe(4_040);
});
