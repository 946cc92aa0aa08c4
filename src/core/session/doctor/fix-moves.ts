import { lstat, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { FilePreview } from '../../../shared/commands.ts';
import { FileFailedError, systemErrorCode } from '../../files/file-errors.ts';
import type { Clock } from '../../model/clock.ts';
import type { FileMove } from '../profiles/file-moves.ts';
import { isOver, readCacheEntry } from './cache-entry.ts';
import type { FindingFix } from './finding.ts';

/** Fixes that change no text: who may use a file, and what it is called. */
export type MovingFix = Extract<FindingFix, { kind: 'restrict-mode' | 'set-aside-file' }>;

/** By which clocks cached things end. */
export interface CacheClocks {
  readonly clock: Clock;
  /** The present by AWS's clock. */
  readonly awsNow: () => Date;
}

const PERMISSIONS = 0o777;

/** The move that a fix comes to now; undefined for a file that is gone or in order already. Throws FileFailedError. */
export async function moveOf(fix: MovingFix): Promise<FileMove | undefined> {
  if (fix.kind === 'set-aside-file') {
    return { kind: 'rename', path: fix.path, to: await freeName(`${fix.path}.broken`) };
  }
  try {
    const from = (await stat(fix.path)).mode & PERMISSIONS;
    const to = from & fix.mode;
    return from === to ? undefined : { kind: 'mode', path: fix.path, from, to };
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw new FileFailedError(fix.path, 'read', error);
  }
}

/** The files among these that nobody can use any more, by either clock, whichever is behind: what may still hold stays. */
export async function stillOver(paths: readonly string[], { clock, awsNow }: CacheClocks): Promise<readonly string[]> {
  const now = new Date(Math.min(clock.now().getTime(), awsNow().getTime()));
  const checked = await Promise.all(
    paths.map(async (path) => isOver(await readCacheEntry(path, basename(path), clock), now)),
  );
  return paths.filter((_path, at) => checked[at]);
}

/** Files that go, as a screen shows changes: by folder, a line for each. */
export function shownRemovals(paths: readonly string[]): readonly FilePreview[] {
  const folders = [...new Set(paths.map((path) => dirname(path)))];
  return folders.map((file) => ({
    file,
    diff: paths
      .filter((path) => dirname(path) === file)
      .map((path) => `-${basename(path)}\n`)
      .join(''),
    applied: false,
  }));
}

/** This name, or the first with a number behind it that is free. */
async function freeName(name: string, next = 2): Promise<string> {
  const candidate = next === 2 ? name : `${name}-${next - 1}`;
  const isTaken = await lstat(candidate).then(
    () => true,
    () => false,
  );
  return isTaken ? freeName(name, next + 1) : candidate;
}
