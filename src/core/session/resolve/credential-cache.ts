import type { RoleTarget } from '../../../shared/role-target.ts';
import { targetKey } from '../../../shared/role-target.ts';
import { CoreError } from '../../model/errors.ts';
import { isTemporary, type SigningCredentials, type TemporaryCredentials } from '../../model/credentials.ts';
import type { Callers, WaitingCaller } from '../callers.ts';
import { SingleFlight } from './single-flight.ts';

/** What is handed out has more than this left, where AWS allows: below it, SDKs ask again on every call. */
export const WANTED_LEFT_MS = 15 * 60_000;
/** With less left, credentials are not handed out even when fresh ones cannot be had. */
const MIN_LEFT_MS = 60_000;
/** After a failed refresh, what is still good is handed out this long before the next try. */
const RETRY_AFTER_MS = 60_000;
/** The same failure answers again for this long, so that a caller in a loop does not become a flood of requests. */
const FAILURE_HOLDS_MS = 1_000;
const REPEATABLE_FAILURES = new Set([
  'offline',
  'aws-unavailable',
  'throttled',
  'aws-refused',
  'no-access',
  'clock-wrong',
  'profile-broken',
]);

/** What is being asked for. `identity` covers every input that could change the outcome. */
export interface CacheKey {
  readonly identity: string;
  /** For whom; undefined for a step on the way. */
  readonly target: RoleTarget | undefined;
  /** The Identity Center it comes from, if any. */
  readonly ssoSession: string | undefined;
}

interface Entry {
  readonly credentials: TemporaryCredentials;
  readonly fetchedAtMs: number;
  readonly ssoSession: string | undefined;
  readonly targets: Map<string, RoleTarget>;
  refreshFailedAtMs: number | undefined;
}

interface KnownFailure {
  readonly error: CoreError;
  readonly atMs: number;
}

/**
 * Temporary credentials in memory: fetched once for all who ask at the same time, fetched again before they get short, handed out
 * while they last when that fails.
 */
export class CredentialCache {
  readonly #awsNow: () => Date;
  readonly #onChange: () => void;
  readonly #log: (line: string) => void;
  readonly #entries = new Map<string, Entry>();
  readonly #failures = new Map<string, KnownFailure>();
  readonly #flights = new SingleFlight<SigningCredentials>();
  #epoch = 0;

  /** `awsNow` is AWS's time; `onChange` is called when what is held has changed. */
  constructor(ports: {
    readonly awsNow: () => Date;
    readonly onChange: () => void;
    readonly log: (line: string) => void;
  }) {
    this.#awsNow = ports.awsNow;
    this.#onChange = ports.onChange;
    this.#log = ports.log;
  }

