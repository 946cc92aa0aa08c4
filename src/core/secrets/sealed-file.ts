import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, link, mkdir, open, readdir, realpath, rename, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../model/clock.ts';
import { CoreError } from '../model/errors.ts';
import { parseSealed, type SealedContent } from './sealed-format.ts';
import { StoreFailedError } from './store-errors.ts';

/** What this folder needs of the file system beyond reading: `core/files` has both. */
export interface SealedFileIo {
  /**
   * Replaces the file with `bytes`, all or nothing: temporary file in the same folder, fsync, rename, fsync of the folder. The new file
   * is 0600 whatever the umask and whatever the old one was.
   */
  writeFileAtomic(file: string, bytes: Uint8Array): Promise<void>;
  /**
   * Runs `action` while no other process and no other call in this one holds the lock of `file`, which need not exist; its folder does.
   * The lock of a process that died is taken over.
   */
  withFileLock<T>(file: string, action: () => Promise<T>): Promise<T>;
}

/** Why a file was put aside; part of its new name. */
export type AsideReason = 'damaged' | 'replaced';

const MAX_FILE_BYTES = 16 * 1024 * 1024;
const ASIDE_NAME = /\.(?:damaged|replaced)-\d{8}T\d{6}Z-[0-9a-f]{8}$/;

/**
 * The one file with all secrets, as bytes on a disk: knows nothing of keys.
 *
 * It never deletes: a file that cannot be used is put aside under another name in the same folder.
 */
export class SealedFile {
  readonly path: string;
  readonly #io: SealedFileIo;
  readonly #clock: Clock;

  constructor(file: string, io: SealedFileIo, clock: Clock) {
    this.path = file;
    this.#io = io;
    this.#clock = clock;
  }

  /**
   * The file taken apart, or undefined when there is none. Closes it to other users on the way, whoever opened it.
   *
   * Throws StoreDamagedError, StoreTooNewError, or StoreFailedError for a file that is unreadable, not a file or not ours.
   */
  async read(): Promise<SealedContent | undefined> {
    const bytes = await readOwnFile(this.path);
    return bytes === undefined ? undefined : parseSealed(bytes);
  }

  /** Replaces the file. Only within `withLock`. */
  async write(bytes: Uint8Array): Promise<void> {
    await asStoreFailure('written', () => this.#io.writeFileAtomic(this.path, bytes));
  }

  /** Runs `action` while no other process changes the file. Creates the folder, closed to other users, where it is missing. */
  async withLock<T>(action: () => Promise<T>): Promise<T> {
    await asStoreFailure('written', () => ensureOwnFolder(path.dirname(this.path)));
    return asStoreFailure('changed', () => this.#io.withFileLock(this.path, action));
  }

  /** Gives the file another name, so that there is none under its own. Answers the new name. Only within `withLock`. */
  async setAside(reason: AsideReason): Promise<string> {
    const name = this.#asideName(reason);
    await asStoreFailure('set aside', () => rename(this.path, this.#beside(name)));
    return name;
  }

  /**
   * Gives the file a second name, to be written over under its first: readers meanwhile always find one. Answers the new name.
   * Only within `withLock`.
   */
  async keepUnderSecondName(reason: AsideReason): Promise<string> {
    const name = this.#asideName(reason);
    const target = this.#beside(name);
    await asStoreFailure('set aside', async () => {
      // A link to a symbolic link would go on showing what is written through it.
      const source = await realpath(this.path);
      await link(source, target).catch(() => copyPrivately(source, target));
    });
    return name;
  }

  /** Files put aside earlier, the latest first. */
  async listAside(): Promise<readonly SealedFile[]> {
    const prefix = `${path.basename(this.path)}.`;
    const names = await readdir(path.dirname(this.path)).catch(() => []);
    return names
      .filter((name) => name.startsWith(prefix) && ASIDE_NAME.test(name))
      .sort((a, b) => b.slice(-25).localeCompare(a.slice(-25)))
      .map((name) => new SealedFile(this.#beside(name), this.#io, this.#clock));
  }

  /** Marks a file of `listAside` as taken back: it keeps its place on disk but is not listed any more. */
  async markRecovered(): Promise<void> {
    await asStoreFailure('renamed', () => rename(this.path, `${this.path}.recovered`));
  }

  #asideName(reason: AsideReason): string {
    const stamp = this.#clock
      .now()
      .toISOString()
      .replace(/[-:]|\.\d+/g, '');
    return `${path.basename(this.path)}.${reason}-${stamp}-${randomBytes(4).toString('hex')}`;
  }

  #beside(name: string): string {
    return path.join(path.dirname(this.path), name);
  }
}

/** For file systems without hard links. The copy takes the permissions of the source, which `read` has closed to others. */
async function copyPrivately(source: string, target: string): Promise<void> {
  await copyFile(source, target, constants.COPYFILE_EXCL);
  await chmod(target, 0o600);
}

/** Makes the folder, and closes it to other users: also one that was there, more open, before. Throws StoreFailedError if it is another user's. */
async function ensureOwnFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = await stat(folder);
  refuseIfForeign(uid, 'folder');
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    await chmod(folder, 0o700);
  }
}

async function readOwnFile(file: string): Promise<Buffer | undefined> {
  return asStoreFailure('read', async () => {
    const handle = await openIfThere(file);
    try {
      return handle === undefined ? undefined : await readHandle(handle);
    } finally {
      await handle?.close();
    }
  });
}

/** O_NONBLOCK: a FIFO planted here would make a plain open wait for ever. Windows has no such flag. */
async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

async function readHandle(handle: FileHandle): Promise<Buffer> {
  const { uid, mode, size, ...stats } = await handle.stat().then((found) => ({
    uid: found.uid,
    mode: found.mode,
    size: found.size,
    isFile: found.isFile(),
  }));
  if (!stats.isFile || size > MAX_FILE_BYTES) {
    throw new StoreFailedError(
      'What stands where Rolecall keeps its secrets is not a file of Rolecall.',
      'Look at it, move it away and try again.',
    );
  }
  refuseIfForeign(uid, 'file');
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    await handle.chmod(0o600);
  }
  return handle.readFile();
}

function refuseIfForeign(ownerId: number, what: 'file' | 'folder'): void {
  if (process.getuid !== undefined && ownerId !== process.getuid()) {
    throw new StoreFailedError(
      `The ${what} of Rolecall's secrets belongs to another user of this machine.`,
      'Run Rolecall as the user it belongs to (not with sudo), or give it back with chown.',
    );
  }
}

async function asStoreFailure<T>(what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof CoreError || code === undefined) {
      throw error;
    }
    throw new StoreFailedError(
      `The file of Rolecall's secrets could not be ${what} (${code}).`,
      'See that its folder can be written and its disk has room, then try again. Nothing was lost.',
      error,
    );
  }
}
