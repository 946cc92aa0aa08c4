/**
 * Callers that wait for one answer together. Each may go away by its own signal; the others go on waiting.
 */
export class Waiters<Answer> {
  readonly #waiting = new Set<{ readonly settle: (answer: Answer) => void; readonly fail: (error: unknown) => void }>();

  /** How many wait now. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Waits for the answer; rejects with the signal's reason when it is aborted, after calling `onLeave`. */
  add(signal: AbortSignal, onLeave: () => void): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#waiting.delete(waiter);
        reject(signal.reason as Error);
        onLeave();
      };
      const leave = <Value>(done: (value: Value) => void): ((value: Value) => void) => {
        return (value) => {
          signal.removeEventListener('abort', onAbort);
          done(value);
        };
      };
      const waiter = { settle: leave(resolve), fail: leave(reject) };
      this.#waiting.add(waiter);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Gives everyone the answer. */
  settle(answer: Answer): void {
    for (const waiter of this.#take()) {
      waiter.settle(answer);
    }
  }

  /** Tells everyone that there will be none. */
  fail(error: unknown): void {
    for (const waiter of this.#take()) {
      waiter.fail(error);
    }
  }

  #take() {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    return waiting;
  }
}
