import { chmod, lstat, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePrivateFolder, writeFileAtomic } from '../files/atomic-file.ts';
import { FileFailedError, FileUnsafeError, systemErrorCode } from '../files/file-errors.ts';
import { helperScript, type HelperPlace } from './helper-script.ts';

const PRIVATE_PROGRAM = 0o700;
const PRIVATE_FOLDER = 0o700;
const PERMISSION_BITS = 0o777;

/** Where the helper lies: the path that `credential_process` lines name. */
export function helperFile({ rolecallHome, platform }: Pick<HelperPlace, 'rolecallHome' | 'platform'>): string {
  return join(rolecallHome, 'bin', platform === 'win32' ? 'rolecall.cmd' : 'rolecall');
}

/**
 * Puts the helper in its place, unless the very same is there already, and resolves to its path. For every start of the app and of
 * the command: the path stays when either moves, so no file of the user's has to change.
 *
 * Throws BadInputError where a path cannot stand in a script, FileUnsafeError where the place is not the user's own, FileFailedError.
 */
export async function installHelper(place: HelperPlace): Promise<string> {
  const text = helperScript(place);
  const file = helperFile(place);
  try {
    await prepareFolder(join(place.rolecallHome, 'bin'));
    if (!(await isThere(file, text))) {
      await writeFileAtomic(file, text, { mode: PRIVATE_PROGRAM });
    }
    return file;
  } catch (error) {
    throw systemErrorCode(error) === undefined ? error : new FileFailedError(file, 'written', error);
  }
}

/** As `installHelper`, for starts that must not fail over it: then lines name the whole command itself, and the log says why. */
export async function helperOrCommand(place: HelperPlace, log: (line: string) => void): Promise<string> {
  try {
    return await installHelper(place);
  } catch (error) {
    log(`The quick helper could not be put in its place: ${error instanceof Error ? error.message : 'unknown'}`);
    return place.commandFile;
  }
}

/** Whoever can write in the folder can have the user run anything. */
async function prepareFolder(folder: string): Promise<void> {
  await ensurePrivateFolder(folder);
  const stats = await lstat(folder);
  const uid = process.getuid?.();
  if (!stats.isDirectory() || (uid !== undefined && stats.uid !== uid)) {
    throw new FileUnsafeError(
      `${folder} is no folder of your own.`,
      'Look at it, remove it, and start Rolecall again.',
    );
  }
  if (uid !== undefined && (stats.mode & ~PRIVATE_FOLDER & PERMISSION_BITS) !== 0) {
    await chmod(folder, PRIVATE_FOLDER);
  }
}

/** Whether this very program is there. What stands in its place instead of a file goes, so that nothing is written through a link. */
async function isThere(file: string, text: string): Promise<boolean> {
  try {
    const stats = await lstat(file);
    if (stats.isSymbolicLink()) {
      await unlink(file);
      return false;
    }
    const isOpen = process.platform !== 'win32' && (stats.mode & PERMISSION_BITS) !== PRIVATE_PROGRAM;
    return stats.isFile() && !isOpen && (await readFile(file, 'utf8')) === text;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return false;
    }
    throw error;
  }
}
