import type { Secret } from '../model/secret.ts';
import { namesOf, type SecretEntries } from './secret-entries.ts';
import { secretNameKey, type SecretName } from './secret-name.ts';
import type { SecretStore, StoreStatus } from './secret-store.ts';

/**
 * Keeps secrets in this process alone: nothing is ever written, and all are gone when it ends.
 *
 * It remembers what was deleted, so that moving to a store on disk later does not bring back what an older file there still holds.
 */
export class MemoryStore implements SecretStore {
  readonly #entries: SecretEntries = new Map();
  readonly #deleted = new Set<string>();

  async get(name: SecretName): Promise<Secret | undefined> {
    return this.#entries.get(secretNameKey(name))?.secret;
  }

  async set(name: SecretName, secret: Secret): Promise<void> {
    const key = secretNameKey(name);
    this.#entries.set(key, { ...name, secret });
    this.#deleted.delete(key);
  }

  async delete(name: SecretName): Promise<void> {
    const key = secretNameKey(name);
    this.#entries.delete(key);
    this.#deleted.add(key);
  }

  async names(): Promise<readonly SecretName[]> {
    return namesOf(this.#entries);
  }

  status(): StoreStatus {
    return {
      backend: 'memory',
      state: 'ready',
      message: 'Secrets are kept in memory only and are gone when Rolecall ends.',
      hint: 'To keep them, choose the system keyring or a passphrase.',
    };
  }

  /** Takes over secrets from another store; what is here already stays. */
  load(entries: SecretEntries): void {
    for (const [key, entry] of entries) {
      if (!this.#entries.has(key)) {
        this.#entries.set(key, entry);
      }
    }
  }

  /** Brings `entries` to where this store is: adds what it holds, removes what was deleted here. */
  mergeInto(entries: SecretEntries): void {
    this.#deleted.forEach((key) => entries.delete(key));
    this.#entries.forEach((entry, key) => entries.set(key, entry));
  }

  /** Forgets everything, once it is safe elsewhere. */
  clear(): void {
    this.#entries.clear();
    this.#deleted.clear();
  }
}
