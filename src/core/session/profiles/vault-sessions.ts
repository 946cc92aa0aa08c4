import { readFileSync, statSync } from 'node:fs';
import * as v from 'valibot';
import { JsonStateFile } from '../../files/json-state-file.ts';
import type { Clock } from '../../model/clock.ts';
import type { TokenMode } from '../sso/sso-session.ts';

/** Where the list of Identity Centers in vault mode is kept. */
export interface VaultSessionsParts {
  readonly path: string;
  readonly lockDir: string;
  readonly clock: Clock;
}

const VERSION = 1;
const MAX_BYTES = 1024 * 1024;
const ListSchema = v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(512)));
const FileSchema = v.object({ version: v.literal(VERSION), value: ListSchema });

/** Every one, where the list cannot be read: a token too much in the vault is a sign-in lost, one too much in the open is a token lost. */
const ALL = 'all';

interface Known {
  /** How the file was when it was read. */
  readonly stamp: string;
  readonly ids: ReadonlySet<string> | typeof ALL;
}

/**
 * Which Identity Centers keep their tokens in the secret store, for all processes of the user.
 *
 * `modeOf` looks at the file each time (some microseconds): whoever holds a token's lock sees what the process before it decided.
 */
export class VaultSessions {
  readonly #path: string;
  readonly #file: JsonStateFile<readonly string[]>;
  #known: Known | undefined;

  constructor({ path, lockDir, clock }: VaultSessionsParts) {
    this.#path = path;
    this.#file = new JsonStateFile<readonly string[]>({
      path,
      lockDir,
      clock,
      version: VERSION,
      schema: ListSchema,
      defaults: () => [],
      isPretty: true,
    });
  }

  /** Where the token of an Identity Center is kept. Never throws. */
  modeOf(ssoSession: string): TokenMode {
    const { ids } = this.#look();
    return ids === ALL || ids.has(ssoSession) ? 'vault' : 'shared';
  }

  /** Whether the list can be read; where not, all count as in vault mode. */
  get isReadable(): boolean {
    return this.#look().ids !== ALL;
  }

  /**
   * Notes where the token of an Identity Center is kept from now on. `alsoInVault` are those of which the profiles say so: they are kept
   * even if the list was lost. Throws FileFailedError.
   */
  async set(ssoSession: string, mode: TokenMode, alsoInVault: Iterable<string> = []): Promise<void> {
    await this.#file.update((ids) => {
      const others = new Set([...ids, ...alsoInVault].filter((id) => id !== ssoSession));
      return mode === 'vault' ? [...others, ssoSession] : [...others];
    });
  }

  #look(): Known {
    const stamp = stampOf(this.#path);
    if (this.#known?.stamp !== stamp) {
      this.#known = { stamp, ids: stamp === '' ? new Set() : readIds(this.#path) };
    }
    return this.#known;
  }
}

function stampOf(path: string): string {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? '' : [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(' ');
  } catch {
    return 'unreadable';
  }
}

function readIds(path: string): Known['ids'] {
  try {
    const text = readFileSync(path, 'utf8');
    const parsed = text.length > MAX_BYTES ? undefined : v.safeParse(FileSchema, JSON.parse(text));
    return parsed?.success === true ? new Set(parsed.output.value) : ALL;
  } catch {
    return ALL;
  }
}
