import { randomBytes } from 'node:crypto';
import { renameSync, type Stats } from 'node:fs';
import { lstat, mkdir, open, readdir, readlink, realpath, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { sleep, systemClock, type Clock } from '../model/clock.ts';
import { FileFailedError, FileUnsafeError, systemErrorCode } from './file-errors.ts';

/** How a file is written. */
export interface AtomicWriteOptions {
  /** The file's permissions afterwards. Without it an existing file keeps its own and a new one gets 0600. */
  readonly mode?: number;
  readonly clock?: Clock;
}

/** A file's new content, on disk beside it and waiting to take its place. */
export interface StagedFile {
  /** The file itself, at the end of all symbolic links. */
  readonly target: string;
  /**
   * Puts the content in place. `check` runs just before, with nothing in between; when it throws, nothing is changed. The file is
   * then either old or new, whatever happens; the temporary file is gone.
   */
  commit(check?: () => void): Promise<void>;
  /** Drops it. */
  discard(): Promise<void>;
}

const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;
const MODE_BITS = 0o7777;
const TEMPORARY_MARK = '.rolecall-';
const MAX_LINKS = 40;
/** A write takes milliseconds; a temporary file of this age was left by a process that was killed. */
const ABANDONED_AFTER_MS = 10 * 60_000;
/** On Windows virus scanners and indexers hold files open for a moment. */
const WINDOWS_RENAME_TRIES = 10;

/**
 * Replaces a file so that it holds the old content or the new, never anything else, even when the process is killed or the machine
 * loses power: a new file in the same folder (exclusive, 0600), fsync, rename, fsync of the folder. Symbolic links stay links, also
 * dangling ones. Throws FileFailedError (disk full, no permission ...) and FileUnsafeError (not a regular file, or someone else's).
 */
export async function writeFileAtomic(
  path: string,
  content: string | Uint8Array,
  options: AtomicWriteOptions = {},
): Promise<void> {
  const staged = await stageFile(path, content, options);
  await staged.commit();
}

/** The first half of `writeFileAtomic`, for writers that must look once more before the rename. */
export async function stageFile(
  path: string,
  content: string | Uint8Array,
  options: AtomicWriteOptions = {},
): Promise<StagedFile> {
  const target = await resolveTarget(path);
  const old = await statExisting(path, target);
  const temporary = join(dirname(target), `.${basename(target)}${TEMPORARY_MARK}${randomBytes(6).toString('hex')}`);
  try {
    const handle = await open(temporary, 'wx', PRIVATE_FILE);
    await writeThrough(handle, content, options.mode ?? (old === undefined ? PRIVATE_FILE : old.mode & MODE_BITS), old);
  } catch (error) {
    await discard(temporary);
    throw new FileFailedError(path, 'written', error);
  }
  return {
    target,
    commit: (check) => commit(path, temporary, target, check, options.clock ?? systemClock()),
    discard: () => discard(temporary),
  };
}

/** Where a path leads, through symbolic links, whether there is a file at the end or not. Throws FileFailedError. */
export async function resolveTarget(path: string): Promise<string> {
  let current = resolve(path);
  try {
    for (let followed = 0; followed < MAX_LINKS; followed += 1) {
      const link = await readlinkIfAny(current);
      if (link === undefined) {
        return join(await realpath(dirname(current)), basename(current));
      }
      current = resolve(await realpath(dirname(current)), link);
    }
  } catch (error) {
    throw new FileFailedError(path, 'written', error);
  }
  throw new FileFailedError(path, 'written', Object.assign(new Error('too many links'), { code: 'ELOOP' }));
}

/** Makes a folder of our own, or of the AWS CLI's, with those above it; new ones are 0700. Throws FileFailedError. */
export async function ensurePrivateFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: PRIVATE_FOLDER });
  } catch (error) {
    throw new FileFailedError(path, 'written', (await reasonAbove(path)) ?? error);
  }
}

