import type { Secret } from '../model/secret.ts';
import { CoreError } from '../model/errors.ts';
import { deriveForOnce } from './passphrase-key.ts';
import { parseEntries, type SecretEntries } from './secret-entries.ts';
import type { SealedFile } from './sealed-file.ts';
import { unseal } from './sealed-format.ts';
import { REPLACE_UNOPENABLE, type SealedStore } from './sealed-store.ts';
import type { SealingKeys } from './sealing-keys.ts';

/** What taking back brought. */
export interface Recovered {
  /** Secrets that were not kept any more and are again. */
  readonly secrets: number;
  /** Files put aside that could not be opened; they stay. */
  readonly filesLeft: number;
}

/**
 * Takes back the secrets of every file put aside that can be opened now, the latest file first. What is kept now is not touched, and no
 * file is removed: one whose secrets are safe again only gets a name under which it is not looked at any more.
 */
export async function recoverAside(
  store: SealedStore,
  keys: SealingKeys,
  passphrase: Secret | undefined,
): Promise<Recovered> {
  let secrets = 0;
  for (const file of await store.file.listAside()) {
    const entries = await openAside(file, keys, passphrase);
    if (entries !== undefined) {
      secrets += await addMissing(store, entries);
      await file.markRecovered();
    }
  }
  return { secrets, filesLeft: (await store.file.listAside()).length };
}

/** Its entries, or undefined when it is damaged or its key is not to be had. */
async function openAside(
  file: SealedFile,
  keys: SealingKeys,
  passphrase: Secret | undefined,
): Promise<SecretEntries | undefined> {
  try {
    const content = await file.read();
    if (content === undefined) {
      return undefined;
    }
    const isByPassphrase = content.slot.kind === 'passphrase' && passphrase !== undefined;
    const masterKey = isByPassphrase ? await deriveForOnce(content, passphrase) : (await keys.keyOf(content)).masterKey;
    return parseEntries(unseal(content, masterKey));
  } catch (error) {
    if (error instanceof CoreError) {
      return undefined;
    }
    throw error;
  }
}

async function addMissing(store: SealedStore, found: SecretEntries): Promise<number> {
  let added = 0;
  await store.change((entries) => {
    const missing = [...found].filter(([key]) => !entries.has(key));
    missing.forEach(([key, entry]) => entries.set(key, entry));
    added = missing.length;
    return added > 0;
  }, REPLACE_UNOPENABLE);
  return added;
}
