import { createHash } from 'node:crypto';
import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock } from '../model/clock.ts';
import { ensurePrivateFolder } from './atomic-file.ts';
import { FileFailedError, systemErrorCode } from './file-errors.ts';

/** One kept copy. `id` is for the store that gave it. */
export interface Backup {
  readonly id: string;
  readonly takenAt: Date;
  readonly sizeBytes: number;
}

/**
 * Where copies of the user's files go before they are changed. `folderBackups` keeps them as private plain files; whoever takes a
 * secret out of a file should give the editor a store that seals them instead.
 */
export interface BackupStore {
  /** Keeps a copy of what a file holds and gives its id. The first copy of a file is never dropped. */
  save(path: string, content: Uint8Array): Promise<string>;
  /** The copies of one file, oldest first. */
  list(path: string): Promise<readonly Backup[]>;
  /** NotFound is undefined. */
  read(id: string): Promise<Uint8Array | undefined>;
  remove(id: string): Promise<void>;
}

/** The first copy stays for ever; of the later ones so many. Each edit takes two, one of either side. */
const LATER_COPIES = 20;
/** The path's key, when the copy was taken, a count. */
const NAME = /^([0-9a-f]{16})-(\d{8}T\d{9}Z)-(\d{3})-.*$/;

/**
 * Copies as files of mode 0600 in a folder of mode 0700, named by the time they were taken.
 *
 * Throws FileFailedError when the folder cannot be written: an edit must not go on without its copy.
 */
export function folderBackups(folder: string, clock: Clock): BackupStore {
  const list = async (path: string): Promise<readonly Backup[]> => {
    const names = await namesIn(folder, path);
    return (await Promise.all(names.map((name) => describe(folder, name)))).flat();
  };
  return {
    list,
    async save(path, content) {
      const latest = (await namesIn(folder, path)).at(-1);
      // Names are in order also when the clock was set back: the oldest are dropped by them.
      const afterLatestMs = latest === undefined ? 0 : timeOf(latest).getTime() + 1;
      const name = await writeCopy(folder, path, content, new Date(Math.max(clock.now().getTime(), afterLatestMs)));
      const names = await namesIn(folder, path);
      for (const old of names.slice(1, -LATER_COPIES)) {
        await rm(join(folder, old), { force: true });
      }
      return name;
    },
    async read(id) {
      try {
        return NAME.test(id) && basename(id) === id ? await readFile(join(folder, id)) : undefined;
      } catch (error) {
        if (systemErrorCode(error) === 'ENOENT') {
          return undefined;
        }
        throw new FileFailedError(join(folder, id), 'read', error);
      }
    },
    async remove(id) {
      if (NAME.test(id) && basename(id) === id) {
        await rm(join(folder, id), { force: true });
      }
    },
  };
}

async function writeCopy(folder: string, path: string, content: Uint8Array, now: Date): Promise<string> {
  await ensurePrivateFolder(folder);
  const stamp = now.toISOString().replace(/[-:.]/g, '');
  for (let count = 0; ; count += 1) {
    const name = `${pathKey(path)}-${stamp}-${String(count).padStart(3, '0')}-${basename(path)}`;
    try {
      const handle = await open(join(folder, name), 'wx', 0o600);
      try {
        await handle.writeFile(content);
        await handle.chmod(0o600);
        await handle.sync();
      } finally {
        await handle.close();
      }
      return name;
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST' || count >= 999) {
        throw new FileFailedError(join(folder, name), 'written', error);
      }
    }
  }
}

async function namesIn(folder: string, path: string): Promise<readonly string[]> {
  try {
    const prefix = `${pathKey(path)}-`;
    return (await readdir(folder)).filter((name) => name.startsWith(prefix) && NAME.test(name)).sort();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return [];
    }
    throw new FileFailedError(folder, 'read', error);
  }
}

/** Nothing when another process dropped it meanwhile. */
async function describe(folder: string, name: string): Promise<readonly Backup[]> {
  try {
    return [{ id: name, takenAt: timeOf(name), sizeBytes: (await stat(join(folder, name))).size }];
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return [];
    }
    throw new FileFailedError(join(folder, name), 'read', error);
  }
}

function timeOf(name: string): Date {
  const [, , stamp = ''] = NAME.exec(name) ?? [];
  return new Date(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z'));
}

function pathKey(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}
