import type { Clock } from '../../model/clock.ts';

/**
 * Does something at most every `everyMs`, however often it is asked for: at once when it has been quiet, else when the time is over.
 */
export class Paced {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #action: () => void;
  #cancelTimer: (() => void) | undefined;
  #lastMs = -Infinity;

  constructor(clock: Clock, everyMs: number, action: () => void) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#action = action;
  }

  soon(): void {
    const sinceMs = this.#clock.now().getTime() - this.#lastMs;
    if (sinceMs >= this.#everyMs || sinceMs < 0) {
      this.now();
    } else {
      this.#cancelTimer ??= this.#clock.setTimer(this.#everyMs - sinceMs, () => this.now());
    }
  }

  now(): void {
    this.cancel();
    this.#lastMs = this.#clock.now().getTime();
    this.#action();
  }

  /** Forgets what was asked for and not done yet. */
  cancel(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}
