import type { UserState } from './directory.ts';
import { newAccessKeyId, newSecretAccessKey, newSessionToken, type RandomBytes } from './identifiers.ts';
import type { Principal } from './principal.ts';

/** Temporary credentials. */
export interface TemporaryRecord {
  readonly kind: 'temporary';
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly principal: Principal;
  expiresAt: Date;
}

/** A user's long-term access key. */
export interface AccessKeyRecord {
  readonly kind: 'long-term';
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly user: UserState;
  readonly createdAt: Date;
  /** IAM is eventually consistent: until then, services do not know the key. */
  readonly usableFrom: Date;
  status: 'Active' | 'Inactive';
  lastUsed?: { readonly at: Date; readonly serviceName: string; readonly region: string };
}

export type CredentialRecord = TemporaryRecord | AccessKeyRecord;

/** How many sets are issued between two looks for ended ones. */
const PRUNE_EVERY = 1000;
const KEPT_AFTER_END_MS = 86_400_000;

/** Every set of credentials that exists. Temporary ones are forgotten a day after their end, so that a long run does not grow. */
export class CredentialStore {
  readonly #records = new Map<string, CredentialRecord>();
  readonly #random: RandomBytes;
  readonly #now: () => Date;
  #issued = 0;

  constructor(random: RandomBytes, now: () => Date) {
    this.#random = random;
    this.#now = now;
  }

  find(accessKeyId: string): CredentialRecord | undefined {
    return this.#records.get(accessKeyId);
  }

  issue(principal: Principal, expiresAt: Date): TemporaryRecord {
    const record: TemporaryRecord = {
      kind: 'temporary',
      accessKeyId: newAccessKeyId(this.#random, 'ASIA'),
      secretAccessKey: newSecretAccessKey(this.#random),
      sessionToken: newSessionToken(this.#random),
      principal,
      expiresAt,
    };
    this.#records.set(record.accessKeyId, record);
    this.#issued += 1;
    if (this.#issued % PRUNE_EVERY === 0) {
      this.#prune();
    }
    return record;
  }

  /** Puts in a key that exists from the start. */
  addAccessKey(record: AccessKeyRecord): void {
    this.#records.set(record.accessKeyId, record);
  }

  createAccessKey(user: UserState, createdAt: Date, usableFrom: Date): AccessKeyRecord {
    const record: AccessKeyRecord = {
      kind: 'long-term',
      accessKeyId: newAccessKeyId(this.#random, 'AKIA'),
      secretAccessKey: newSecretAccessKey(this.#random),
      user,
      createdAt,
      usableFrom,
      status: 'Active',
    };
    this.#records.set(record.accessKeyId, record);
    return record;
  }

  deleteAccessKey(accessKeyId: string): void {
    this.#records.delete(accessKeyId);
  }

  /** A user's keys, oldest first. */
  accessKeysOf(userArn: string): readonly AccessKeyRecord[] {
    return [...this.#records.values()].filter(
      (record): record is AccessKeyRecord => record.kind === 'long-term' && record.user.arn === userArn,
    );
  }

  /** Ends all temporary credentials now. */
  expireTemporary(now: Date): void {
    for (const record of this.#records.values()) {
      if (record.kind === 'temporary' && record.expiresAt > now) {
        record.expiresAt = now;
      }
    }
  }

  #prune(): void {
    const limitMs = this.#now().getTime() - KEPT_AFTER_END_MS;
    for (const [accessKeyId, record] of this.#records) {
      if (record.kind === 'temporary' && record.expiresAt.getTime() < limitMs) {
        this.#records.delete(accessKeyId);
      }
    }
  }
}
