import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { JsonStateFile } from '../../files/json-state-file.ts';
import type { Clock } from '../../model/clock.ts';
import {
  emptyDirectory,
  fromFile,
  KeptDirectorySchema,
  toFile,
  type DirectoryFileContent,
  type KeptDirectory,
} from './kept-directory.ts';
import type { SsoSession } from './sso-session.ts';

const VERSION = 1;

/** Keeps directories on disk, a file for each Identity Center, named by a hash: an id may be a URL. */
export class DirectoryStore {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #log: (line: string) => void;
  readonly #files = new Map<string, JsonStateFile<DirectoryFileContent | undefined>>();

  constructor(folder: string, clock: Clock, log: (line: string) => void) {
    this.#folder = folder;
    this.#clock = clock;
    this.#log = log;
  }

  /** What was kept; nothing where the file is of another portal, damaged or missing. Throws FileFailedError. */
  async load(session: SsoSession): Promise<KeptDirectory> {
    const content = await this.#file(session.id).load();
    return content === undefined ? emptyDirectory(session) : fromFile(content, session);
  }

  /** Throws FileFailedError. */
  save(session: SsoSession, directory: KeptDirectory): Promise<void> {
    return this.#file(session.id).save(toFile(directory));
  }

  async remove(id: string): Promise<void> {
    this.#files.delete(id);
    await rm(this.#path(id), { force: true });
  }

  #file(id: string): JsonStateFile<DirectoryFileContent | undefined> {
    const file = this.#files.get(id) ?? this.#open(id);
    this.#files.set(id, file);
    return file;
  }

  #open(id: string): JsonStateFile<DirectoryFileContent | undefined> {
    return new JsonStateFile<DirectoryFileContent | undefined>({
      path: this.#path(id),
      version: VERSION,
      schema: KeptDirectorySchema,
      defaults: () => undefined,
      clock: this.#clock,
      onQuarantine: (path) => this.#log(`a directory file could not be read and was put aside: ${path}`),
    });
  }

  #path(id: string): string {
    return join(this.#folder, `${createHash('sha256').update(id).digest('hex').slice(0, 32)}.json`);
  }
}
