import { createCell, type Cell } from './cell.ts';

/** The roles for which something is under way; for one of them several things may be, as a console and a copy. */
export interface BusyRoles {
  /** Their keys. */
  readonly keys: Pick<Cell<ReadonlySet<string>>, 'get' | 'subscribe'>;
  readonly begin: (keys: Iterable<string>) => void;
  /** To be called as often as `begin` for each key. */
  readonly end: (keys: Iterable<string>) => void;
}

/** Nothing under way. */
export function createBusyRoles(): BusyRoles {
  const counts = new Map<string, number>();
  const keys = createCell<ReadonlySet<string>>(new Set());
  const add = (changed: Iterable<string>, step: 1 | -1): void => {
    for (const key of changed) {
      counts.set(key, (counts.get(key) ?? 0) + step);
      if (counts.get(key) === 0) {
        counts.delete(key);
      }
    }
    keys.set(new Set(counts.keys()));
  };
  return { keys, begin: (begun) => add(begun, 1), end: (ended) => add(ended, -1) };
}
