import { roleOf, type ListItem, type Selection } from '../model/list-items.ts';

/**
 * Moves a pinned role one place up or down: gives every pinned role up to there the number of its new place, for those that never
 * were moved have none. Does nothing at the ends.
 */
export function reorderPins(
  items: readonly ListItem[],
  moved: Selection,
  step: -1 | 1,
  setOrder: (key: string, order: number) => void,
): void {
  const keys = items.flatMap((item) => (item.kind === 'role' && item.section === 'pinned' ? [roleOf(item).key] : []));
  const from = keys.indexOf(moved.entry.key);
  const to = from + step;
  if (from < 0 || to < 0 || to >= keys.length) {
    return;
  }
  const order = keys.toSpliced(from, 1).toSpliced(to, 0, moved.entry.key);
  for (const [place, key] of order.entries()) {
    if (place <= Math.max(from, to)) {
      setOrder(key, place);
    }
  }
}
