import { randomBytes } from 'node:crypto';
import type { Clock } from '../model/clock.ts';
import { Secret } from '../model/secret.ts';
import { childKeyring } from './keyring-child.ts';
import { inProcessKeyring } from './keyring-in-process.ts';
import type { Keyring } from './keyring.ts';
import { keyFits, MASTER_KEY_LENGTH, type KeySlot, type SealedContent } from './sealed-format.ts';
import { StoreChangedError, StoreFailedError } from './store-errors.ts';

/** The system keyring, reached the way this process can: Electron's program runs no scripts, so there it is asked directly. */
export function systemKeyring(options: { readonly clock: Clock; readonly timeoutMs?: number }): Keyring {
  return process.versions['electron'] === undefined ? childKeyring(options) : inProcessKeyring(options);
}

/**
 * The master keys of sealed files, kept in the system keyring: one entry per file, under the random account name in its header. So two
 * folders of one user never share a key, and a file from another machine finds none instead of a wrong one.
 */
export class KeyringKeys {
  readonly #keyring: Keyring;
  readonly #keys = new Map<string, Buffer>();
  readonly #reading = new Map<string, Promise<Secret | undefined>>();
  #probed = false;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /** Throws StoreMissingError when there is no keyring. Asks the system until it has said yes once, or `again`. */
  async ensureAvailable(again = false): Promise<void> {
    if (again || !this.#probed) {
      await this.#keyring.probe();
      this.#probed = true;
    }
  }

  /** The key of this file. Throws StoreChangedError when the keyring has none or another, else as `Keyring.read`. */
  async keyOf(content: SealedContent, account: string): Promise<Buffer> {
    const held = this.#keys.get(account);
    if (held !== undefined && keyFits(content, held)) {
      return held;
    }
    const text = await this.#readOnce(account);
    const key = Buffer.from(text?.reveal() ?? '', 'base64url');
    if (key.length !== MASTER_KEY_LENGTH || !keyFits(content, key)) {
      throw new StoreChangedError();
    }
    this.#keys.set(account, key);
    return key;
  }

  /** Makes the key of a file to come and sees that the keyring really gives it back. */
  async create(): Promise<{ readonly slot: KeySlot; readonly masterKey: Buffer }> {
    const account = `secrets-${randomBytes(8).toString('hex')}`;
    const masterKey = randomBytes(MASTER_KEY_LENGTH);
    const text = masterKey.toString('base64url');
    await this.#keyring.write(account, new Secret(text));
    if ((await this.#keyring.read(account))?.reveal() !== text) {
      throw new StoreFailedError(
        'The system keyring did not give back the key it was given.',
        "Restart your keyring, or choose a passphrase in Rolecall's settings.",
      );
    }
    this.#keys.set(account, masterKey);
    return { slot: { kind: 'keyring', account }, masterKey };
  }

  /** Removes a key no file needs any more. At worst it stays: harmless, so failures are not reported. */
  async discard(account: string): Promise<void> {
    this.#keys.delete(account);
    await this.#keyring.remove(account).catch(() => false);
  }

  /** Forgets what was read: the next use asks the keyring again. */
  forget(): void {
    this.#keys.clear();
    this.#probed = false;
  }

  /** Many callers, one question: a locked keyring must not open a window for each. */
  #readOnce(account: string): Promise<Secret | undefined> {
    const reading =
      this.#reading.get(account) ?? this.#keyring.read(account).finally(() => this.#reading.delete(account));
    this.#reading.set(account, reading);
    return reading;
  }
}
