import { chmod, mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { COPY_FORMATS } from '../../shared/copy-format.ts';
import { RoleTargetSchema } from '../../shared/role-target-schema.ts';
import type { ActivityEntry } from '../../shared/app-state.ts';
import { FileFailedError, systemErrorCode } from '../files/file-errors.ts';
import { withFileLock } from '../files/file-lock.ts';
import { toFailure } from '../model/errors.ts';
import type { Surroundings } from '../session/ports.ts';
import { plainAsker, plainText } from './plain-text.ts';

const MAX_DETAIL_LENGTH = 300;
const DEFAULT_MAX_BYTES = 1024 * 1024;
const FILE_MODE = 0o600;
const PERMISSION_BITS = 0o777;

const EntrySchema = v.object({
  at: v.pipe(v.string(), v.isoTimestamp()),
  asker: v.object({
    program: v.string(),
    pid: v.optional(v.number()),
    folder: v.optional(v.string()),
    parents: v.array(v.string()),
  }),
  what: v.picklist([
    'credentials',
    'console',
    'copy',
    'sign-in',
    'sign-out',
    'export',
    'exec',
    'protect',
    'rotate-key',
    'mfa',
  ]),
  target: v.optional(RoleTargetSchema),
  ssoSession: v.optional(v.string()),
  format: v.optional(v.picklist(COPY_FORMATS)),
  outcome: v.picklist(['ok', 'refused', 'cancelled', 'failed']),
  detail: v.string(),
});

/** What a log is kept by. */
export interface ActivityLogParts {
  readonly file: string;
  /** Of the lock under which a full file is put aside. */
  readonly lockDir: string;
  /** Hears of lines that could not be written: the use itself goes on. */
  readonly onFailure: (error: unknown) => void;
  readonly maxBytes?: number;
}

/** The log of the user's own data folder. */
export function openActivityLog({ rolecallHome, log }: Pick<Surroundings, 'rolecallHome' | 'log'>): ActivityLog {
  return new ActivityLog({
    file: activityFile(rolecallHome),
    lockDir: join(rolecallHome, 'locks'),
    onFailure: (error) => log(`The activity log could not be written: ${toFailure(error).message}`),
  });
}

/** Where the activity log is. */
export function activityFile(rolecallHome: string): string {
  return join(rolecallHome, 'activity.jsonl');
}

/**
 * Who got which role, when: one JSON line for each use, in a file that only the user can read. Never holds a secret.
 *
 * The full file is put aside as `FILE.1`, which replaces the one before. Several processes may append at once.
 */
export class ActivityLog {
  readonly #file: string;
  readonly #lockDir: string;
  readonly #maxBytes: number;
  readonly #onFailure: (error: unknown) => void;
  /** Not yet handed to the system. A hundred programs that ask at once are one write. */
  #waiting: string[] = [];
  #writing: Promise<void> | undefined;

  constructor({ file, lockDir, onFailure, maxBytes = DEFAULT_MAX_BYTES }: ActivityLogParts) {
    this.#file = file;
    this.#lockDir = lockDir;
    this.#onFailure = onFailure;
    this.#maxBytes = maxBytes;
  }

  /** Takes an entry as it may be shown; it is on disk once `flush` resolves. Never throws. */
  append(entry: ActivityEntry): ActivityEntry {
    const plain = { ...entry, asker: plainAsker(entry.asker), detail: plainText(entry.detail, MAX_DETAIL_LENGTH) };
    this.#waiting.push(`${JSON.stringify(plain)}\n`);
    this.#writing ??= this.#writeWaiting();
    return plain;
  }

  /** Waits until everything appended is on disk or reported as failed. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  /** Removes the log and what was put aside of it. Throws FileFailedError. */
  async clear(): Promise<void> {
    await this.flush();
    for (const file of [this.#file, `${this.#file}.1`]) {
      await rm(file, { force: true }).catch((cause: unknown) => {
        throw new FileFailedError(file, 'written', cause);
      });
    }
  }

  async #writeWaiting(): Promise<void> {
    // Whoever is being answered goes first.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      await this.#write(this.#take(await this.#room())).catch(this.#onFailure);
    }
    this.#writing = undefined;
  }

  /** The lines that fit in so many bytes; one at least. */
  #take(room: number): string {
    const taken = { lines: 0, length: 0 };
    for (const line of this.#waiting) {
      taken.length += line.length;
      if (taken.lines > 0 && taken.length > room) {
        break;
      }
      taken.lines += 1;
    }
    return this.#waiting.splice(0, taken.lines).join('');
  }

  /** In one write, so that the lines of other processes do not get between. */
  async #write(lines: string): Promise<void> {
    const handle = await this.#open();
    try {
      const { mode, size } = await handle.stat();
      // The mode that it is opened with counts only for a new file.
      await ((mode & PERMISSION_BITS) === FILE_MODE ? undefined : handle.chmod(FILE_MODE));
      await writeAll(handle, Buffer.from((await endsTorn(handle, size)) ? `\n${lines}` : lines));
    } finally {
      await handle.close();
    }
  }

  async #open(): Promise<FileHandle> {
    try {
      return await open(this.#file, 'a+', FILE_MODE);
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') {
        throw error;
      }
      await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
      return open(this.#file, 'a+', FILE_MODE);
    }
  }

  /** Puts a full file aside; how many bytes the file may still take then. */
  async #room(): Promise<number> {
    const size = await this.#size();
    if (size < this.#maxBytes) {
      return this.#maxBytes - size;
    }
    await this.#putAside().catch(this.#onFailure);
    const room = this.#maxBytes - (await this.#size());
    return room > 0 ? room : this.#maxBytes;
  }

  /** By one process at a time: a second one would put the file that was just begun in the full one's place. */
  async #putAside(): Promise<void> {
    await withFileLock(this.#lockDir, this.#file, async () => {
      if ((await this.#size()) >= this.#maxBytes) {
        await rename(this.#file, `${this.#file}.1`);
        await chmod(`${this.#file}.1`, FILE_MODE);
      }
    });
  }

  async #size(): Promise<number> {
    return stat(this.#file).then(
      ({ size }) => size,
      () => 0,
    );
  }
}

