import { constants, readFileSync, statSync, type BigIntStats } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { sleep, type Clock } from '../model/clock.ts';
import { FileFailedError, FileUnsafeError, systemErrorCode } from './file-errors.ts';
import { botocoreErrors } from './botocore-reading.ts';
import { parseIni, type IniDocument } from './ini-document.ts';

/** The largest file that is changed here. AWS's own tools write a hundredth of it; anything larger is something else. */
export const MAX_AWS_FILE_BYTES = 5 * 1024 * 1024;

/** A file as it was at one moment, with the means to see whether it still is. */
export interface AwsFileSnapshot {
  readonly path: string;
  readonly exists: boolean;
  /**
   * Stays open until `close`, to see what is written by those who opened the file before it was replaced. Undefined without a file,
   * and on Windows, where an open file cannot be replaced: there the others' open files keep us from replacing it, which is as good.
   */
  readonly handle: FileHandle | undefined;
  readonly bytes: Uint8Array;
  readonly modifiedMs: number;
  readonly document: IniDocument;
  readonly close: () => Promise<void>;
  /** Whether the path still leads to the same file with the same content. Synchronous: for the moment before a rename. */
  readonly isCurrent: () => boolean;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const RETRY_MS = 10;
const YOUNG_MS = 20;
/** A file that is written all the time is taken as it is. */
const CALM_WITHIN_MS = 100;
const OWNER_WRITE = 0o200n;

/** How patient to be with a file in a state that in-place writers pass through. */
export interface SnapshotPatience {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** How long an empty or broken file may take to become whole. */
  readonly waitMs: number;
}

/**
 * Reads a file that is to be changed. The AWS CLI truncates and rewrites in place, so an empty or broken file is read again for a
 * while before it is believed.
 *
 * Throws FileUnsafeError for what must not be changed: no regular file, someone else's, write-protected, hard-linked, over 5 MB, not
 * UTF-8. FileFailedError when it cannot be read. Whether botocore can read it is for the caller to decide.
 */
export async function takeSnapshot(path: string, patience: SnapshotPatience): Promise<AwsFileSnapshot> {
  const startMs = patience.clock.now().getTime();
  for (;;) {
    const snapshot = await readOnce(path);
    const nowMs = patience.clock.now().getTime();
    const isWhole =
      snapshot !== undefined &&
      (!snapshot.exists || (snapshot.bytes.length > 0 && botocoreErrors(snapshot.document).length === 0));
    const isCalm = snapshot !== undefined && (!isYoung(snapshot, nowMs) || nowMs - startMs >= CALM_WITHIN_MS);
    if (snapshot !== undefined && isCalm && (isWhole || nowMs - startMs >= patience.waitMs)) {
      return snapshot;
    }
    await snapshot?.close();
    await sleep(patience.clock, RETRY_MS, patience.signal);
  }
}

/** Written so lately that its writer may be at it still: the AWS CLI writes long files in pieces. */
function isYoung(snapshot: AwsFileSnapshot, nowMs: number): boolean {
  return snapshot.exists && Math.abs(nowMs - snapshot.modifiedMs) < YOUNG_MS;
}

/** Everything an open file holds now. */
export async function readWhole(handle: FileHandle): Promise<Uint8Array> {
  const { size } = await handle.stat();
  const buffer = Buffer.alloc(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await handle.read(buffer, length, size - length, length);
    if (bytesRead === 0) {
      break;
    }
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

/** What the file at a path holds now; undefined when there is none. Throws FileFailedError. */
export async function readPath(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw new FileFailedError(path, 'read', error);
  }
}

/** The text of a file's bytes, a byte order mark included; undefined when it is not UTF-8, which botocore refuses too. */
export function decodeAwsText(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** One reading, or undefined when the file changed under it. */
async function readOnce(path: string): Promise<AwsFileSnapshot | undefined> {
  const handle = await openExisting(path);
  if (handle === undefined) {
    return absent(path);
  }
  try {
    const before = await handle.stat({ bigint: true });
    checkChangeable(path, before);
    const bytes = await readWhole(handle);
    const after = await handle.stat({ bigint: true });
    if (!isSameState(before, after)) {
      await handle.close();
      return undefined;
    }
    const text = decodeAwsText(bytes);
    if (text === undefined) {
      throw new FileUnsafeError(`${path} is not UTF-8 text.`, 'The AWS CLI cannot read it either. Save it as UTF-8.');
    }
    const isKept = process.platform !== 'win32';
    if (!isKept) {
      await handle.close();
    }
    return {
      path,
      exists: true,
      handle: isKept ? handle : undefined,
      bytes,
      modifiedMs: Number(after.mtimeNs / 1_000_000n),
      document: parseIni(text),
      close: () => (isKept ? handle.close() : Promise.resolve()),
      isCurrent: () => isUnchanged(path, after, bytes),
    };
  } catch (error) {
    await handle.close();
    throw error instanceof FileUnsafeError ? error : new FileFailedError(path, 'read', error);
  }
}

/** O_NONBLOCK, because opening a pipe would wait for its other end. */
async function openExisting(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw new FileFailedError(path, 'read', error);
  }
}

function absent(path: string): AwsFileSnapshot {
  return {
    path,
    exists: false,
    handle: undefined,
    bytes: new Uint8Array(),
    modifiedMs: 0,
    document: parseIni(''),
    close: () => Promise.resolve(),
    isCurrent: () => statSync(path, { throwIfNoEntry: false }) === undefined,
  };
}

function checkChangeable(path: string, stats: BigIntStats): void {
  const uid = process.getuid?.();
  if (!stats.isFile()) {
    throw new FileUnsafeError(`${path} is not a regular file.`, 'Put a plain file there, or a link to one.');
  }
  if (uid !== undefined && stats.uid !== BigInt(uid)) {
    throw new FileUnsafeError(`${path} belongs to another user.`, 'Take it over (chown), or run this as its owner.');
  }
  if ((stats.mode & OWNER_WRITE) === 0n) {
    throw new FileUnsafeError(`${path} is write-protected.`, 'If it may be changed, allow it: chmod u+w.');
  }
  if (stats.nlink > 1n) {
    throw new FileUnsafeError(
      `${path} has a second name (a hard link), which would no longer lead to the same file after a change.`,
      'Replace the hard link by a symbolic link.',
    );
  }
  if (stats.size > BigInt(MAX_AWS_FILE_BYTES)) {
    throw new FileUnsafeError(
      `${path} is larger than 5 MB.`,
      'Rolecall does not change files of that size. Check what is in it.',
    );
  }
}

function isUnchanged(path: string, seen: BigIntStats, bytes: Uint8Array): boolean {
  const now = statSync(path, { bigint: true, throwIfNoEntry: false });
  // The content too: two writes within one tick of the file system's clock leave the same times.
  return now !== undefined && isSameState(seen, now) && Buffer.compare(readFileSync(path), bytes) === 0;
}

function isSameState(a: BigIntStats, b: BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs;
}
