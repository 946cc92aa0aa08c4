import type { KeyringKeys } from './keyring-key.ts';
import type { PassphraseKey } from './passphrase-key.ts';
import type { KeySlot, SealedContent } from './sealed-format.ts';
import { StoreLockedError } from './store-errors.ts';

/** The two ways of keeping a master key. */
export type SealedBackend = KeySlot['kind'];

/** A master key and what a file's header says of where it comes from. */
export interface SlotKey {
  readonly slot: KeySlot;
  readonly masterKey: Buffer;
}

/** Finds or makes the master key, wherever it is kept. */
export class SealingKeys {
  readonly keyring: KeyringKeys;
  readonly passphrase: PassphraseKey;

  constructor(keyring: KeyringKeys, passphrase: PassphraseKey) {
    this.keyring = keyring;
    this.passphrase = passphrase;
  }

  /** The key of this file, by what its header says. Throws StoreMissingError, StoreLockedError, StoreChangedError. */
  async keyOf(content: SealedContent): Promise<SlotKey> {
    const { slot } = content;
    const masterKey =
      slot.kind === 'keyring' ? await this.keyring.keyOf(content, slot.account) : this.passphrase.keyOf(content);
    return { slot, masterKey };
  }

  /** The key of a file that is to be made. A passphrase given in this run is used again. */
  async keyForNewFile(backend: SealedBackend): Promise<SlotKey> {
    if (backend === 'keyring') {
      return this.keyring.create();
    }
    if (this.passphrase.unlocked === undefined) {
      throw new StoreLockedError('passphrase');
    }
    return this.passphrase.unlocked;
  }

  /** Throws what would keep a new file from being made, without making anything or asking the user. */
  async ensureAvailable(backend: SealedBackend): Promise<void> {
    if (backend === 'keyring') {
      await this.keyring.ensureAvailable();
    } else if (this.passphrase.unlocked === undefined) {
      throw new StoreLockedError('passphrase');
    }
  }

  /** Removes what was made for a file that has no use for it any more. */
  async discard(slot: KeySlot): Promise<void> {
    if (slot.kind === 'keyring') {
      await this.keyring.discard(slot.account);
    }
  }

  /** Locks: every key is asked for again. */
  forget(): void {
    this.keyring.forget();
    this.passphrase.forget();
  }
}
