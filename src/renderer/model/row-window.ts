import { ITEM_KINDS, lastAtMost, type ItemKind, type ItemList } from './item-list.ts';

/** What of a long list is in sight, in CSS pixels from the top of its rows. */
export interface RowView {
  readonly topPx: number;
  readonly heightPx: number;
}

/** The rows from `first` up to `end` (exclusive). */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** Rows beyond either edge that are drawn as well, so that a slow frame while scrolling shows no gap. */
const BEYOND = 3;

/** Where each row begins, and last where the list ends, in CSS pixels. */
export function rowTops(
  { kinds }: Pick<ItemList, 'kinds'>,
  heightsPx: Readonly<Record<ItemKind, number>>,
): Float64Array {
  const heights = ITEM_KINDS.map((kind) => heightsPx[kind]);
  const tops = new Float64Array(kinds.length + 1);
  let endPx = 0;
  for (let at = 0; at < kinds.length; at += 1) {
    endPx += heights[kinds[at] ?? 0] ?? 0;
    tops[at + 1] = endPx;
  }
  return tops;
}

/** The same for rows that are all as high. */
export function evenTops(count: number, heightPx: number): Float64Array {
  return Float64Array.from({ length: count + 1 }, (_, at) => at * heightPx);
}

/** The rows to draw for a view: those in sight, and so many beyond each edge. */
export function rowRange(tops: ArrayLike<number>, { topPx, heightPx }: RowView, beyond = BEYOND): RowRange {
  const count = tops.length - 1;
  const first = lastAtMost(tops, topPx) - beyond;
  const end = lastAtMost(tops, topPx + heightPx) + 1 + beyond;
  return { first: Math.min(count, Math.max(0, first)), end: Math.min(count, end) };
}

/** How far the list must be scrolled for a row to be in sight; as little as possible. */
export function revealedTop(tops: ArrayLike<number>, index: number, { topPx, heightPx }: RowView): number {
  const startPx = tops[index] ?? 0;
  const endPx = tops[index + 1] ?? startPx;
  if (startPx < topPx) {
    return startPx;
  }
  return endPx > topPx + heightPx ? endPx - heightPx : topPx;
}
