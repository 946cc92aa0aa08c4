import path from 'node:path';
import type { Clock } from '../model/clock.ts';
import { BackendChoice, type Backend } from './backend-choice.ts';
import { KeyringKeys, systemKeyring } from './keyring-key.ts';
import type { Keyring } from './keyring.ts';
import { MemoryStore } from './memory-store.ts';
import { OperationOrder } from './operation-order.ts';
import { PassphraseKey, SCRYPT_COSTS } from './passphrase-key.ts';
import type { StoreStatus } from './secret-store.ts';
import { SealedFile, type SealedFileIo } from './sealed-file.ts';
import { SealedStore } from './sealed-store.ts';
import { SealingKeys } from './sealing-keys.ts';
import { StoreCondition } from './store-condition.ts';
import { SwitchableSecretStore } from './switchable-secret-store.ts';

/** How to open the secret store. */
export interface OpenStoreOptions {
  /** A folder for secrets alone; it is made, and closed to other users. */
  readonly folder: string;
  readonly io: SealedFileIo;
  readonly clock: Clock;
  /** The system's keyring unless told otherwise. */
  readonly keyring?: Keyring;
  /** Overrides the user's choice for this run, without changing it. */
  readonly backend?: Backend;
  /** Whether to find out at once if the store can be reached (default), as a screen needs; a short command lets its first use tell. */
  readonly probe?: boolean;
  /** What scrypt costs for new passphrases; cheaper in tests only. */
  readonly scryptCosts?: { readonly n: number; readonly r: 8; readonly p: 1 };
  /** Told whenever the status changes after opening. */
  readonly onStatus?: (status: StoreStatus) => void;
}

/**
 * Opens the user's secret store: where the user chose, else where the sealed file says, else the system keyring.
 *
 * It never takes a weaker place by itself. Without a keyring the store is there all the same, says so in its status, and every
 * operation throws StoreMissingError until the user chooses (`usePassphrase`, `useMemory`).
 */
export async function openSecretStore(options: OpenStoreOptions): Promise<SwitchableSecretStore> {
  const { folder, io, clock } = options;
  const keys = new SealingKeys(
    new KeyringKeys(options.keyring ?? systemKeyring({ clock })),
    new PassphraseKey(options.scryptCosts ?? SCRYPT_COSTS),
  );
  const choice = new BackendChoice(path.join(folder, 'backend.json'), io);
  const current: { backend: Backend | 'none' } = { backend: options.backend ?? 'none' };
  const condition = new StoreCondition(current.backend, (status) => options.onStatus?.(status));
  const sealed = new SealedStore({
    file: new SealedFile(path.join(folder, 'secrets.sealed'), io, clock),
    keys,
    backendOfNewFile: () => (current.backend === 'passphrase' ? 'passphrase' : 'keyring'),
    onAside: (name) => condition.kept(name),
  });
  if (options.backend === undefined) {
    current.backend = await chosenBackend(choice, sealed, condition);
    condition.movedTo(current.backend);
  }
  const store = new SwitchableSecretStore({
    sealed,
    keys,
    choice,
    condition,
    current,
    memory: new MemoryStore(),
    order: new OperationOrder(),
  });
  if (options.probe ?? true) {
    await store.refresh();
  }
  return store;
}

/** A sealed file knows best how it is sealed; the choice alone counts for memory and while there is no file. */
async function chosenBackend(
  choice: BackendChoice,
  sealed: SealedStore,
  condition: StoreCondition,
): Promise<Backend | 'none'> {
  try {
    const { backend, keptAs } = await choice.read();
    if (keptAs !== undefined) {
      condition.kept(keptAs);
    }
    const slot = backend === 'memory' ? undefined : await sealed.slot();
    return slot?.kind ?? backend ?? 'none';
  } catch (error) {
    condition.failed(error);
    return 'none';
  }
}
