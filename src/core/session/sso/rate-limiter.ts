import type { Clock } from '../../model/clock.ts';

/** How fast a portal may be asked. */
export interface RateLimits {
  readonly maxPerSecond: number;
  /** The slowest it is made by throttling. */
  readonly minPerSecond: number;
  /** How many requests may go at once after a pause. */
  readonly burst: number;
}

/** AWS allows 20 requests a second to the portal; other tools of the user's need some of it. */
export const PORTAL_LIMITS: RateLimits = { maxPerSecond: 18, minPerSecond: 1, burst: 2 };

/** Who goes first when many wait: a person's click before work in the background. */
export type Priority = 'now' | 'background';

interface Waiter {
  readonly priority: Priority;
  readonly go: () => void;
}

/** Throttling makes us this much slower at once; time without it makes us faster again by this much a second. */
const SLOW_DOWN_FACTOR = 0.6;
const SPEED_UP_PER_SECOND = 0.5;
/** Many requests under way are refused together: that is one reason to slow down, not many. */
const ONE_THROTTLING_MS = 1_000;

/**
 * A token bucket for one portal that learns: throttled, it slows down and waits as long as AWS asks; later it speeds up again by
 * itself, up to its limit.
 */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #limits: RateLimits;
  readonly #waiters: Waiter[] = [];
  #perSecond: number;
  #permits: number;
  #refilledMs: number;
  #pausedUntilMs = -Infinity;
  #slowedMs = -Infinity;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, limits: RateLimits = PORTAL_LIMITS) {
    this.#clock = clock;
    this.#limits = limits;
    this.#perSecond = limits.maxPerSecond;
    this.#permits = limits.burst;
    this.#refilledMs = clock.now().getTime();
  }

  /** The present limit, in requests a second. */
  get perSecond(): number {
    return this.#perSecond;
  }

  /** Resolves when one request may go. Rejects with the signal's reason when it is aborted first. */
  acquire(priority: Priority, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const onAbort = (): void => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        reject(signal.reason as Error);
      };
      const waiter: Waiter = {
        priority,
        go: () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      const place = priority === 'now' ? this.#waiters.findIndex((other) => other.priority === 'background') : -1;
      this.#waiters.splice(place === -1 ? this.#waiters.length : place, 0, waiter);
      this.#serve();
    });
  }

  /** A request was refused for coming too fast; `pauseMs` is what AWS asked to wait. */
  throttled(pauseMs: number): void {
    const now = this.#refill();
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, now + pauseMs);
    if (now - this.#slowedMs >= ONE_THROTTLING_MS) {
      this.#slowedMs = now;
      this.#perSecond = Math.max(this.#limits.minPerSecond, this.#perSecond * SLOW_DOWN_FACTOR);
      this.#permits = Math.min(this.#permits, 0);
    }
    this.#serve();
  }

  #serve(): void {
    const now = this.#refill();
    while (this.#permits >= 1 && now >= this.#pausedUntilMs && this.#waiters.length > 0) {
      this.#permits -= 1;
      this.#waiters.shift()?.go();
    }
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#waiters.length > 0) {
      const refillMs = ((1 - this.#permits) / this.#perSecond) * 1000;
      this.#cancelTimer = this.#clock.setTimer(Math.ceil(Math.max(refillMs, this.#pausedUntilMs - now, 1)), () =>
        this.#serve(),
      );
    }
  }

  /** Adds what time has brought; returns the present. A clock set back costs nothing but the time since the last look. */
  #refill(): number {
    const now = this.#clock.now().getTime();
    const passedSeconds = Math.max(0, now - this.#refilledMs) / 1000;
    if (now < this.#refilledMs) {
      this.#pausedUntilMs = Math.min(this.#pausedUntilMs, now);
      this.#slowedMs = Math.min(this.#slowedMs, now);
    }
    this.#refilledMs = now;
    this.#perSecond = Math.min(this.#limits.maxPerSecond, this.#perSecond + passedSeconds * SPEED_UP_PER_SECOND);
    this.#permits = Math.min(this.#limits.burst, this.#permits + passedSeconds * this.#perSecond);
    return now;
  }
}