/** Node tells of a read-only disk, when it is to make several folders, as if one of them were missing: the first of them tells why. */
async function reasonAbove(path: string): Promise<unknown> {
  for (let folder = resolve(path); folder !== dirname(folder); folder = dirname(folder)) {
    const isThere = await lstat(dirname(folder)).then(
      () => true,
      () => false,
    );
    if (isThere) {
      return mkdir(folder, { mode: PRIVATE_FOLDER }).then(
        () => undefined,
        (error: unknown) => (systemErrorCode(error) === 'EEXIST' ? undefined : error),
      );
    }
  }
  return undefined;
}

/** Throws FileUnsafeError unless this is a regular file of the user's own. */
export function checkOwnRegularFile(path: string, stats: Stats): void {
  if (!stats.isFile()) {
    throw new FileUnsafeError(
      `${path} is not a regular file.`,
      'Rolecall changes plain files only. Put a file there, or a link to one.',
    );
  }
  const uid = process.getuid?.();
  if (uid !== undefined && stats.uid !== uid) {
    throw new FileUnsafeError(
      `${path} belongs to another user.`,
      'Take it over (chown), or run this as the user who owns it.',
    );
  }
}

async function statExisting(path: string, target: string): Promise<Stats | undefined> {
  try {
    const stats = await stat(target);
    checkOwnRegularFile(path, stats);
    return stats;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw error instanceof FileUnsafeError ? error : new FileFailedError(path, 'written', error);
  }
}

async function readlinkIfAny(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

async function writeThrough(
  handle: FileHandle,
  content: string | Uint8Array,
  mode: number,
  old: Stats | undefined,
): Promise<void> {
  try {
    await handle.writeFile(content);
    if (old !== undefined && process.platform !== 'win32') {
      // The group stays the file's where we may set it; where not, the user's own group is the narrower one.
      await handle.chown(old.uid, old.gid).catch(() => undefined);
    }
    // The mode given to open() is cut by the umask, so it is set again. Last, so that nothing is readable before it is complete.
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function commit(
  path: string,
  temporary: string,
  target: string,
  check: (() => void) | undefined,
  clock: Clock,
): Promise<void> {
  try {
    await rename(temporary, target, check, clock);
    await syncFolder(dirname(target));
  } catch (error) {
    await discard(temporary);
    throw isSystemError(error) ? new FileFailedError(path, 'written', error) : error;
  }
  await removeAbandoned(target);
}

async function rename(temporary: string, target: string, check: (() => void) | undefined, clock: Clock): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    check?.();
    try {
      // Synchronous, so that no time passes between the check and the rename.
      renameSync(temporary, target);
      return;
    } catch (error) {
      const isHeld = ['EPERM', 'EACCES', 'EBUSY'].includes(systemErrorCode(error) ?? '');
      if (process.platform !== 'win32' || !isHeld || attempt >= WINDOWS_RENAME_TRIES) {
        throw error;
      }
    }
    await sleep(clock, 10 * attempt);
  }
}

/** Makes the rename itself last. Windows and some network file systems cannot sync a folder, and need not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') {
    return;
  }
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EBADF'].includes(systemErrorCode(error) ?? '')) {
      throw error;
    }
  } finally {
    await handle.close();
  }
}

/** Removes what killed processes left beside this file. Failing to is no failure of the write. */
async function removeAbandoned(target: string): Promise<void> {
  const folder = dirname(target);
  const prefix = `.${basename(target)}${TEMPORARY_MARK}`;
  try {
    const names = (await readdir(folder)).filter((name) => name.startsWith(prefix));
    const writtenMs = names.length === 0 ? 0 : (await stat(target)).mtimeMs;
    for (const name of names) {
      const { mtimeMs } = await lstat(join(folder, name));
      if (writtenMs - mtimeMs > ABANDONED_AFTER_MS) {
        await discard(join(folder, name));
      }
    }
  } catch {
    // Another process removed it first, or the folder is gone.
  }
}

async function discard(temporary: string): Promise<void> {
  await rm(temporary, { force: true }).catch(() => undefined);
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
