import type { Clock } from '../../src/core/model/clock.ts';

interface Timer {
  readonly at: number;
  readonly action: () => void;
}

/**
 * A clock that moves only when told to. `advance` fires due timers in order and lets promises settle between them.
 */
export class FakeClock implements Clock {
  #nowMs: number;
  readonly #timers = new Set<Timer>();

  constructor(start: string | number = '2026-11-23T12:00:00Z') {
    this.#nowMs = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#nowMs);
  }

  setTimer(delayMs: number, action: () => void): () => void {
    const timer = { at: this.#nowMs + Math.max(delayMs, 0), action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Timers that wait now. */
  get pending(): number {
    return this.#timers.size;
  }

  /** How long until the next timer fires, or undefined when none waits. */
  get nextDelayMs(): number | undefined {
    const at = Math.min(...[...this.#timers].map((timer) => timer.at));
    return Number.isFinite(at) ? at - this.#nowMs : undefined;
  }

  /** Sets the wall clock without firing timers, as a user who changes the time or a machine that slept. */
  jumpTo(when: string | number): void {
    this.#nowMs = new Date(when).getTime();
  }

  async advance(ms: number): Promise<void> {
    const end = this.#nowMs + ms;
    await settle();
    for (;;) {
      const due = [...this.#timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) {
        break;
      }
      this.#timers.delete(due);
      this.#nowMs = Math.max(this.#nowMs, due.at);
      due.action();
      await settle();
    }
    this.#nowMs = end;
    await settle();
  }
}

/** Lets everything that is ready run: promise callbacks and one turn of the event loop. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
