import type { ItemList } from '../model/item-list.ts';
import { roleOf, type Selection } from '../model/list-item.ts';

/**
 * Moves a pinned role one place up or down: gives every pinned role up to there the number of its new place, for those that never
 * were moved have none. Does nothing at the ends.
 */
export function reorderPins(
  items: ItemList,
  moved: Selection,
  step: -1 | 1,
  setOrder: (key: string, order: number) => void,
): void {
  const keys = pinnedKeys(items);
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

/** Keys of the pinned roles, which stand first. */
function pinnedKeys(items: ItemList): readonly string[] {
  const keys: string[] = [];
  for (let at = 0; ; at += 1) {
    const item = items.at(at);
    if (item === undefined || item.kind === 'more' || item.section !== 'pinned') {
      return keys;
    }
    if (item.kind === 'role') {
      keys.push(roleOf(item).key);
    }
  }
}
