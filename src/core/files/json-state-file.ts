import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { systemClock, type Clock } from '../model/clock.ts';
import { ensurePrivateFolder, writeFileAtomic } from './atomic-file.ts';
import { FileFailedError, systemErrorCode } from './file-errors.ts';
import { withFileLock } from './file-lock.ts';
import { readSmallFile } from './small-file.ts';
import { whatFits, type WhatFits } from './what-fits.ts';

/** How one of our own files is kept. */
export interface JsonStateOptions<T> {
  readonly path: string;
  /** Raised when older versions of the product could no longer read it. */
  readonly version: number;
  readonly schema: v.GenericSchema<unknown, T>;
  /** What holds while there is no file. */
  readonly defaults: () => T;
  /** Makes the value of an older version fit the schema. Without it such a file counts as unreadable. */
  readonly migrate?: (value: unknown, fromVersion: number) => unknown;
  /** A folder for locks: needed for `update`. */
  readonly lockDir?: string;
  /** Laid out for people to read. For settings, not for thousands of rows. */
  readonly isPretty?: boolean;
  readonly clock?: Clock;
  /** Told when a file was put aside, where it is now, and whether what fits of it was kept. */
  readonly onQuarantine?: (quarantinedPath: string, isKeptInPart: boolean) => void;
  /**
   * Told what in the file does not fit, as in `guardRules.0.role`; the rest holds, and the file stays as it is until it is written
   * anew, when it is put aside. Without this a file fits or it does not.
   */
  readonly onMisfits?: (places: readonly string[]) => void;
}

const MAX_STATE_BYTES = 64 * 1024 * 1024;
const PRIVATE_FILE = 0o600;
const MOST_QUARANTINED_AT_ONCE = 100;

const envelopeSchema = v.object({ version: v.pipe(v.number(), v.integer(), v.minValue(1)), value: v.unknown() });

/**
 * One JSON file of the product's own: settings, the kept directory and the like. Validated when read, replaced atomically when
 * written, 0600. A file that cannot be used, whatever is in it, is put aside under another name and never deleted; the product goes on
 * with the defaults.
 */
export class JsonStateFile<T> {
  readonly #options: JsonStateOptions<T>;
  readonly #clock: Clock;
  #mustPutAside = false;
  #isKeptInPart = false;
  /** The last write asked for; each waits for the one before, so that they never overtake each other. */
  #lastWrite: Promise<void> = Promise.resolve();
  #waiting: { value: T; readonly done: Promise<void> } | undefined;

  constructor(options: JsonStateOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock();
  }

  /** The value, or the defaults. Throws FileFailedError only when there is a file and the system does not let us read it. */
  async load(): Promise<T> {
    const bytes = await readSmallFile(this.#options.path, MAX_STATE_BYTES);
    if (bytes === undefined) {
      return this.#options.defaults();
    }
    const found = this.#parse(bytes);
    this.#isKeptInPart = found !== undefined && found.misfits.length > 0;
    this.#mustPutAside = found === undefined || this.#isKeptInPart;
    if (found !== undefined) {
      if (found.misfits.length > 0) {
        this.#options.onMisfits?.(found.misfits);
      }
      return found.value;
    }
    // A folder that cannot be written to must not keep the product from starting; saving tries again.
    await this.#putAside().catch(() => undefined);
    return this.#options.defaults();
  }

  /**
   * Replaces the value. Of several saves that wait, only the last is written; all of them resolve when it is. Throws FileFailedError.
   */
  save(value: T): Promise<void> {
    if (this.#waiting !== undefined) {
      this.#waiting.value = value;
      return this.#waiting.done;
    }
    const done = this.#lastWrite
      .catch(() => undefined)
      .then(() => {
        const latest = this.#waiting?.value ?? value;
        this.#waiting = undefined;
        return this.#write(latest);
      });
    this.#waiting = { value, done };
    this.#lastWrite = done;
    return done;
  }

  /** Reads, changes and writes under a lock across processes, so that no other's change is lost. Gives the new value. */
  async update(change: (value: T) => T): Promise<T> {
    const { lockDir, path } = this.#options;
    if (lockDir === undefined) {
      throw new Error('update needs a lockDir');
    }
    return withFileLock(
      lockDir,
      `state ${path}`,
      async () => {
        const before = await this.load();
        const after = change(before);
        if (after !== before) {
          await this.save(after);
        }
        return after;
      },
      { clock: this.#clock },
    );
  }

  async #write(value: T): Promise<void> {
    const { path, version, isPretty } = this.#options;
    await ensurePrivateFolder(dirname(path));
    if (this.#mustPutAside) {
      await this.#putAside();
    }
    const text = JSON.stringify({ version, value }, undefined, isPretty === true ? 2 : undefined);
    await writeFileAtomic(path, `${text}\n`, { mode: PRIVATE_FILE, clock: this.#clock });
  }

  #parse(bytes: Uint8Array): WhatFits<T> | undefined {
    try {
      const { version, schema, migrate, onMisfits } = this.#options;
      const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
      const envelope = v.parse(envelopeSchema, json);
      const isOld = envelope.version < version;
      if (envelope.version > version || (isOld && migrate === undefined)) {
        return undefined;
      }
      const value = isOld ? migrate?.(envelope.value, envelope.version) : envelope.value;
      return onMisfits === undefined ? { value: v.parse(schema, value), misfits: [] } : whatFits(schema, value);
    } catch {
      return undefined;
    }
  }

  async #putAside(): Promise<void> {
    const { path, onQuarantine } = this.#options;
    const stamp = this.#clock.now().toISOString().replace(/[-:.]/g, '');
    for (let count = 0; count < MOST_QUARANTINED_AT_ONCE; count += 1) {
      const aside = `${path}.unreadable-${stamp}${count === 0 ? '' : `-${count}`}`;
      if ((await readSmallFile(aside, MAX_STATE_BYTES).catch(() => new Uint8Array())) !== undefined) {
        continue;
      }
      try {
        await rename(path, aside);
        onQuarantine?.(aside, this.#isKeptInPart);
      } catch (error) {
        if (systemErrorCode(error) !== 'ENOENT') {
          throw new FileFailedError(path, 'written', error);
        }
      }
      this.#mustPutAside = false;
      return;
    }
    throw new FileFailedError(path, 'written', new Error('no free name to put the file aside'));
  }
}
