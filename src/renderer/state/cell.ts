/** A value that can be watched. The only kind of state the screen has besides what React keeps for one component. */
export interface Cell<T> {
  readonly get: () => T;
  readonly set: (value: T) => void;
  /** Calls `listener` after every change; returns the function that ends it. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** A cell that begins with `initial`; setting it to what it holds tells nobody. */
export function createCell<T>(initial: T): Cell<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) {
        return;
      }
      value = next;
      for (const listener of listeners) {
        listener();
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
