import { CoreError } from '../../model/errors.ts';
import type { Secret } from '../../model/secret.ts';
import { parseTotpSeed, totpCode } from '../../model/totp.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';
import type { Authenticator } from './authenticator.ts';
import { NoSeedError } from './errors.ts';

/** An authenticator whose seeds can be put in and taken out. */
export interface SeedKeeper extends Authenticator {
  /** Keeps a device's seed. Throws BadInputError for what is none, and what the store throws. */
  keep(mfaSerial: string, seed: Secret): Promise<void>;
  /** Removes a device's seed, if there is one. */
  forget(mfaSerial: string): Promise<void>;
}

/**
 * The built-in authenticator over the secret store. Whoever keeps the seed beside the key has one factor less; the user is told when
 * choosing it.
 */
export function storedAuthenticator(store: SecretStore): SeedKeeper {
  const nameOf = (mfaSerial: string) => ({ kind: 'totp-seed', id: mfaSerial }) as const;
  return {
    async holds(mfaSerial) {
      try {
        return (await store.get(nameOf(mfaSerial))) !== undefined;
      } catch (error) {
        if (error instanceof CoreError) {
          return false;
        }
        throw error;
      }
    },
    async codeAt(mfaSerial, at) {
      const seed = await store.get(nameOf(mfaSerial));
      if (seed === undefined) {
        throw new NoSeedError(mfaSerial);
      }
      return totpCode(seed, at);
    },
    async keep(mfaSerial, seed) {
      await store.set(nameOf(mfaSerial), parseTotpSeed(seed.reveal()));
    },
    forget: (mfaSerial) => store.delete(nameOf(mfaSerial)),
  };
}
