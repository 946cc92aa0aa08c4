import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sleep, systemClock, type Clock } from '../model/clock.ts';
import { ensurePrivateFolder } from './atomic-file.ts';
import { BusyError, FileFailedError, systemErrorCode } from './file-errors.ts';
import { ownerState, parseLockOwner, thisOwner, type LockOwner } from './lock-owner.ts';

/** How to wait for a lock. */
export interface FileLockOptions<T = unknown> {
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** How long to wait before BusyError. Without it as long as the holder takes. */
  readonly timeoutMs?: number;
  /** The longest pause between two looks, in milliseconds. Longer where hundreds may wait, whose looks alone keep a machine busy. */
  readonly longestPollMs?: number;
  /** Asked before every look at a lock that is taken: what it finds is the result, and no turn is taken. */
  readonly meanwhile?: () => Promise<T | undefined>;
}

const HEARTBEAT_MS = 2_000;
const FIRST_POLL_MS = 2;
const LONGEST_POLL_MS = 50;
/** An owner that cannot be looked up is given up when its heartbeat stood still for this long and this many looks. */
const STILL_MS = 10_000;
const STILL_LOOKS = 20;
/** What the systems say when a folder cannot be renamed onto another. */
const FOLDER_IN_THE_WAY =
  process.platform === 'win32' ? ['EPERM', 'EACCES', 'EBUSY', 'EEXIST'] : ['ENOTEMPTY', 'EEXIST'];
const MANY_CANDIDATES = 200;

/**
 * Runs `action` while no other process, and no other call in this one, runs an action under the same key and folder.
 *
 * The lock of a process that died is taken over at once (Linux, macOS and Windows tell that it died), and two that take it over never
 * both get it. A process that merely slept keeps it. Calls are not nested: a second one under the same key inside `action` waits for
 * ever. The signal given to `action` is aborted when `signal` is, and when the lock was lost to another machine.
 *
 * How: a lock is a folder that holds one file, named after a number that only its owner uses. Taking it is the rename of a finished
 * folder, which fails while the name is taken by a folder that is not empty. Breaking one is the removal of that very file, which
 * cannot hit the file of whoever came next. So no step needs the others to hold still.
 *
 * Throws BusyError after `timeoutMs`, FileFailedError when the folder cannot be written, the signal's reason, or what `action` throws.
 */
export async function withFileLock<T>(
  lockDir: string,
  key: string,
  action: (signal: AbortSignal) => Promise<T>,
  options: FileLockOptions<T> = {},
): Promise<T> {
  const clock = options.clock ?? systemClock();
  const attempt = new LockAttempt(lockDir, key, clock);
  const found = await acquire(attempt, options);
  return found === undefined ? whileHeld(attempt, clock, action, options) : found;
}

async function whileHeld<T>(
  held: LockAttempt,
  clock: Clock,
  action: (signal: AbortSignal) => Promise<T>,
  options: FileLockOptions<T>,
): Promise<T> {
  const lost = new AbortController();
  const stopHeartbeat = startHeartbeat(held, clock, lost);
  try {
    return await action(AbortSignal.any([lost.signal, ...(options.signal === undefined ? [] : [options.signal])]));
  } finally {
    stopHeartbeat();
    await held.release();
  }
}

/** Whether somebody waits for this lock, here or in another process; a guess, since they come and go. */
export async function isLockAwaited(lockDir: string, key: string): Promise<boolean> {
  const names = await readdir(lockDir).catch((): string[] => []);
  const start = `${lockName(key)}.`;
  return names.some((name) => name.startsWith(start) && name.endsWith('.new'));
}

function lockName(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

/** Waits until the lock is ours; or, with a value, until `meanwhile` found it. */
async function acquire<T>(attempt: LockAttempt, options: FileLockOptions<T>): Promise<T | undefined> {
  const longestPollMs = options.longestPollMs ?? LONGEST_POLL_MS;
  const clock = options.clock ?? systemClock();
  const deadlineMs = clock.now().getTime() + (options.timeoutMs ?? Infinity);
  try {
    await attempt.prepare();
    for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(pollMs * 1.5, longestPollMs)) {
      options.signal?.throwIfAborted();
      if (await attempt.take()) {
        return undefined;
      }
      const found = await options.meanwhile?.();
      if (found !== undefined) {
        await attempt.abandon();
        return found;
      }
      if (await attempt.breakIfDead()) {
        continue;
      }
      const leftMs = deadlineMs - clock.now().getTime();
      if (leftMs <= 0) {
        throw new BusyError('Another Rolecall process is at work on the same thing.', 'Wait a moment and try again.');
      }
      await sleep(clock, Math.min(pollMs, leftMs), options.signal);
    }
  } catch (error) {
    await attempt.abandon();
    throw error instanceof Error && 'syscall' in error ? new FileFailedError(attempt.path, 'locked', error) : error;
  }
}

/** One call's way to a lock, and the lock when it has it. */
class LockAttempt {
  readonly path: string;
  readonly ownerFile: string;
  readonly #lockDir: string;
  readonly #candidate: string;
  readonly #ownerName: string;
  readonly #me: LockOwner = thisOwner();
  readonly #clock: Clock;
  #hasBroken = false;
  #watched: { readonly seen: string; readonly sinceMs: number; readonly looks: number } | undefined;

