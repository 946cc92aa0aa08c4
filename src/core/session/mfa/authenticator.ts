import type { Secret } from '../../model/secret.ts';

/** The built-in authenticator: makes codes where the user chose to keep a device's seed here. */
export interface Authenticator {
  /** Whether a seed for this device can be used now. Never throws: a locked store holds nothing for the moment. */
  holds(mfaSerial: string): Promise<boolean>;
  /** The code the device shows at this moment of AWS's time. Throws NoSeedError, or what the store throws. */
  codeAt(mfaSerial: string, at: Date): Promise<Secret>;
}
