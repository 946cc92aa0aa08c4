import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../model/clock.ts';

/** A running watch. */
export interface FileWatch {
  /** Resolves after the first look: what changes from then on is told. Read the files after it, so that nothing falls between. */
  readonly ready: Promise<void>;
  close(): void;
}

/** How often to look. With the wait for calm a change is told within a second. */
const LOOK_MS = 400;
/** How long a changed file must stay as it is before it is told: in-place writers leave it empty or half written for a moment. */
const CALM_MS = 100;
/** A file that never becomes calm is told all the same. */
const LONGEST_WAIT_MS = 800;
const MOST_ENTRIES = 2_000;

/**
 * Tells when files or folders change, appear, vanish or are replaced, whoever does it, within a second: `onChange` gets the paths that
 * did, once they are calm. A folder changes when a file right in it does. A path may not exist, nor any folder above it.
 *
 * Looks at the files instead of asking the system to be told: the kernel's watches follow the file that was opened, not the name, miss
 * network file systems and run out; a look costs some microseconds.
 */
export function watchFiles(
  paths: readonly string[],
  onChange: (changed: readonly string[]) => void,
  clock: Clock,
): FileWatch {
  const watch = new Watch(paths, onChange, clock);
  return { ready: watch.look(), close: () => watch.close() };
}

interface Watched {
  readonly path: string;
  /** How it was when it was last told. */
  told: string;
  /** How it was at the last look. */
  seen: string;
  changedSinceMs: number | undefined;
}

class Watch {
  readonly #paths: readonly string[];
  readonly #onChange: (changed: readonly string[]) => void;
  readonly #clock: Clock;
  #watched: Watched[] = [];
  #isClosed = false;
  #cancelTimer = (): void => undefined;

  constructor(paths: readonly string[], onChange: (changed: readonly string[]) => void, clock: Clock) {
    this.#paths = paths;
    this.#onChange = onChange;
    this.#clock = clock;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
  }

  async look(): Promise<void> {
    const states = await Promise.all(this.#paths.map(stateOf));
    if (this.#isClosed) {
      return;
    }
    if (this.#watched.length === 0) {
      this.#watched = this.#paths.map((path, index) => newlyWatched(path, states[index] ?? ''));
    }
    const nowMs = this.#clock.now().getTime();
    const calm = this.#watched.filter((watched, index) => isCalmChange(watched, states[index] ?? '', nowMs));
    for (const watched of calm) {
      watched.told = watched.seen;
      watched.changedSinceMs = undefined;
    }
    const isWaiting = this.#watched.some(({ changedSinceMs }) => changedSinceMs !== undefined);
    this.#cancelTimer = this.#clock.setTimer(isWaiting ? CALM_MS : LOOK_MS, () => void this.look());
    if (calm.length > 0) {
      this.#onChange(calm.map(({ path }) => path));
    }
  }
}

function newlyWatched(path: string, state: string): Watched {
  return { path, told: state, seen: state, changedSinceMs: undefined };
}

/** Takes note of a look; true when a change is to be told now. */
function isCalmChange(watched: Watched, state: string, nowMs: number): boolean {
  const isMoving = state !== watched.seen;
  watched.seen = state;
  if (state === watched.told) {
    watched.changedSinceMs = undefined;
    return false;
  }
  watched.changedSinceMs ??= nowMs;
  return !isMoving || nowMs - watched.changedSinceMs >= LONGEST_WAIT_MS;
}

/** What tells one state of a file or folder from another. Not readable and not there are states too. */
async function stateOf(path: string): Promise<string> {
  try {
    const stats = await stat(path, { bigint: true });
    const own = `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs} ${stats.mode}`;
    return stats.isDirectory() ? `${own} ${await folderState(path)}` : own;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}

async function folderState(path: string): Promise<string> {
  const names = (await readdir(path)).sort().slice(0, MOST_ENTRIES);
  const states = await Promise.all(
    names.map(async (name) => {
      const stats = await stat(join(path, name), { bigint: true }).catch(() => undefined);
      return stats === undefined ? name : `${name} ${stats.ino} ${stats.size} ${stats.mtimeNs}`;
    }),
  );
  return states.join('\n');
}