  constructor(lockDir: string, key: string, clock: Clock) {
    const name = lockName(key);
    const nonce = randomBytes(9).toString('hex');
    this.#lockDir = lockDir;
    this.#clock = clock;
    this.#ownerName = `owner-${nonce}`;
    this.path = join(lockDir, `${name}.lock`);
    this.#candidate = join(lockDir, `${name}.${nonce}.new`);
    this.ownerFile = join(this.path, this.#ownerName);
  }

  async prepare(): Promise<void> {
    await ensurePrivateFolder(this.#lockDir);
    await mkdir(this.#candidate, { mode: 0o700 });
    await writeFile(join(this.#candidate, this.#ownerName), JSON.stringify(this.#me), { flag: 'wx', mode: 0o600 });
  }

  /** Whether the lock is ours now. */
  async take(): Promise<boolean> {
    try {
      await rename(this.#candidate, this.path);
      return true;
    } catch (error) {
      if (FOLDER_IN_THE_WAY.includes(systemErrorCode(error) ?? '')) {
        return false;
      }
      throw error;
    }
  }

  /** Removes the holder's file if its process is gone; true when another try makes sense at once. */
  async breakIfDead(): Promise<boolean> {
    const names = await readdir(this.path).catch(ignoreMissing);
    const [name] = names ?? [];
    if (name === undefined) {
      // Between two steps of a release. Windows does not rename onto an empty folder, so it is removed; only an empty one can be.
      await rmdir(this.path).catch(() => undefined);
      return names === undefined;
    }
    const file = join(this.path, name);
    if (!(await this.#isDead(file))) {
      return false;
    }
    await unlink(file).catch(ignoreMissing);
    this.#watched = undefined;
    this.#hasBroken = true;
    return true;
  }

  async release(): Promise<void> {
    await unlink(this.ownerFile).catch(() => undefined);
    // Fails when the next owner is in already, as it should.
    await rmdir(this.path).catch(() => undefined);
    await this.#removeDeadCandidates();
  }

  async abandon(): Promise<void> {
    await rm(this.#candidate, { recursive: true, force: true }).catch(() => undefined);
  }

  async #isDead(file: string): Promise<boolean> {
    const text = await readFile(file, 'utf8').catch(ignoreMissing);
    const owner = text === undefined ? undefined : parseLockOwner(text);
    const state = owner === undefined ? 'unknown' : ownerState(owner, this.#me);
    return state === 'unknown' ? this.#standsStill(file) : state === 'dead';
  }

  /** Counted in looks as well as in time, because time jumps when a machine wakes up and the holder needs a moment then. */
  async #standsStill(file: string): Promise<boolean> {
    const mtimeMs = (await stat(file).catch(ignoreMissing))?.mtimeMs;
    const seen = `${file} ${mtimeMs}`;
    const nowMs = this.#clock.now().getTime();
    const before = this.#watched?.seen === seen ? this.#watched : { seen, sinceMs: nowMs, looks: 0 };
    this.#watched = { ...before, looks: before.looks + 1 };
    return this.#watched.looks > STILL_LOOKS && nowMs - before.sinceMs >= STILL_MS;
  }

  /** What processes left that were killed while they waited. Looked for where one was killed lately, or many wait. */
  async #removeDeadCandidates(): Promise<void> {
    const names = (await readdir(this.#lockDir).catch(ignoreMissing)) ?? [];
    const candidates = names.filter((each) => each.endsWith('.new'));
    for (const name of this.#hasBroken || candidates.length > MANY_CANDIDATES ? candidates : []) {
      const folder = join(this.#lockDir, name);
      const [ownerName] = (await readdir(folder).catch(ignoreMissing)) ?? [];
      const text =
        ownerName === undefined ? undefined : await readFile(join(folder, ownerName), 'utf8').catch(ignoreMissing);
      const owner = text === undefined ? undefined : parseLockOwner(text);
      if (owner !== undefined && ownerState(owner, this.#me) === 'dead') {
        await rm(folder, { recursive: true, force: true }).catch(() => undefined);
      }
    }
  }
}

/** Shows those who cannot look us up that we are alive; aborts `lost` when our file is gone. */
function startHeartbeat(lock: LockAttempt, clock: Clock, lost: AbortController): () => void {
  let cancel = (): void => undefined;
  const beat = (): void => {
    const now = clock.now();
    utimes(lock.ownerFile, now, now).then(schedule, (error: unknown) => {
      if (systemErrorCode(error) === 'ENOENT') {
        lost.abort(new BusyError('Another machine took over what this one was doing.', 'Try again.'));
      } else {
        schedule();
      }
    });
  };
  let isStopped = false;
  const schedule = (): void => {
    if (!isStopped) {
      cancel = clock.setTimer(HEARTBEAT_MS, beat);
    }
  };
  schedule();
  return () => {
    isStopped = true;
    cancel();
  };
}

function ignoreMissing(error: unknown): undefined {
  if (systemErrorCode(error) !== 'ENOENT') {
    throw error;
  }
}
