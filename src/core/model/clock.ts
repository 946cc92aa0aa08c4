/**
 * Time as the core sees it. Tests give a fake one; nothing in the core calls `Date.now` or `setTimeout` itself.
 */
export interface Clock {
  /** The present, by this machine's clock. */
  now(): Date;
  /** Runs `action` once after `delayMs` (clamped to 2^31-1 ms, where Node's own timers overflow to 1 ms). Returns a function that cancels it. */
  setTimer(delayMs: number, action: () => void): () => void;
}

/** The longest delay that Node's timers take; longer ones fire at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** The machine's own clock. Timers are unref'd only when `keepAlive` is false: a waiting sign-in keeps a command alive, a renewal does not. */
export function systemClock(options: { readonly keepAlive: boolean } = { keepAlive: true }): Clock {
  return {
    now: () => new Date(),
    setTimer(delayMs, action) {
      const timer = setTimeout(action, Math.min(Math.max(delayMs, 0), MAX_TIMER_MS));
      if (!options.keepAlive) {
        timer.unref();
      }
      return () => clearTimeout(timer);
    },
  };
}

/**
 * Resolves after `delayMs` by `clock`; rejects with the signal's reason as soon as it is aborted.
 */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const onAbort = (): void => {
      cancel();
      reject(signal?.reason as Error);
    };
    const cancel = clock.setTimer(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
