import { createHash } from 'node:crypto';
import { chmod, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stats } from 'node:fs';
import { ensurePrivateFolder } from '../files/atomic-file.ts';
import { systemErrorCode } from '../files/file-errors.ts';
import type { Surroundings } from '../session/ports.ts';
import { SocketUnsafeError } from './errors.ts';

/** Where the broker listens. */
export interface SocketPlace {
  /** Owned by the user, closed to others; locks and, on Windows, the pipe's key are here. */
  readonly folder: string;
  /** What to listen on and connect to. */
  readonly path: string;
}

/** The name of the file in the folder with what callers of a Windows pipe must know. */
export const PIPE_KEY_FILE = 'broker.key';

/** What the kernels take for a socket's path, less the final NUL. */
const MAX_PATH_BYTES = { linux: 107, darwin: 103 } as const;

/** The one place for this user's `rolecallHome`. Throws SocketUnsafeError when its path is too long for a socket. */
export function socketPlace({ rolecallHome, platform }: Pick<Surroundings, 'rolecallHome' | 'platform'>): SocketPlace {
  const folder = join(rolecallHome, 'run');
  if (platform === 'win32') {
    // Pipes live in one space of names for the whole machine; the key in the folder keeps others out.
    const id = createHash('sha256').update(rolecallHome.toLowerCase()).digest('hex').slice(0, 32);
    return { folder, path: `\\\\.\\pipe\\rolecall-${id}` };
  }
  const path = join(folder, 'broker.sock');
  if (Buffer.byteLength(path) > MAX_PATH_BYTES[platform]) {
    throw new SocketUnsafeError(
      `The path ${path} is too long for a socket.`,
      'Set ROLECALL_HOME to a folder with a shorter path, for the app and the command alike.',
    );
  }
  return { folder, path };
}

/** Makes the folder, closed to others. Throws SocketUnsafeError when it is not a folder of the user's own. */
export async function prepareSocketFolder({ folder }: SocketPlace): Promise<void> {
  await ensurePrivateFolder(folder);
  const stats = await lstat(folder);
  checkOwner(folder, stats, stats.isDirectory());
  if ((stats.mode & 0o077) !== 0) {
    await chmod(folder, 0o700);
  }
}

/**
 * Whether a broker can be asked here. Throws SocketUnsafeError where the folder or the socket is not the user's own, or the folder
 * is open to others: whoever listens there could be anybody. False when there is nothing.
 */
export async function checkSocketPlace({ folder, path }: SocketPlace): Promise<boolean> {
  const folderStats = await statIfAny(folder);
  if (folderStats === undefined) {
    return false;
  }
  checkOwner(folder, folderStats, folderStats.isDirectory());
  if (process.platform === 'win32') {
    return true;
  }
  if ((folderStats.mode & 0o077) !== 0) {
    throw unsafe(folder, 'is open to other users');
  }
  const socketStats = await statIfAny(path);
  if (socketStats === undefined) {
    return false;
  }
  checkOwner(path, socketStats, socketStats.isSocket());
  return true;
}

async function statIfAny(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw unsafe(path, 'cannot be looked at', error);
  }
}

function checkOwner(path: string, stats: Stats, isRightKind: boolean): void {
  if (!isRightKind) {
    throw unsafe(path, 'is not what Rolecall put there');
  }
  const uid = process.getuid?.();
  if (uid !== undefined && stats.uid !== uid) {
    throw unsafe(path, 'belongs to another user');
  }
}

function unsafe(path: string, what: string, cause?: unknown): SocketUnsafeError {
  return new SocketUnsafeError(`${path} ${what}.`, `Look at it, remove it, and start Rolecall again.`, cause);
}
