import type { SecretStoreState } from '../../shared/app-state.ts';
import type { Secret } from '../model/secret.ts';
import type { SecretName } from './secret-name.ts';

/** Where secrets are kept and whether they can be reached now, in words for the screen. */
export type StoreStatus = SecretStoreState;

/**
 * Keeps secrets: long-term keys, TOTP seeds, tokens.
 *
 * Operations on one name happen in the order they were asked for. Every operation may throw StoreMissingError (`store-missing`: the
 * user has to choose where secrets are kept), StoreLockedError (`store-locked`: unlock and try again) or one of the `store-failed`
 * errors of `store-errors.ts`. No failure ever deletes a secret.
 */
export interface SecretStore {
  /** The secret, or undefined when none is kept under this name. */
  get(name: SecretName): Promise<Secret | undefined>;
  /** Keeps it; on disk before this resolves, unless the store is memory only. */
  set(name: SecretName, secret: Secret): Promise<void>;
  /** Removes it. Removing what is not there is no error. */
  delete(name: SecretName): Promise<void>;
  /** The names of all secrets kept, in no order. */
  names(): Promise<readonly SecretName[]>;
  /** What is known now, without asking keyring or disk. */
  status(): StoreStatus;
}
