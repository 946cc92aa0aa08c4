import { BadInputError } from '../model/errors.ts';
import type { Secret } from '../model/secret.ts';
import type { MemoryStore } from './memory-store.ts';
import { backToKeyring, movedTo, moveTo, moveToMemory, sealWithPassphrase, type StoreParts } from './move-secrets.ts';
import { recoverAside } from './recover-aside.ts';
import type { SealedStore } from './sealed-store.ts';
import { secretNameKey, type SecretName } from './secret-name.ts';
import type { SecretStore, StoreStatus } from './secret-store.ts';
import type { OperationKind } from './store-condition.ts';
import { StoreDamagedError } from './store-errors.ts';

/**
 * The secret store of the product: passes operations on to where the user wants secrets kept, and moves them when the user changes that.
 *
 * It never changes the place by itself. Moves happen alone, after every operation before them; each is one atomic write, so a crash
 * leaves the old place or the new one, both whole.
 */
export class SwitchableSecretStore implements SecretStore {
  readonly #parts: StoreParts;

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  get(name: SecretName): Promise<Secret | undefined> {
    return this.#onName(name, 'read', (store) => store.get(name));
  }

  set(name: SecretName, secret: Secret): Promise<void> {
    return this.#onName(name, 'write', (store) => store.set(name, secret));
  }

  delete(name: SecretName): Promise<void> {
    return this.#onName(name, 'read', (store) => store.delete(name));
  }

  names(): Promise<readonly SecretName[]> {
    return this.#alone('read', () => this.#store().names());
  }

  status(): StoreStatus {
    return this.#parts.condition.status;
  }

  /** Looks at disk and keyring again and answers the new status. Never makes the keyring ask the user; never throws. */
  async refresh(): Promise<StoreStatus> {
    await this.#alone('look', () => this.#inspect()).catch(() => undefined);
    return this.status();
  }

