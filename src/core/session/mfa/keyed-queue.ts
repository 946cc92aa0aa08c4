import { abortable } from '../resolve/single-flight.ts';

/** Does work of one key one after another, in the order asked; work of different keys does not wait for each other. */
export class KeyedQueue {
  readonly #last = new Map<string, Promise<void>>();

  /** Waits for its turn, then works. Rejects with the signal's reason when the caller goes away while waiting. */
  async run<Value>(key: string, signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
    const before = this.#last.get(key) ?? Promise.resolve();
    let endTurn = (): void => undefined;
    const turn = new Promise<void>((resolve) => {
      endTurn = resolve;
    });
    // Whoever comes next waits for both: this caller may leave while the one before still works.
    const mine = before.then(() => turn);
    this.#last.set(key, mine);
    void mine.then(() => this.#last.get(key) === mine && this.#last.delete(key));
    try {
      await abortable(before, signal);
      return await work();
    } finally {
      endTurn();
    }
  }
}
