import type { CoreError } from '../model/errors.ts';
import type { Secret } from '../model/secret.ts';
import { EditBatches, type Edit } from './edit-batches.ts';
import { namesOf, parseEntries, serializeEntries, type SecretEntries } from './secret-entries.ts';
import { secretNameKey, type SecretName } from './secret-name.ts';
import type { SealedFile } from './sealed-file.ts';
import { seal, unseal, type KeySlot, type SealedContent } from './sealed-format.ts';
import type { SealedBackend, SealingKeys, SlotKey } from './sealing-keys.ts';
import { StoreChangedError, StoreDamagedError, StoreFailedError } from './store-errors.ts';

/** How often a change starts over because another process changed the file meanwhile. */
const MAX_ATTEMPTS = 8;

/** What stands on disk, as far as it can be told without a key. */
type Seen =
  | { readonly kind: 'absent' }
  | { readonly kind: 'sealed'; readonly content: SealedContent }
  | { readonly kind: 'damaged' };

/** How a change is going to be made: with which key, over what, and whether what is there is put aside first. */
interface Plan extends SlotKey {
  readonly over: 'content' | 'nothing';
  readonly aside: 'damaged' | 'replaced' | undefined;
  /** The key was made for this change; it goes again if another process was quicker. */
  readonly isNew: boolean;
}

/** Options of a change. */
export interface ChangeOptions {
  /** Which files that cannot be opened may be put aside to make a new one; else the change throws what keeps it from opening. */
  readonly mayReplace: (problem: CoreError) => boolean;
  /** Seal with this key from now on instead of the file's own. */
  readonly sealWith?: SlotKey;
  /** Where the key of a new file goes, if one is made; else where new files' keys go now. */
  readonly newFile?: SealedBackend;
}

/** A new secret is worth more than an old file nobody here can open; that file is put aside, not lost. */
export const REPLACE_UNOPENABLE: ChangeOptions = {
  mayReplace: (problem) => problem instanceof StoreChangedError || problem instanceof StoreDamagedError,
};
const REPLACE_NOTHING: ChangeOptions = { mayReplace: () => false };

/**
 * Secrets in the sealed file. Every operation reads the file anew: another process may have changed it, its key or its backend.
 *
 * A change opens the file before it takes the lock, since the keyring may ask the user meanwhile; then it locks, reads again, and starts
 * over if the file is sealed with another key by now.
 */
export class SealedStore {
  readonly file: SealedFile;
  readonly #keys: SealingKeys;
  readonly #backendOfNewFile: () => SealedBackend;
  readonly #onAside: (name: string) => void;
  readonly #edits = new EditBatches<ChangeOptions>((edit, options) => this.change(edit, options));

  constructor(options: {
    readonly file: SealedFile;
    readonly keys: SealingKeys;
    readonly backendOfNewFile: () => SealedBackend;
    /** Told the new name of a file that was put aside. */
    readonly onAside: (name: string) => void;
  }) {
    this.file = options.file;
    this.#keys = options.keys;
    this.#backendOfNewFile = options.backendOfNewFile;
    this.#onAside = options.onAside;
  }

  async get(name: SecretName): Promise<Secret | undefined> {
    const key = secretNameKey(name);
    return (await this.readAll()).get(key)?.secret;
  }

  async set(name: SecretName, secret: Secret): Promise<void> {
    const key = secretNameKey(name);
    await this.#edits.add((entries) => entries.set(key, { ...name, secret }).has(key), REPLACE_UNOPENABLE);
  }

  async delete(name: SecretName): Promise<void> {
    const key = secretNameKey(name);
    await this.#edits.add((entries) => entries.delete(key), REPLACE_NOTHING);
  }

  async names(): Promise<readonly SecretName[]> {
    return namesOf(await this.readAll());
  }

