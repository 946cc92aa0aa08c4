/** Answers that hold for a while, by what was asked. */
export class RecentAnswers {
  readonly #holdsMs: number;
  readonly #givenAtMs = new Map<string, number>();

  constructor(holdsMs: number) {
    this.#holdsMs = holdsMs;
  }

  note(key: string, nowMs: number): void {
    for (const [other, atMs] of this.#givenAtMs) {
      if (!this.#holds(atMs, nowMs)) {
        this.#givenAtMs.delete(other);
      }
    }
    this.#givenAtMs.set(key, nowMs);
  }

  has(key: string, nowMs: number): boolean {
    const atMs = this.#givenAtMs.get(key);
    return atMs !== undefined && this.#holds(atMs, nowMs);
  }

  /** A clock that was set back ends an answer rather than letting it hold for ever. */
  #holds(atMs: number, nowMs: number): boolean {
    return nowMs >= atMs && nowMs - atMs < this.#holdsMs;
  }
}
