import { randomBytes, scrypt } from 'node:crypto';
import { BadInputError } from '../model/errors.ts';
import type { Secret } from '../model/secret.ts';
import { keyFits, MASTER_KEY_LENGTH, type PassphraseSlot, type SealedContent } from './sealed-format.ts';
import { StoreLockedError, WrongPassphraseError } from './store-errors.ts';

/**
 * What scrypt costs: `n` of 2^17 with `r` 8 is 128 MiB of memory and some 0.3 s on a laptop of 2024.
 *
 * Sources: https://www.rfc-editor.org/rfc/rfc7914#section-2 and OWASP's Password Storage Cheat Sheet.
 */
export const SCRYPT_COSTS = { n: 2 ** 17, r: 8, p: 1 } as const;
const SALT_LENGTH = 32;
const MIN_LENGTH = 8;
const MAX_LENGTH = 1024;

/** A master key made of a passphrase, and how it was made. */
export interface PassphraseSlotKey {
  readonly slot: PassphraseSlot;
  readonly masterKey: Buffer;
}

/**
 * The master key made of the user's passphrase, held for this run only: after a restart the passphrase is asked for again.
 */
export class PassphraseKey {
  #unlocked: PassphraseSlotKey | undefined;
  readonly #costs: Pick<PassphraseSlot, 'n' | 'r' | 'p'>;

  constructor(costs: Pick<PassphraseSlot, 'n' | 'r' | 'p'> = SCRYPT_COSTS) {
    this.#costs = costs;
  }

  /** The key and its slot, if a passphrase was given in this run. */
  get unlocked(): PassphraseSlotKey | undefined {
    return this.#unlocked;
  }

  /** The key of this file. Throws StoreLockedError until the right passphrase was given. */
  keyOf(content: SealedContent): Buffer {
    if (this.#unlocked === undefined || !keyFits(content, this.#unlocked.masterKey)) {
      throw new StoreLockedError('passphrase');
    }
    return this.#unlocked.masterKey;
  }

  /** Opens the file for this run. Throws WrongPassphraseError; an earlier right passphrase is not forgotten then. */
  async unlock(content: SealedContent, slot: PassphraseSlot, passphrase: Secret): Promise<PassphraseSlotKey> {
    this.#unlocked = { slot, masterKey: await deriveForOnce(content, passphrase) };
    return this.#unlocked;
  }

  /** Makes a key of a new passphrase, with a new salt. It counts only once `adopt` is called: after the file was written. */
  async create(passphrase: Secret): Promise<PassphraseSlotKey> {
    checkNewPassphrase(passphrase);
    const slot: PassphraseSlot = {
      kind: 'passphrase',
      ...this.#costs,
      salt: randomBytes(SALT_LENGTH).toString('base64'),
    };
    return { slot, masterKey: await deriveKey(passphrase, slot) };
  }

  /** From now on this is the key. */
  adopt(unlocked: PassphraseSlotKey): void {
    this.#unlocked = unlocked;
  }

  /** Locks: the passphrase is needed again. */
  forget(): void {
    this.#unlocked = undefined;
  }
}

/** The key of a file that is opened once and not kept open. Throws WrongPassphraseError, StoreLockedError for a file without passphrase. */
export async function deriveForOnce(content: SealedContent, passphrase: Secret): Promise<Buffer> {
  if (content.slot.kind !== 'passphrase') {
    throw new StoreLockedError('passphrase');
  }
  const masterKey = await deriveKey(passphrase, content.slot);
  if (!keyFits(content, masterKey)) {
    throw new WrongPassphraseError();
  }
  return masterKey;
}

function checkNewPassphrase(passphrase: Secret): void {
  const { length } = normalized(passphrase);
  if (length < MIN_LENGTH || length > MAX_LENGTH) {
    throw new BadInputError(
      `A passphrase for Rolecall's secrets has ${MIN_LENGTH} to ${MAX_LENGTH} characters.`,
      'Take four or more unrelated words.',
    );
  }
}

function deriveKey(passphrase: Secret, slot: PassphraseSlot): Promise<Buffer> {
  const { n: N, r, p } = slot;
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 160 * N * r };
    scrypt(normalized(passphrase), Buffer.from(slot.salt, 'base64'), MASTER_KEY_LENGTH, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

/** Keyboards and clipboards of different systems write one accented letter as one character or as two. */
function normalized(passphrase: Secret): string {
  return passphrase.reveal().normalize('NFKC');
}