  /** Everything in the file; nothing when there is none yet but one could be made. */
  async readAll(): Promise<SecretEntries> {
    const seen = await this.#look();
    if (seen.kind === 'absent') {
      await this.#keys.ensureAvailable(this.#backendOfNewFile());
      return new Map();
    }
    if (seen.kind === 'damaged') {
      throw await this.#putDamagedAside();
    }
    return this.#open(seen.content).catch(async (error: unknown) => {
      throw error instanceof StoreDamagedError ? await this.#putDamagedAside() : error;
    });
  }

  /** Where the key of the present file is kept; undefined when there is no file that says so. */
  async slot(): Promise<KeySlot | undefined> {
    const seen = await this.#look();
    return seen.kind === 'sealed' ? seen.content.slot : undefined;
  }

  /** The present file, not opened. Puts a damaged one aside and throws StoreDamagedError. */
  async content(): Promise<SealedContent | undefined> {
    const seen = await this.#look();
    if (seen.kind === 'damaged') {
      throw await this.#putDamagedAside();
    }
    return seen.kind === 'sealed' ? seen.content : undefined;
  }

  /**
   * Changes the entries under the lock: `edit` gets them all and says whether it changed any. Writes only then, or to seal with another
   * key. All or nothing; `edit` may run several times.
   */
  async change(edit: Edit, options: ChangeOptions): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const seen = await this.#look();
      if (seen.kind === 'absent' && options.sealWith === undefined && !edit(new Map())) {
        await this.#keys.ensureAvailable(this.#backendOfNewFile());
        return;
      }
      const plan = await this.#plan(seen, options);
      if (await this.file.withLock(() => this.#make(seen, plan, edit, options))) {
        return;
      }
      // Only here: after a write that failed half-way the file may be in place, and then it needs its key.
      await (plan.isNew ? this.#keys.discard(plan.slot) : undefined);
    }
    throw new StoreFailedError("Other programs keep changing the file of Rolecall's secrets.", 'Try again.');
  }

  /** Puts the file aside whatever is in it. Answers its new name, or undefined when there was none. */
  async putAside(): Promise<string | undefined> {
    const name = await this.file.withLock(async () =>
      (await this.#look()).kind === 'absent' ? undefined : this.file.setAside('replaced'),
    );
    if (name !== undefined) {
      this.#onAside(name);
    }
    return name;
  }

  async #look(): Promise<Seen> {
    try {
      const content = await this.file.read();
      return content === undefined ? { kind: 'absent' } : { kind: 'sealed', content };
    } catch (error) {
      if (error instanceof StoreDamagedError) {
        return { kind: 'damaged' };
      }
      throw error;
    }
  }

  async #open(content: SealedContent): Promise<SecretEntries> {
    const { masterKey } = await this.#keys.keyOf(content);
    return parseEntries(unseal(content, masterKey));
  }

  async #plan(seen: Seen, options: ChangeOptions): Promise<Plan> {
    if (seen.kind === 'absent') {
      return this.#planNewFile(options, undefined);
    }
    try {
      if (seen.kind === 'damaged') {
        throw new StoreDamagedError(undefined);
      }
      const key = await this.#keys.keyOf(seen.content);
      parseEntries(unseal(seen.content, key.masterKey));
      return { ...key, over: 'content', aside: undefined, isNew: false };
    } catch (error) {
      if (!isCoreError(error) || !options.mayReplace(error)) {
        throw error instanceof StoreDamagedError ? await this.#putDamagedAside() : error;
      }
      return this.#planNewFile(options, error instanceof StoreDamagedError ? 'damaged' : 'replaced');
    }
  }

  async #planNewFile(options: ChangeOptions, aside: Plan['aside']): Promise<Plan> {
    const key = options.sealWith ?? (await this.#keys.keyForNewFile(options.newFile ?? this.#backendOfNewFile()));
    return { ...key, over: 'nothing', aside, isNew: options.sealWith === undefined };
  }

  /** The change itself, within the lock. False when what was seen before is no longer so. */
  async #make(seen: Seen, plan: Plan, edit: Edit, options: ChangeOptions): Promise<boolean> {
    const now = await this.#look();
    if (!isSameSlot(seen, now)) {
      return false;
    }
    const isOver = plan.over === 'content' && now.kind === 'sealed';
    const entries: SecretEntries = isOver ? parseEntries(unseal(now.content, plan.masterKey)) : new Map();
    if (!edit(entries) && options.sealWith === undefined) {
      return true;
    }
    if (plan.aside !== undefined) {
      this.#onAside(await this.file.keepUnderSecondName(plan.aside));
    }
    const { slot, masterKey } = options.sealWith ?? plan;
    await this.file.write(seal(slot, masterKey, serializeEntries(entries)));
    return true;
  }

  /** Renames a damaged file, if it still is one, so that the store works again. Answers the error to throw. */
  async #putDamagedAside(): Promise<CoreError> {
    try {
      const name = await this.file.withLock(async () => {
        const seen = await this.#look();
        const isDamaged = seen.kind === 'damaged' || (seen.kind === 'sealed' && (await this.#isTampered(seen.content)));
        return isDamaged ? this.file.setAside('damaged') : undefined;
      });
      if (name !== undefined) {
        this.#onAside(name);
      }
      return new StoreDamagedError(name);
    } catch (error) {
      return new StoreDamagedError(undefined, error);
    }
  }

  async #isTampered(content: SealedContent): Promise<boolean> {
    return this.#open(content).then(
      () => false,
      (error: unknown) => error instanceof StoreDamagedError,
    );
  }
}

function isCoreError(error: unknown): error is CoreError {
  return error instanceof Error && 'hint' in error;
}

/** Whether both are sealed with the same key, or both in the same way not sealed at all. */
function isSameSlot(before: Seen, now: Seen): boolean {
  return before.kind === 'sealed' && now.kind === 'sealed'
    ? JSON.stringify(before.content.slot) === JSON.stringify(now.content.slot)
    : before.kind === now.kind;
}