/** A disk that is nearly full takes a part and says so only when asked to take the rest. */
async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await handle.write(bytes, written)).bytesWritten;
  }
}

/** Whether the last line was left without its end, which would take the next one along. */
async function endsTorn(handle: FileHandle, size: number): Promise<boolean> {
  const last = Buffer.alloc(1);
  const { bytesRead } = await handle.read(last, 0, 1, Math.max(size - 1, 0));
  return bytesRead === 1 && last.toString() !== '\n';
}

/** The newest entries of a log, newest first; lines that are torn or of a newer version are passed over. Missing files hold none. */
export async function readActivity(file: string, limit: number): Promise<readonly ActivityEntry[]> {
  for (;;) {
    const newest = await readEntries(file);
    const older = newest.entries.length < limit ? await readEntries(`${file}.1`) : NO_FILE;
    // One that was put aside meanwhile would be both.
    if (newest.inode === (await inodeOf(file))) {
      return [...older.entries, ...newest.entries].slice(-limit).toReversed();
    }
  }
}

interface LogFile {
  /** Undefined where there is no file. */
  readonly inode: number | undefined;
  readonly entries: readonly ActivityEntry[];
}

const NO_FILE: LogFile = { inode: undefined, entries: [] };

async function readEntries(file: string): Promise<LogFile> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
  if (handle === undefined) {
    return NO_FILE;
  }
  try {
    const [{ ino: inode }, text] = [await handle.stat(), await handle.readFile('utf8')];
    return { inode, entries: text.split('\n').flatMap((line) => parseEntry(line)) };
  } finally {
    await handle.close();
  }
}

function inodeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ ino }) => ino,
    () => undefined,
  );
}

function parseEntry(line: string): readonly ActivityEntry[] {
  const parsed = v.safeParse(EntrySchema, parseJson(line));
  if (!parsed.success) {
    return [];
  }
  const { asker, target, ssoSession, format, ...entry } = parsed.output;
  return [{ ...entry, asker: { pid: undefined, folder: undefined, ...asker }, target, ssoSession, format }];
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
