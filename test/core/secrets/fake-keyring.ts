import { Secret } from '../../../src/core/model/secret.ts';
import type { Keyring } from '../../../src/core/secrets/keyring.ts';

/** A keyring in memory that can be made to fail in every way a real one does. Counts how often it was asked. */
export class FakeKeyring implements Keyring {
  readonly entries = new Map<string, string>();
  /** Thrown by every operation while set. */
  failure: Error | undefined;
  /** Thrown by what may ask the user; `probe` still succeeds. */
  lockedFailure: Error | undefined;
  reads = 0;
  probes = 0;
  /** Held open until released, to let callers pile up. */
  gate: Promise<void> = Promise.resolve();

  async probe(): Promise<void> {
    this.probes += 1;
    this.#fail(this.failure);
  }

  async read(account: string): Promise<Secret | undefined> {
    this.reads += 1;
    await this.gate;
    this.#fail(this.failure ?? this.lockedFailure);
    const text = this.entries.get(account);
    return text === undefined ? undefined : new Secret(text);
  }

  async write(account: string, value: Secret): Promise<void> {
    this.#fail(this.failure ?? this.lockedFailure);
    this.entries.set(account, value.reveal());
  }

  async remove(account: string): Promise<boolean> {
    this.#fail(this.failure ?? this.lockedFailure);
    return this.entries.delete(account);
  }

  #fail(failure: Error | undefined): void {
    if (failure !== undefined) {
      throw failure;
    }
  }
}
