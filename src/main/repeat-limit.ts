/** As many times the same is told within the window; then it keeps still. */
const MOST = 2;
const WINDOW_MS = 10 * 60_000;

/**
 * Keeps what comes back again and again from being told each time: an editor that polls for credentials asks anew as soon as its last
 * question ran out, all through lunch.
 */
export class RepeatLimit {
  readonly #toldAtMs = new Map<string, readonly number[]>();

  /** Whether it may be told now; if so, that counts. A clock that was set back forgets what was told after. */
  mayTell(key: string, nowMs: number): boolean {
    const recent = (this.#toldAtMs.get(key) ?? []).filter((atMs) => atMs <= nowMs && nowMs - atMs < WINDOW_MS);
    const may = recent.length < MOST;
    this.#toldAtMs.set(key, may ? [...recent, nowMs] : recent);
    return may;
  }
}