  /**
   * Opens secrets sealed with a passphrase, for this run. Without a passphrase, asks the keyring (which may ask the user).
   *
   * Throws WrongPassphraseError, and BadInputError when they are not sealed with a passphrase.
   */
  unlock(passphrase?: Secret): Promise<void> {
    return this.#alone('read', async () => {
      const content = await this.#parts.sealed.content();
      if (passphrase === undefined) {
        await this.#store().names();
      } else if (content?.slot.kind === 'passphrase') {
        await this.#parts.keys.passphrase.unlock(content, content.slot, passphrase);
      } else if (content === undefined && this.#parts.current.backend === 'passphrase') {
        await sealWithPassphrase(this.#parts, passphrase);
      } else {
        throw new BadInputError('The secrets are not locked with a passphrase.', 'Nothing to enter here.');
      }
    });
  }

  /** Forgets keys and passphrase; both are asked for again. Secrets in memory stay. */
  lock(): Promise<void> {
    return this.#alone('look', async () => {
      this.#parts.keys.forget();
      await this.#inspect();
    }).catch(() => undefined);
  }

  /** Keeps secrets sealed with a key in the system keyring from now on, and moves those there are. Throws StoreMissingError. */
  useKeyring(): Promise<void> {
    return this.#alone('write', async () => {
      const { keys, sealed } = this.#parts;
      await keys.keyring.ensureAvailable();
      const old = await sealed.slot();
      await (old?.kind === 'keyring' ? backToKeyring(this.#parts) : moveTo(this.#parts, await keys.keyring.create()));
    });
  }

  /**
   * Keeps secrets sealed with this passphrase from now on, and moves those there are. Where they are sealed with a passphrase already,
   * it must be the same one (`changePassphrase` changes it).
   */
  usePassphrase(passphrase: Secret): Promise<void> {
    return this.#alone('write', async () => {
      const { keys, sealed } = this.#parts;
      const content = await sealed.content().catch(ignoreDamage);
      if (content?.slot.kind === 'passphrase') {
        await moveTo(this.#parts, await keys.passphrase.unlock(content, content.slot, passphrase));
      } else {
        await sealWithPassphrase(this.#parts, passphrase);
      }
    });
  }

  /** Seals with another passphrase. Throws WrongPassphraseError when `current` is not the present one. */
  changePassphrase(current: Secret, next: Secret): Promise<void> {
    return this.#alone('write', async () => {
      const { keys, sealed } = this.#parts;
      const content = await sealed.content();
      if (content?.slot.kind !== 'passphrase') {
        throw new BadInputError('The secrets are not sealed with a passphrase.', 'Choose a passphrase first.');
      }
      await keys.passphrase.unlock(content, content.slot, current);
      const created = await keys.passphrase.create(next);
      await sealed.change(() => true, { mayReplace: () => false, sealWith: created });
      keys.passphrase.adopt(created);
    });
  }

  /**
   * Keeps secrets in memory only from now on, with those that can be opened now. The sealed file stays where it is, unused, until the
   * user goes back to it.
   */
  useMemory(): Promise<void> {
    return this.#alone('write', () => moveToMemory(this.#parts));
  }

  /** For a forgotten passphrase or a lost keyring: puts the sealed file aside and begins with none. Answers the name it is kept under. */
  async startAfresh(): Promise<string | undefined> {
    const name = await this.#alone('write', async () => {
      this.#parts.keys.forget();
      return this.#parts.sealed.putAside();
    });
    await this.refresh();
    return name;
  }

  /**
   * Takes back what files put aside earlier hold, where the keyring here or `passphrase` opens them. A secret that is kept now wins over
   * an older one of the same name. Answers how many secrets came back.
   */
  recover(passphrase?: Secret): Promise<number> {
    return this.#alone('look', async () => {
      if (this.#parts.current.backend === 'memory') {
        throw new BadInputError('Secrets are kept in memory only.', 'Choose the system keyring or a passphrase first.');
      }
      const { secrets, filesLeft } = await recoverAside(this.#parts.sealed, this.#parts.keys, passphrase);
      if (secrets > 0) {
        this.#parts.condition.recovered(filesLeft === 0);
      }
      return secrets;
    });
  }

  #store(): SealedStore | MemoryStore {
    return this.#parts.current.backend === 'memory' ? this.#parts.memory : this.#parts.sealed;
  }

  async #onName<T>(
    name: SecretName,
    kind: OperationKind,
    operation: (store: SealedStore | MemoryStore) => Promise<T>,
  ): Promise<T> {
    return this.#parts.order.forName(secretNameKey(name), () => this.#watched(kind, () => operation(this.#store())));
  }

  #alone<T>(kind: OperationKind, operation: () => Promise<T>): Promise<T> {
    return this.#parts.order.alone(() => this.#watched(kind, operation));
  }

  async #watched<T>(kind: OperationKind, operation: () => Promise<T>): Promise<T> {
    try {
      return await this.#parts.condition.watch(kind, operation);
    } finally {
      await this.#followFile();
    }
  }

  /** A file says itself how it is sealed: it may be the first one, or another process may have moved the secrets meanwhile. */
  async #followFile(): Promise<void> {
    const { current, sealed } = this.#parts;
    const slot = current.backend === 'memory' ? undefined : await sealed.slot().catch(() => undefined);
    if (slot !== undefined && slot.kind !== current.backend) {
      movedTo(this.#parts, slot.kind);
    }
  }

  /** What is wrong now, if anything: throws it. Opens nothing. */
  async #inspect(): Promise<void> {
    const { current, sealed, keys } = this.#parts;
    if (current.backend === 'memory') {
      return;
    }
    const content = await sealed.content();
    if (content === undefined) {
      await (current.backend === 'passphrase'
        ? keys.ensureAvailable('passphrase')
        : keys.keyring.ensureAvailable(true));
    } else if (content.slot.kind === 'keyring') {
      await keys.keyring.ensureAvailable(true);
    } else {
      keys.passphrase.keyOf(content);
    }
  }
}

function ignoreDamage(error: unknown): undefined {
  if (!(error instanceof StoreDamagedError)) {
    throw error;
  }
  return undefined;
}
