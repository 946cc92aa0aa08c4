import { CoreError } from '../model/errors.ts';
import type { Backend } from './backend-choice.ts';
import type { StoreStatus } from './secret-store.ts';
import {
  StoreChangedError,
  StoreDamagedError,
  StoreLockedError,
  StoreMissingError,
  WrongPassphraseError,
} from './store-errors.ts';

const READY = {
  keyring: 'Secrets are sealed in a file; its key is in the system keyring.',
  passphrase: 'Secrets are sealed in a file with your passphrase.',
  memory: 'Secrets are kept in memory only and are gone when Rolecall ends.',
  none: 'No secret is kept yet. The first one is sealed in a file; its key goes to the system keyring.',
} as const;

/** `look` opens nothing, `read` opened the file, `write` replaced it. */
export type OperationKind = 'look' | 'read' | 'write';

/**
 * What the store's operations have shown of its state, put into words for the screen. Tells `onChange` whenever those words change.
 */
export class StoreCondition {
  #backend: Backend | 'none';
  #problem: CoreError | undefined;
  #keptFiles: readonly string[] = [];
  #shown: StoreStatus;
  readonly #onChange: (status: StoreStatus) => void;

  constructor(backend: Backend | 'none', onChange: (status: StoreStatus) => void) {
    this.#backend = backend;
    this.#onChange = onChange;
    this.#shown = this.#describe();
  }

  get status(): StoreStatus {
    return this.#shown;
  }

  /** Runs an operation on the store and learns from how it ends; `kind` says what its success proves. */
  async watch<T>(kind: OperationKind, operation: () => Promise<T>): Promise<T> {
    try {
      const value = await operation();
      if (this.#problem !== undefined && proves(kind, this.#problem)) {
        this.#problem = undefined;
      }
      return value;
    } catch (error) {
      this.failed(error);
      throw error;
    } finally {
      this.#show();
    }
  }

  /** Remembers a failure of the store; other errors (a bad name, a wrong passphrase typed) say nothing of it. */
  failed(error: unknown): void {
    const isOfStore = error instanceof CoreError && /^(?:store|file)-/.test(error.code);
    if (isOfStore && !(error instanceof WrongPassphraseError)) {
      this.#problem = error;
      this.#show();
    }
  }

  /** Secrets are kept here from now on. */
  movedTo(backend: Backend | 'none'): void {
    this.#backend = backend;
    this.#show();
  }

  /** A file that could not be used is kept under this name. */
  kept(file: string): void {
    this.#keptFiles = [...this.#keptFiles, file];
    this.#show();
  }

  /** Secrets of files put aside are taken back; `all` when no such file is left. */
  recovered(all: boolean): void {
    this.#problem = undefined;
    this.#keptFiles = all ? [] : this.#keptFiles;
    this.#show();
  }

  #show(): void {
    const next = this.#describe();
    const isSame = JSON.stringify(next) === JSON.stringify(this.#shown);
    this.#shown = next;
    if (!isSame) {
      this.#onChange(next);
    }
  }

  #describe(): StoreStatus {
    const backend = this.#backend;
    if (this.#problem !== undefined) {
      return { backend, state: stateOf(this.#problem), message: this.#problem.message, hint: this.#problem.hint };
    }
    const hint = backend === 'memory' ? 'To keep them, choose the system keyring or a passphrase.' : '';
    return this.#keptFiles.length === 0
      ? { backend, state: 'ready', message: READY[backend], hint }
      : {
          backend,
          state: 'ready',
          message: `${READY[backend]} An earlier file that could not be used is kept as ${this.#keptFiles.join(', ')}.`,
          hint: 'If the keyring or passphrase it was sealed with is back, take its secrets back in the settings.',
        };
  }
}

function stateOf(problem: CoreError): StoreStatus['state'] {
  if (problem instanceof StoreMissingError) {
    return 'missing';
  }
  if (problem instanceof StoreLockedError) {
    return 'locked';
  }
  if (problem instanceof StoreChangedError || problem instanceof StoreDamagedError) {
    return 'changed';
  }
  return 'failed';
}

/** Whether success of such an operation shows that the problem is over. After damage the user is told until something is kept again. */
function proves(kind: OperationKind, problem: CoreError): boolean {
  if (kind === 'look') {
    return problem instanceof StoreMissingError;
  }
  return kind === 'write' || !(problem instanceof StoreDamagedError);
}
