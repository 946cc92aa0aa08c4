import { chmodSync, statSync, type Stats } from 'node:fs';
import { FileUnsafeError, systemErrorCode } from './file-errors.ts';

const OTHERS_WRITE = 0o022;

/**
 * Makes sure that only the user can put things into this folder, as far as it is there: whoever else could would choose the programs,
 * the settings and the edits of `~/.aws` that are kept in it. On Windows rights are inherited, and nothing is looked at.
 *
 * Throws FileUnsafeError for a folder of another user's. At once, not by a promise: nothing may be read there before.
 */
export function requireOwnFolder(folder: string): void {
  const stats = statsOf(folder);
  const uid = process.getuid?.();
  if (stats === undefined || uid === undefined) {
    return;
  }
  if (stats.uid !== uid) {
    throw new FileUnsafeError(
      `${folder} belongs to another user.`,
      'Take it over (chown), or set ROLECALL_HOME to a folder of your own.',
    );
  }
  if ((stats.mode & OTHERS_WRITE) !== 0) {
    closeToWriters(folder, stats);
  }
}

/** Undefined where nothing is; what else is wrong there, such as a file in its place, is told where the folder is used. */
function statsOf(folder: string): Stats | undefined {
  try {
    const stats = statSync(folder);
    return stats.isDirectory() ? stats : undefined;
  } catch {
    return undefined;
  }
}

function closeToWriters(folder: string, { mode }: Stats): void {
  try {
    chmodSync(folder, mode & 0o7777 & ~OTHERS_WRITE);
  } catch (error) {
    // File systems without modes, such as those of Windows under WSL, say that all may write, and take no other word.
    if (systemErrorCode(error) === undefined) {
      throw error;
    }
  }
}
