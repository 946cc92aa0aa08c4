import type { AppState } from '../../shared/app-state.ts';

/** A directory is asked for anew this often while the app runs. */
const EVERY_MS = 6 * 60 * 60_000;
/** One that AWS could not be asked for, as after waking up: also without word that the network is back. */
const UNREACHED_EVERY_MS = 60_000;

/**
 * Which directories are due to be asked for anew. By the clock on the wall: a machine that sleeps for a weekend counts no ticks, and
 * its list would be as old as that without being due.
 */
export class DirectoryAges {
  readonly #askedAtMs = new Map<string, number>();

  /**
   * The Identity Centers whose directory is due; they count as asked from now on. A new sign-in asks by itself. None is due while the
   * network is gone; when it is back, those are that could not be asked for.
   */
  due(
    { ssoSessions, directories }: Pick<AppState, 'ssoSessions' | 'directories'>,
    nowMs: number,
    network: 'there' | 'gone' | 'back' = 'there',
  ): readonly string[] {
    return ssoSessions
      .filter(({ id, access }) => {
        if (access.kind !== 'signed-in') {
          this.#askedAtMs.delete(id);
          return false;
        }
        const ageMs = nowMs - (this.#askedAtMs.get(id) ?? Infinity);
        const isUnreached = directories[id]?.failure?.code === 'offline';
        const isOld = ageMs >= (isUnreached ? UNREACHED_EVERY_MS : EVERY_MS);
        const isDue = network !== 'gone' && (isOld || (isUnreached && network === 'back'));
        // Seen for the first time, or the clock was set back: counted from now.
        if (isDue || ageMs < 0) {
          this.#askedAtMs.set(id, nowMs);
        }
        return isDue;
      })
      .map(({ id }) => id);
  }
}
