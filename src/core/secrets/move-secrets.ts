import { CoreError } from '../model/errors.ts';
import type { Secret } from '../model/secret.ts';
import type { Backend, BackendChoice } from './backend-choice.ts';
import type { MemoryStore } from './memory-store.ts';
import type { OperationOrder } from './operation-order.ts';
import type { SealedStore } from './sealed-store.ts';
import type { SealingKeys, SlotKey } from './sealing-keys.ts';
import type { SecretEntries } from './secret-entries.ts';
import type { StoreCondition } from './store-condition.ts';
import { StoreChangedError, StoreDamagedError, StoreMissingError } from './store-errors.ts';

/** What a SwitchableSecretStore is made of; `openSecretStore` puts it together. */
export interface StoreParts {
  readonly sealed: SealedStore;
  readonly memory: MemoryStore;
  readonly keys: SealingKeys;
  readonly choice: BackendChoice;
  readonly condition: StoreCondition;
  readonly order: OperationOrder;
  /** Where secrets are kept now; the sealed store makes new files by it. */
  readonly current: { backend: Backend | 'none' };
}

/**
 * Seals what there is with another key: one write, after which the old key of the keyring has no use and is removed. A file that
 * cannot be opened is put aside. Throws StoreLockedError, with nothing changed, while the user could still unlock it.
 */
export async function moveTo(parts: StoreParts, target: SlotKey): Promise<void> {
  const { sealed, keys } = parts;
  const old = await sealed.slot();
  let isReplaced = false;
  await sealed.change(withMemory(parts), {
    mayReplace: (problem) => {
      isReplaced = mayReplace(problem);
      return isReplaced;
    },
    sealWith: target,
  });
  await chosen(parts, target.slot.kind);
  // A file that was put aside still needs its key.
  if (old !== undefined && old.kind !== target.slot.kind && !isReplaced) {
    await keys.discard(old);
  }
}

/** Goes back to a file that is sealed with the keyring already. */
export async function backToKeyring(parts: StoreParts): Promise<void> {
  await parts.sealed.change(withMemory(parts), { mayReplace, newFile: 'keyring' });
  await chosen(parts, 'keyring');
}

/** Seals what there is with a new passphrase, which then stays known for this run. */
export async function sealWithPassphrase(parts: StoreParts, passphrase: Secret): Promise<void> {
  const created = await parts.keys.passphrase.create(passphrase);
  await moveTo(parts, created);
  parts.keys.passphrase.adopt(created);
}

/** Takes what can be opened now into memory. The sealed file stays as it is. */
export async function moveToMemory(parts: StoreParts): Promise<void> {
  const { sealed, memory, choice, keys, current } = parts;
  if (current.backend !== 'memory') {
    memory.load(await sealed.readAll().catch(nothingIfClosed));
  }
  await sealed.file.withLock(() => choice.write('memory'));
  keys.forget();
  movedTo(parts, 'memory');
}

/** Notes where secrets are kept from now on, for the store and for the screen. */
export function movedTo(parts: StoreParts, backend: Backend): void {
  parts.current.backend = backend;
  parts.condition.movedTo(backend);
}

async function chosen(parts: StoreParts, backend: 'keyring' | 'passphrase'): Promise<void> {
  await parts.sealed.file.withLock(() => parts.choice.write(backend));
  parts.memory.clear();
  movedTo(parts, backend);
}

/** What was kept in memory until now is newer than what the file holds. */
function withMemory(parts: StoreParts): (entries: SecretEntries) => boolean {
  return (entries) => {
    parts.memory.mergeInto(entries);
    return true;
  };
}

/** Files the chosen backend may take the place of: those that cannot be opened and that no unlocking would open. */
function mayReplace(problem: unknown): boolean {
  return (
    problem instanceof StoreChangedError || problem instanceof StoreDamagedError || problem instanceof StoreMissingError
  );
}

/** What cannot be opened now stays in its file. */
function nothingIfClosed(error: unknown): SecretEntries {
  if (!(error instanceof CoreError)) {
    throw error;
  }
  return new Map();
}
