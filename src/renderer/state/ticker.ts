/** What the ticker needs of the page; tests give their own. */
export interface PageTime {
  /** Epoch milliseconds by this machine's clock. */
  readonly now: () => number;
  /** Runs `action` once after `delayMs`; returns the function that cancels it. */
  readonly setTimer: (delayMs: number, action: () => void) => () => void;
  readonly isHidden: () => boolean;
  /** Calls `listener` when the page is hidden or shown. */
  readonly onVisibility: (listener: () => void) => () => void;
}

/** How often a listener wants to be called. */
export type TickMs = 1_000 | 10_000;

/** One clock for everything on the page that counts. */
export interface Ticker {
  /** The present as of the last tick, epoch milliseconds by this machine's clock. */
  readonly current: () => number;
  readonly subscribe: (everyMs: TickMs, listener: () => void) => () => void;
}

/**
 * A ticker with at most one timer, none faster than a second, and none at all while the page is hidden or nobody listens. Ticks
 * fall on whole seconds (or tens of them) of the clock, so that everything on the page counts in step.
 */
export function createTicker(page: PageTime): Ticker {
  const listeners = new Map<() => void, TickMs>();
  let currentMs = page.now();
  let cancelTimer: (() => void) | undefined;

  const schedule = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
    if (listeners.size > 0 && !page.isHidden()) {
      const everyMs = Math.min(...listeners.values());
      // The clock may jump: whatever it says, the next tick is within one period, and not sooner than a millisecond.
      const delayMs = Math.max(1, everyMs - (page.now() % everyMs));
      cancelTimer = page.setTimer(delayMs, tick);
    }
  };
  const tick = (): void => {
    currentMs = page.now();
    for (const listener of listeners.keys()) {
      listener();
    }
    schedule();
  };
  page.onVisibility(() => (page.isHidden() ? schedule() : tick()));

  return {
    current: () => currentMs,
    subscribe(everyMs, listener) {
      // Wrapped, so that one listener may subscribe twice with two periods.
      const call = (): void => listener();
      if (listeners.size === 0 || page.now() - currentMs >= everyMs) {
        currentMs = page.now();
      }
      listeners.set(call, everyMs);
      schedule();
      return () => {
        listeners.delete(call);
        schedule();
      };
    },
  };
}

/** The page's own clock and timers. */
export function browserTime(page: Document): PageTime {
  return {
    now: () => Date.now(),
    setTimer(delayMs, action) {
      const timer = setTimeout(action, delayMs);
      return () => clearTimeout(timer);
    },
    isHidden: () => page.visibilityState === 'hidden',
    onVisibility(listener) {
      page.addEventListener('visibilitychange', listener);
      return () => page.removeEventListener('visibilitychange', listener);
    },
  };
}
