import { chmod, lstat, rename, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import * as v from 'valibot';
import type { FilePreview } from '../../../shared/commands.ts';
import { FileChangedError, FileFailedError } from '../../files/file-errors.ts';

const mode = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0o777));

/** The shape of `FileMove`, for files that keep some. */
export const FileMoveSchema = v.variant('kind', [
  v.object({ kind: v.literal('mode'), path: v.string(), from: mode, to: mode }),
  v.object({ kind: v.literal('rename'), path: v.string(), to: v.string() }),
]);

/** A change to a file itself rather than to its text: who may use it, or what it is called. Can be taken back by the opposite move. */
export type FileMove = v.InferOutput<typeof FileMoveSchema>;

const PERMISSIONS = 0o777;

/** The move that takes a move back. */
export function opposite(move: FileMove): FileMove {
  return move.kind === 'mode'
    ? { ...move, from: move.to, to: move.from }
    : { kind: 'rename', path: move.to, to: move.path };
}

/** A move as a screen shows changes of files. */
export function shownMove(move: FileMove): FilePreview {
  const [before, after] =
    move.kind === 'mode'
      ? [`mode ${octal(move.from)}`, `mode ${octal(move.to)}`]
      : [basename(move.path), basename(move.to)];
  return { file: move.path, diff: `-${before}\n+${after}\n`, applied: false };
}

/** Makes a move. Throws FileChangedError where the file is no longer as the move expects it, and FileFailedError. */
export async function makeMove(move: FileMove): Promise<void> {
  try {
    await (move.kind === 'mode' ? setMode(move) : setName(move));
  } catch (error) {
    throw error instanceof FileChangedError ? error : new FileFailedError(move.path, 'written', error);
  }
}

async function setMode({ path, from, to }: Extract<FileMove, { kind: 'mode' }>): Promise<void> {
  if (((await stat(path)).mode & PERMISSIONS) !== from) {
    throw changed(path);
  }
  await chmod(path, to);
}

/** Nothing is ever written over. */
async function setName({ path, to }: Extract<FileMove, { kind: 'rename' }>): Promise<void> {
  if (await isThere(to)) {
    throw changed(to);
  }
  await rename(path, to);
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function changed(path: string): FileChangedError {
  return new FileChangedError(`${path} was changed in the meantime.`, 'Look at it; nothing was done.');
}

function octal(bits: number): string {
  return bits.toString(8).padStart(4, '0');
}
