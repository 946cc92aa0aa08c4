import { watch, type FSWatcher } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/** Wakes somebody who looks at files when the system says that something may have happened to one of them. Says no more than that. */
export interface Wakes {
  /** Has the system tell of everything there is by now. False where it cannot: then only looking helps. Never throws. */
  arm(): Promise<boolean>;
  close(): void;
}

/** Opens wakes for these paths. */
export type OpenWakes = (paths: readonly string[], onWake: () => void) => Wakes;

/** Folders above a path that are listened to: a folder that is renamed says so itself, but nothing in it does. */
const FOLDERS_ABOVE = 3;

/** As the kernel's watches do it: of folders, for a watch of a file follows the file and not the name. */
export const folderWakes: OpenWakes = (paths, onWake) => new FolderWakes(paths, onWake);

/** Without the system's help. On Windows, where a folder that is listened to cannot be renamed. */
export const noWakes: OpenWakes = () => ({ arm: () => Promise.resolve(false), close: () => undefined });

interface Listening {
  readonly watcher: FSWatcher;
  /** Which folder it was, for another may come in its place. */
  readonly identity: string;
}

/** What matters in a folder: some of its entries, or all. */
type Wanted = ReadonlySet<string> | 'all';

class FolderWakes implements Wakes {
  readonly #paths: readonly string[];
  readonly #onWake: () => void;
  readonly #listening = new Map<string, Listening>();
  #wanted: ReadonlyMap<string, Wanted> = new Map();
  #isClosed = false;

  constructor(paths: readonly string[], onWake: () => void) {
    this.#paths = paths;
    this.#onWake = onWake;
  }

  async arm(): Promise<boolean> {
    const wanted = await wantedOf(this.#paths);
    const identities = new Map(await Promise.all([...wanted.keys()].map(withIdentity)));
    if (this.#isClosed) {
      return true;
    }
    this.#wanted = wanted;
    for (const [folder, { identity }] of this.#listening) {
      if (identities.get(folder) !== identity) {
        this.#stop(folder);
      }
    }
    const tried = [...identities].map(([folder, identity]) => identity === undefined || this.#listen(folder, identity));
    return tried.every(Boolean);
  }

  close(): void {
    this.#isClosed = true;
    for (const folder of this.#listening.keys()) {
      this.#stop(folder);
    }
  }

  #listen(folder: string, identity: string): boolean {
    if (this.#listening.has(folder)) {
      return true;
    }
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => this.#hear(folder, name));
      watcher.on('error', () => {
        this.#stop(folder);
        this.#onWake();
      });
      this.#listening.set(folder, { watcher, identity });
      return true;
    } catch {
      // The kernel has no more to give, or the file system none at all.
      return false;
    }
  }

  #hear(folder: string, name: string | null): void {
    const wanted = this.#wanted.get(folder);
    // What happens to the folder itself goes by its own name.
    if (wanted === 'all' || name === null || name === basename(folder) || wanted?.has(name) === true) {
      this.#onWake();
    }
  }

  #stop(folder: string): void {
    this.#listening.get(folder)?.watcher.close();
    this.#listening.delete(folder);
  }
}

/** Every folder that something could happen in: those on the way to a path, as it is written and as it is behind links. */
async function wantedOf(paths: readonly string[]): Promise<ReadonlyMap<string, Wanted>> {
  const wanted = new Map<string, Set<string> | 'all'>();
  const real = await Promise.all(paths.map((path) => realpath(path).catch(() => path)));
  for (const path of new Set([...paths, ...real])) {
    for (const [folder, name] of await wayTo(path)) {
      const names = wanted.get(folder) ?? new Set();
      wanted.set(folder, names === 'all' ? names : names.add(name));
    }
  }
  for (const path of [...paths, ...real]) {
    if (await isFolder(path)) {
      wanted.set(path, 'all');
    }
  }
  return wanted;
}

/** Folder and name in it, upwards: so many, and in any case up to the first folder that exists. */
async function wayTo(path: string): Promise<readonly (readonly [string, string])[]> {
  const way: (readonly [string, string])[] = [];
  const at = { path, exists: false };
  while (dirname(at.path) !== at.path && (way.length < FOLDERS_ABOVE || !at.exists)) {
    const folder = dirname(at.path);
    way.push([folder, basename(at.path)]);
    at.path = folder;
    at.exists = await isFolder(folder);
  }
  return way;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

async function withIdentity(folder: string): Promise<readonly [string, string | undefined]> {
  const stats = await stat(folder).catch(() => undefined);
  return [folder, stats?.isDirectory() === true ? `${stats.dev} ${stats.ino}` : undefined];
}
