import { randomBytes } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { SealedFileIo } from './sealed-file.ts';
import { StoreFailedError } from './store-errors.ts';

/** Where the user wants secrets kept. */
export type Backend = 'keyring' | 'passphrase' | 'memory';

const Choice = v.object({ version: v.literal(1), backend: v.picklist(['keyring', 'passphrase', 'memory']) });

/**
 * The user's choice, in a small file without secrets.
 *
 * It matters only for memory and before the first secret: a sealed file says itself how it is sealed, so the two cannot disagree for
 * long, wherever a move was cut off.
 */
export class BackendChoice {
  readonly #file: string;
  readonly #io: SealedFileIo;

  constructor(file: string, io: SealedFileIo) {
    this.#file = file;
    this.#io = io;
  }

  /**
   * The choice, undefined when none was made yet. A file that cannot be understood is renamed (`keptAs`) and counts as none: the safe
   * default, sealed with the keyring, is taken then. Throws StoreFailedError when it cannot be read.
   */
  async read(): Promise<{ readonly backend: Backend | undefined; readonly keptAs?: string }> {
    const text = await this.#readText();
    if (text === undefined) {
      return { backend: undefined };
    }
    const choice = v.safeParse(Choice, parseJson(text));
    return choice.success ? { backend: choice.output.backend } : { backend: undefined, keptAs: await this.#setAside() };
  }

  /** Keeps the choice. The folder must exist. */
  async write(backend: Backend): Promise<void> {
    const choice: v.InferOutput<typeof Choice> = { version: 1, backend };
    await this.#io.writeFileAtomic(this.#file, Buffer.from(`${JSON.stringify(choice)}\n`, 'utf8'));
  }

  async #readText(): Promise<string | undefined> {
    try {
      return await readFile(this.#file, 'utf8');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') {
        return undefined;
      }
      throw new StoreFailedError(
        `The note of where secrets are kept could not be read (${code ?? 'unknown reason'}).`,
        `See that ${this.#file} can be read, then try again.`,
        error,
      );
    }
  }

  async #setAside(): Promise<string> {
    const name = `${path.basename(this.#file)}.damaged-${randomBytes(4).toString('hex')}`;
    await rename(this.#file, path.join(path.dirname(this.#file), name)).catch(() => undefined);
    return name;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
