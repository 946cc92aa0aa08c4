import { watch, type FSWatcher } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { basename, dirname, sep } from 'node:path';

/** Wakes somebody who looks at files when the system says that something may have happened to one of them. Says no more than that. */
export interface Wakes {
  /** Has the system tell of everything there is by now. False where it cannot: then only looking helps. Never throws. */
  arm(): Promise<boolean>;
  close(): void;
}

/** Opens wakes for these paths. */
export type OpenWakes = (paths: readonly string[], onWake: () => void) => Wakes;

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

/**
 * Every folder that something could happen in: those of the paths as they are written and as they are behind links, and those with a
 * link on the way. No others: of a folder that much is written in, such as the home folder, every word would wake us.
 */
async function wantedOf(paths: readonly string[]): Promise<ReadonlyMap<string, Wanted>> {
  const wanted = new Map<string, Set<string> | 'all'>();
  const real = await Promise.all(paths.map((path) => realpath(path).catch(() => path)));
  const all = [...new Set([...paths, ...real])];
  const tops = all.map((path) => `${dirname(path)}${sep}`);
  const ways = await Promise.all(all.flatMap((path) => [wayTo(path, tops), linksTo(path)]));
  for (const path of ways.flat()) {
    const names = wanted.get(dirname(path)) ?? new Set();
    wanted.set(dirname(path), names === 'all' ? names : names.add(basename(path)));
  }
  for (const path of all) {
    if (await isFolder(path)) {
      wanted.set(path, 'all');
    }
  }
  return wanted;
}

/**
 * The path and those above it whose coming and going matters: up to a folder that exists, and to one that another path lies in. A
 * folder that is renamed or removed says so itself, but nothing further down does.
 */
async function wayTo(path: string, tops: readonly string[]): Promise<readonly string[]> {
  const folder = dirname(path);
  const isEnd = folder === dirname(folder) || ((await isFolder(folder)) && !tops.some((top) => folder.startsWith(top)));
  return isEnd ? [path] : [path, ...(await wayTo(folder, tops))];
}

/** The links among the folders above a path: another one may come in their place, and the folder behind says nothing. */
async function linksTo(path: string): Promise<readonly string[]> {
  const folder = dirname(path);
  if (folder === path) {
    return [];
  }
  const isLink = (await lstat(folder).catch(() => undefined))?.isSymbolicLink() ?? false;
  return [...(isLink ? [folder] : []), ...(await linksTo(folder))];
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

async function withIdentity(folder: string): Promise<readonly [string, string | undefined]> {
  const stats = await stat(folder).catch(() => undefined);
  return [folder, stats?.isDirectory() === true ? `${stats.dev} ${stats.ino}` : undefined];
}