  /** Hands out what is held or fetches; `fresh` fetches whatever is held. A long-term key passes through and is not kept. Throws what `fetch` throws, or the signal's reason. */
  async get(
    key: CacheKey,
    options: { readonly signal: AbortSignal; readonly fresh: boolean; readonly caller?: WaitingCaller },
    fetch: (signal: AbortSignal, callers: Callers) => Promise<SigningCredentials>,
  ): Promise<SigningCredentials> {
    options.signal.throwIfAborted();
    const entry = this.#entries.get(key.identity);
    if (entry !== undefined && !options.fresh && this.#isGoodEnough(entry)) {
      this.#noteTarget(entry, key.target);
      return entry.credentials;
    }
    if (!options.fresh) {
      this.#repeatFailure(key.identity);
    }
    try {
      // What is under way when something is given up is of before: who asks after it does not join.
      const flight = `${this.#epoch} ${key.identity}`;
      const credentials = await this.#flights.run(
        flight,
        options.signal,
        (signal, callers) => this.#fetch(key, () => fetch(signal, callers)),
        options.caller,
      );
      this.#noteTarget(this.#entries.get(key.identity), key.target);
      return credentials;
    } catch (error) {
      if (entry === undefined || options.fresh || options.signal.aborted || this.#leftMs(entry) <= MIN_LEFT_MS) {
        throw error;
      }
      entry.refreshFailedAtMs = this.#nowMs();
      this.#log(`Credentials could not be renewed yet (${nameOf(error)}); those at hand are used while they last.`);
      return entry.credentials;
    }
  }

  /** Everything held for a target that has not ended. */
  held(): readonly { readonly target: RoleTarget; readonly expiresAt: Date }[] {
    return [...this.#entries.values()]
      .filter((entry) => this.#leftMs(entry) > 0)
      .flatMap(({ targets, credentials }) =>
        [...targets.values()].map((target) => ({ target, expiresAt: credentials.expiresAt })),
      );
  }

  /** The Identity Centers that something held comes from. */
  heldSsoSessions(): readonly string[] {
    return [...new Set(Array.from(this.#entries.values(), ({ ssoSession }) => ssoSession))].filter(
      (ssoSession) => ssoSession !== undefined,
    );
  }

  /** Drops what is held for a target; what is under way is handed to those who wait, and not kept. */
  forget(target: RoleTarget): void {
    this.#drop((entry) => entry.targets.has(targetKey(target)));
  }

  /** Drops all that came from an Identity Center. */
  forgetSsoSession(ssoSession: string): void {
    this.#drop((entry) => entry.ssoSession === ssoSession);
  }

  async #fetch(key: CacheKey, fetch: () => Promise<SigningCredentials>): Promise<SigningCredentials> {
    const epoch = this.#epoch;
    try {
      const credentials = await fetch();
      if (epoch === this.#epoch && isTemporary(credentials)) {
        this.#keep(key, credentials);
      }
      return credentials;
    } catch (error) {
      if (error instanceof CoreError && REPEATABLE_FAILURES.has(error.code)) {
        this.#failures.set(key.identity, { error, atMs: this.#nowMs() });
      }
      throw error;
    }
  }

  #keep(key: CacheKey, credentials: TemporaryCredentials): void {
    this.#prune();
    const targets = new Map(this.#entries.get(key.identity)?.targets);
    const entry: Entry = {
      credentials,
      fetchedAtMs: this.#nowMs(),
      ssoSession: key.ssoSession,
      targets,
      refreshFailedAtMs: undefined,
    };
    this.#entries.set(key.identity, entry);
    this.#failures.delete(key.identity);
    if (key.target !== undefined) {
      targets.set(targetKey(key.target), key.target);
    }
    this.#onChange();
  }

  #noteTarget(entry: Entry | undefined, target: RoleTarget | undefined): void {
    if (entry !== undefined && target !== undefined && !entry.targets.has(targetKey(target))) {
      entry.targets.set(targetKey(target), target);
      this.#onChange();
    }
  }

  #isGoodEnough(entry: Entry): boolean {
    const lifetimeMs = entry.credentials.expiresAt.getTime() - entry.fetchedAtMs;
    // Some never have 15 minutes left; half of what they had must do.
    const wantedMs = Math.max(Math.min(WANTED_LEFT_MS, lifetimeMs / 2), 0);
    const leftMs = this.#leftMs(entry);
    const sinceFailureMs = this.#nowMs() - (entry.refreshFailedAtMs ?? Number.NEGATIVE_INFINITY);
    const triedJustNow = sinceFailureMs >= 0 && sinceFailureMs < RETRY_AFTER_MS;
    return leftMs > wantedMs || (triedJustNow && leftMs > MIN_LEFT_MS);
  }

  #repeatFailure(identity: string): void {
    const failure = this.#failures.get(identity);
    if (failure === undefined) {
      return;
    }
    const ageMs = this.#nowMs() - failure.atMs;
    if (ageMs >= 0 && ageMs < FAILURE_HOLDS_MS) {
      throw failure.error;
    }
    this.#failures.delete(identity);
  }

  #drop(matches: (entry: Entry) => boolean): void {
    this.#epoch += 1;
    for (const [identity, entry] of this.#entries) {
      if (matches(entry)) {
        this.#entries.delete(identity);
      }
    }
    this.#onChange();
  }

  #prune(): void {
    for (const [identity, entry] of this.#entries) {
      if (this.#leftMs(entry) <= 0) {
        this.#entries.delete(identity);
      }
    }
  }

  #leftMs(entry: Entry): number {
    return entry.credentials.expiresAt.getTime() - this.#nowMs();
  }

  #nowMs(): number {
    return this.#awsNow().getTime();
  }
}

function nameOf(error: unknown): string {
  return error instanceof CoreError ? error.code : 'internal';
}
