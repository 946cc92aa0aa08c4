import type { Secret } from '../model/secret.ts';

/**
 * The keyring of the operating system: Keychain, Credential Manager, or a Secret Service such as GNOME Keyring or KWallet.
 *
 * All operations throw StoreMissingError, StoreLockedError or StoreFailedError, and end within the time limit the keyring was made
 * with. `read`, `write` and `remove` may make the system ask the user for the keyring's password.
 */
export interface Keyring {
  /** Resolves when there is a keyring to talk to. Never makes it ask the user. */
  probe(): Promise<void>;
  read(account: string): Promise<Secret | undefined>;
  write(account: string, value: Secret): Promise<void>;
  /** Whether there was something to remove. */
  remove(account: string): Promise<boolean>;
}

/** Under what name the system lists our entries. */
export const KEYRING_SERVICE = 'Rolecall';

/**
 * On Linux the module would otherwise fall back to the kernel's keyring by itself, which forgets everything at logout.
 */
export const KEYRING_OPTIONS = { linux: { store: 'secret-service' } } as const;

/** How long a keyring may take. Its window asking for a password counts too: a helper must not wait for ever behind one nobody sees. */
export const DEFAULT_KEYRING_TIMEOUT_MS = 30_000;
