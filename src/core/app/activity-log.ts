import { chmod, mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { COPY_FORMATS } from '../../shared/copy-format.ts';
import { RoleTargetSchema } from '../../shared/role-target.ts';
import type { ActivityEntry } from '../../shared/app-state.ts';
import { plainAsker, plainText } from './plain-text.ts';

const MAX_DETAIL_LENGTH = 300;
const DEFAULT_MAX_BYTES = 1024 * 1024;

const EntrySchema = v.object({
  at: v.pipe(v.string(), v.isoTimestamp()),
  asker: v.object({
    program: v.string(),
    pid: v.optional(v.number()),
    folder: v.optional(v.string()),
    parents: v.array(v.string()),
  }),
  what: v.picklist(['credentials', 'console', 'copy', 'sign-in', 'sign-out', 'export', 'protect', 'rotate-key', 'mfa']),
  target: v.optional(RoleTargetSchema),
  ssoSession: v.optional(v.string()),
  format: v.optional(v.picklist(COPY_FORMATS)),
  outcome: v.picklist(['ok', 'refused', 'cancelled', 'failed']),
  detail: v.string(),
});

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
  readonly #maxBytes: number;
  readonly #onFailure: (error: unknown) => void;
  #last: Promise<void> = Promise.resolve();

  /** `onFailure` hears of lines that could not be written: the use itself goes on. */
  constructor(file: string, onFailure: (error: unknown) => void, maxBytes = DEFAULT_MAX_BYTES) {
    this.#file = file;
    this.#onFailure = onFailure;
    this.#maxBytes = maxBytes;
  }

  /** Takes an entry as it may be shown; it is on disk once `flush` resolves. Never throws. */
  append(entry: ActivityEntry): ActivityEntry {
    const plain = { ...entry, asker: plainAsker(entry.asker), detail: plainText(entry.detail, MAX_DETAIL_LENGTH) };
    this.#last = this.#last.then(() => this.#write(plain)).catch(this.#onFailure);
    return plain;
  }

  /** Waits until everything appended is on disk or reported as failed. */
  flush(): Promise<void> {
    return this.#last;
  }

  async #write(entry: ActivityEntry): Promise<void> {
    const folder = dirname(this.#file);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await this.#rotate();
    const handle = await open(this.#file, 'a', 0o600);
    try {
      // The mode given above counts only for a new file.
      await handle.chmod(0o600);
      await handle.write(`${JSON.stringify(entry)}\n`);
    } finally {
      await handle.close();
    }
  }

  async #rotate(): Promise<void> {
    const { size } = await stat(this.#file).catch(() => ({ size: 0 }));
    if (size >= this.#maxBytes) {
      await rename(this.#file, `${this.#file}.1`);
      await chmod(`${this.#file}.1`, 0o600);
    }
  }
}

/** The newest entries of a log, newest first; lines that are torn or of a newer version are passed over. Missing files hold none. */
export async function readActivity(file: string, limit: number): Promise<readonly ActivityEntry[]> {
  const newest = await readEntries(file);
  const older = newest.length < limit ? await readEntries(`${file}.1`) : [];
  return [...older, ...newest].slice(-limit).toReversed();
}

async function readEntries(file: string): Promise<readonly ActivityEntry[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return '';
    }
    throw error;
  });
  return text.split('\n').flatMap((line) => parseEntry(line));
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
