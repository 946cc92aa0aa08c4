import { Callers, type WaitingCaller } from '../callers.ts';

/** One piece of work under way and those who wait for it. */
interface Flight<Value> {
  readonly controller: AbortController;
  readonly result: Promise<Value>;
  readonly callers: Callers;
  waiting: number;
}

/**
 * Work that many callers want at once is done once. Each caller may go away by its own signal without disturbing the others; the
 * work is cancelled when nobody waits for it any more.
 */
export class SingleFlight<Value> {
  readonly #flights = new Map<string, Flight<Value>>();

  /**
   * Joins the work under this key, or starts it, which gets those it is done for. Rejects with the work's error, or with the caller's own
   * reason to go.
   */
  async run(
    key: string,
    signal: AbortSignal,
    work: (signal: AbortSignal, callers: Callers) => Promise<Value>,
    caller?: WaitingCaller,
  ): Promise<Value> {
    signal.throwIfAborted();
    const callers = this.#flights.get(key)?.callers ?? new Callers();
    const leave = caller === undefined ? undefined : callers.add(caller);
    const flight = this.#flights.get(key) ?? this.#start(key, work, callers);
    flight.waiting += 1;
    try {
      return await abortable(flight.result, signal);
    } finally {
      leave?.();
      flight.waiting -= 1;
      if (flight.waiting === 0) {
        this.#land(key, flight);
        flight.controller.abort(signal.reason);
      }
    }
  }

  #start(
    key: string,
    work: (signal: AbortSignal, callers: Callers) => Promise<Value>,
    callers: Callers,
  ): Flight<Value> {
    const controller = new AbortController();
    const result = work(controller.signal, callers);
    const flight: Flight<Value> = { controller, result, callers, waiting: 0 };
    this.#flights.set(key, flight);
    const land = (): void => this.#land(key, flight);
    result.then(land, land);
    return flight;
  }

  #land(key: string, flight: Flight<Value>): void {
    if (this.#flights.get(key) === flight) {
      this.#flights.delete(key);
    }
  }
}

/** The promise's outcome, or the signal's reason as soon as it is aborted. */
export async function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  let stopListening = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    stopListening = () => signal.removeEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    stopListening();
  }
}
