/**
 * Keeps operations in the order they were asked for: those on one name one after another, those on different names side by side,
 * and those on the whole store alone. One that fails does not hold up the next.
 */
export class OperationOrder {
  #lastAlone: Promise<unknown> = Promise.resolve();
  readonly #lastByName = new Map<string, Promise<unknown>>();

  /** Runs after all earlier operations on `name` and on the whole store. */
  forName<T>(name: string, operation: () => Promise<T>): Promise<T> {
    const before = [this.#lastAlone, this.#lastByName.get(name) ?? Promise.resolve()];
    const run = Promise.allSettled(before).then(operation);
    const forget = (): void => {
      if (this.#lastByName.get(name) === settled) {
        this.#lastByName.delete(name);
      }
    };
    const settled: Promise<void> = run.then(forget, forget);
    this.#lastByName.set(name, settled);
    return run;
  }

  /** Runs after everything before it, and before everything after it. */
  alone<T>(operation: () => Promise<T>): Promise<T> {
    const before = [this.#lastAlone, ...this.#lastByName.values()];
    const run = Promise.allSettled(before).then(operation);
    this.#lastAlone = run.catch(() => undefined);
    return run;
  }
}
