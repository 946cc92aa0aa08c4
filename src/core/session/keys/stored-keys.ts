import type { LongTermKey } from '../../model/credentials.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';

/** Long-term access keys in the secret store, by their access key id. */
export interface StoredKeys {
  /** Throws what the store throws. */
  read(accessKeyId: string): Promise<LongTermKey | undefined>;
  write(key: LongTermKey): Promise<void>;
  remove(accessKeyId: string): Promise<void>;
}

/** Keeps keys in the secret store. */
export function storedKeys(store: SecretStore): StoredKeys {
  const nameOf = (accessKeyId: string) => ({ kind: 'access-key', id: accessKeyId }) as const;
  return {
    async read(accessKeyId) {
      const secretAccessKey = await store.get(nameOf(accessKeyId));
      return secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey };
    },
    write: (key) => store.set(nameOf(key.accessKeyId), key.secretAccessKey),
    remove: (accessKeyId) => store.delete(nameOf(accessKeyId)),
  };
}
