import type { AppState } from '../../shared/app-state.ts';

/** A directory is asked for anew this often while the app runs. */
const EVERY_MS = 6 * 60 * 60_000;
/** One that AWS could not be asked for: the network was not there yet, at a start with the machine or after it slept. */
const UNREACHED_EVERY_MS = 5 * 60_000;

/**
 * Which directories are due to be asked for anew. By the clock on the wall: a machine that sleeps for a weekend counts no ticks, and
 * its list would be as old as that without being due.
 */
export class DirectoryAges {
  readonly #askedAtMs = new Map<string, number>();

  /** The Identity Centers whose directory is due; they count as asked from now on. A new sign-in asks by itself. */
  due({ ssoSessions, directories }: Pick<AppState, 'ssoSessions' | 'directories'>, nowMs: number): readonly string[] {
    return ssoSessions
      .filter(({ id, access }) => {
        if (access.kind !== 'signed-in') {
          this.#askedAtMs.delete(id);
          return false;
        }
        const ageMs = nowMs - (this.#askedAtMs.get(id) ?? Infinity);
        const isDue = ageMs >= everyMs(directories[id]?.failure?.code);
        // Seen for the first time, or the clock was set back: counted from now.
        if (isDue || ageMs < 0) {
          this.#askedAtMs.set(id, nowMs);
        }
        return isDue;
      })
      .map(({ id }) => id);
  }
}

function everyMs(failure: string | undefined): number {
  return failure === 'offline' ? UNREACHED_EVERY_MS : EVERY_MS;
}
