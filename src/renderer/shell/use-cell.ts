import { useSyncExternalStore } from 'react';
import type { Cell } from '../state/cell.ts';

/** The value of a cell; the view is drawn again when it changes. */
export function useCell<T>(cell: Pick<Cell<T>, 'get' | 'subscribe'>): T {
  return useSyncExternalStore(cell.subscribe, cell.get);
}
