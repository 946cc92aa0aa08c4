import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../model/clock.ts';
import { folderWakes, noWakes, type OpenWakes, type Wakes } from './folder-wakes.ts';

/** A running watch. */
export interface FileWatch {
  /** Resolves after the first look: what changes from then on is told. Read the files after it, so that nothing falls between. */
  readonly ready: Promise<void>;
  close(): void;
}

/** How long after the system's word to look: a writer's next words come with it. */
const WAKE_MS = 20;
/** How often to look all the same: other machines' changes to a network file system are told by nobody. */
const LOOK_MS = 30_000;
/** How often where the system tells nothing. With the wait for calm a change is told within a second. */
const BLIND_LOOK_MS = 400;
/** How long a changed file must stay as it is before it is told: in-place writers leave it empty or half written for a moment. */
const CALM_MS = 100;
/** A file that never becomes calm is told all the same. */
const LONGEST_WAIT_MS = 800;
const MOST_ENTRIES = 2_000;

/**
 * Tells when files or folders change, appear, vanish or are replaced, whoever does it, within a second: `onChange` gets the paths that
 * did, once they are calm. A folder changes when a file right in it does. A path may not exist, nor any folder above it.
 *
 * The truth is in looking at the files; the system only says when it is worth while. What it does not say (on network file systems, or
 * when it has no more watches to give) is seen by looking now and then: each look wakes the processor, so not more often than it must.
 */
export function watchFiles(
  paths: readonly string[],
  onChange: (changed: readonly string[]) => void,
  clock: Clock,
  openWakes: OpenWakes = process.platform === 'win32' ? noWakes : folderWakes,
): FileWatch {
  const watch = new Watch(paths, onChange, clock, openWakes);
  return { ready: watch.look(), close: () => watch.close() };
}

interface Watched {
  readonly path: string;
  /** How it was when it was last told. */
  told: string;
  /** How it was at the last look. */
  seen: string;
  /** Since when it is as it was seen. */
  seenSinceMs: number;
  changedSinceMs: number | undefined;
}

class Watch {
  readonly #paths: readonly string[];
  readonly #onChange: (changed: readonly string[]) => void;
  readonly #clock: Clock;
  readonly #wakes: Wakes;
  #watched: readonly Watched[] = [];
  #isArmed = false;
  #isLooking = false;
  #isWoken = false;
  #isClosed = false;
  #cancelTimer = (): void => undefined;

  constructor(
    paths: readonly string[],
    onChange: (changed: readonly string[]) => void,
    clock: Clock,
    openWakes: OpenWakes,
  ) {
    this.#paths = paths;
    this.#onChange = onChange;
    this.#clock = clock;
    this.#wakes = openWakes(paths, () => this.#wake());
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
    this.#wakes.close();
  }

  /** Looks at everything; never throws. */
  async look(): Promise<void> {
    this.#isLooking = true;
    this.#isWoken = false;
    // Before looking: what happens after the look is then told by the system.
    this.#isArmed ||= await this.#wakes.arm();
    const states = await Promise.all(this.#paths.map(stateOf));
    this.#isLooking = false;
    if (!this.#isClosed) {
      this.#take(states);
    }
  }

  #take(states: readonly string[]): void {
    const nowMs = this.#clock.now().getTime();
    if (this.#watched.length === 0) {
      this.#watched = this.#paths.map((path, index) => newlyWatched(path, states[index] ?? '', nowMs));
    }
    const calm = this.#watched.filter((watched, index) => isCalmChange(watched, states[index] ?? '', nowMs));
    for (const watched of calm) {
      watched.told = watched.seen;
      watched.changedSinceMs = undefined;
    }
    const isWaiting = this.#watched.some(({ changedSinceMs }) => changedSinceMs !== undefined);
    // A folder on the way may be another one now: the next look has the system tell of that one.
    this.#isArmed &&= !this.#isWoken && !isWaiting && calm.length === 0;
    const waitMs = isWaiting ? CALM_MS : this.#isArmed ? LOOK_MS : BLIND_LOOK_MS;
    this.#lookIn(this.#isWoken ? WAKE_MS : waitMs);
    if (calm.length > 0) {
      this.#onChange(calm.map(({ path }) => path));
    }
  }

  #wake(): void {
    if (this.#isClosed || this.#isWoken) {
      return;
    }
    this.#isWoken = true;
    this.#isArmed = false;
    if (!this.#isLooking) {
      this.#lookIn(WAKE_MS);
    }
  }

  #lookIn(delayMs: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.setTimer(delayMs, () => void this.look());
  }
}

function newlyWatched(path: string, state: string, nowMs: number): Watched {
  return { path, told: state, seen: state, seenSinceMs: nowMs, changedSinceMs: undefined };
}

/** Takes note of a look; true when a change is to be told now. */
function isCalmChange(watched: Watched, state: string, nowMs: number): boolean {
  if (state !== watched.seen) {
    watched.seen = state;
    watched.seenSinceMs = nowMs;
  }
  if (state === watched.told) {
    watched.changedSinceMs = undefined;
    return false;
  }
  watched.changedSinceMs ??= nowMs;
  // A clock that is set back must not keep a change from being told.
  const passed = (sinceMs: number, ms: number): boolean => Math.abs(nowMs - sinceMs) >= ms;
  return passed(watched.seenSinceMs, CALM_MS) || passed(watched.changedSinceMs, LONGEST_WAIT_MS);
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
