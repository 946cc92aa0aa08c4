import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stats } from 'node:fs';
import type { Finding } from './finding.ts';

/**
 * A file or folder that others must keep out of. `secret`: nobody else may read it; of a folder neither what is in it. `trusted`: others
 * may read it, but who can change it can have programs run as you.
 */
export interface GuardedPath {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly holds: 'secret' | 'trusted';
}

const OTHERS = 0o077;
const OTHERS_WRITE = 0o022;
const MOST_FILES = 2_000;

/**
 * Files that other users of the machine may read or write though they should not, and files that belong to someone else. On Windows
 * modes mean nothing, and nothing is found. A path that is not there is fine.
 */
export async function checkModes(paths: readonly GuardedPath[], platform: string): Promise<readonly Finding[]> {
  if (platform === 'win32') {
    return [];
  }
  const found = await Promise.all(paths.map(checkPath));
  return found.flat();
}

async function checkPath(guarded: GuardedPath): Promise<readonly Finding[]> {
  const stats = await statsOf(guarded.path);
  if (stats === undefined) {
    return [];
  }
  const inside = guarded.kind === 'folder' && guarded.holds === 'secret' && (stats.mode & OTHERS) !== 0;
  return [...checkOwner(guarded, stats), ...checkMode(guarded, stats), ...(inside ? await checkFilesIn(guarded) : [])];
}

/** Files in a folder that others can look into. */
async function checkFilesIn({ path }: GuardedPath): Promise<readonly Finding[]> {
  const names = (await readdir(path).catch(() => [])).filter((name) => name.endsWith('.json')).slice(0, MOST_FILES);
  const found = await Promise.all(
    names.map(async (name) => {
      const file: GuardedPath = { path: join(path, name), kind: 'file', holds: 'secret' };
      const stats = await statsOf(file.path);
      return stats === undefined || !stats.isFile() ? [] : checkMode(file, stats);
    }),
  );
  return found.flat();
}

function checkMode({ path, kind, holds }: GuardedPath, stats: Stats): readonly Finding[] {
  const mode = stats.mode & 0o777;
  const isWritable = (mode & OTHERS_WRITE) !== 0;
  if (holds === 'secret' ? (mode & OTHERS) === 0 : !isWritable) {
    return [];
  }
  const wanted = holds === 'trusted' ? mode & ~OTHERS_WRITE : kind === 'file' ? 0o600 : 0o700;
  return [
    {
      id: `mode:${path}`,
      code: holds === 'trusted' ? 'mode-config-writable' : isWritable ? 'mode-secret-writable' : 'mode-secret-readable',
      severity: kind === 'file' || isWritable ? 'warning' : 'info',
      title: `${path} can be ${isWritable ? 'changed' : 'read'} by other users of this machine.`,
      why:
        holds === 'trusted'
          ? 'Its credential_process lines name programs that every AWS tool runs as you.'
          : 'It holds keys or tokens, which give access to AWS to whoever reads them.',
      hint: `Set its mode to ${wanted.toString(8)}.`,
      file: path,
      fix: { kind: 'restrict-mode', path, mode: wanted },
    },
  ];
}

function checkOwner({ path }: GuardedPath, stats: Stats): readonly Finding[] {
  const uid = process.getuid?.();
  return uid === undefined || stats.uid === uid
    ? []
    : [
        {
          id: `owner:${path}`,
          code: 'owner',
          severity: 'warning',
          title: `${path} belongs to another user of this machine.`,
          why: 'That user can read and change it, and Rolecall does not touch it.',
          hint: 'Take it over (chown), or remove it.',
          file: path,
        },
      ];
}

async function statsOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
}
