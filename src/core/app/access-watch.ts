import { errorTrace } from '../model/error-trace.ts';
import { CoreError } from '../model/errors.ts';
import type { Notice, SsoAccess, SsoSessionState } from '../../shared/app-state.ts';
import type { Connectivity } from './connectivity.ts';
import type { SsoSessions } from './services.ts';
import type { StateStore } from './state-store.ts';

/** All notices that a sign-in ended begin so. */
export const SIGNED_OUT_PREFIX = 'signed-out:';

/** What the watch over sign-ins works with. */
export interface AccessWatchParts {
  readonly store: StateStore;
  readonly ssoSessions: Pick<SsoSessions, 'access' | 'renew'>;
  readonly connectivity: Connectivity;
  /** AWS's time. */
  readonly awsNow: () => Date;
  readonly signal: AbortSignal;
  /** One line for the log. */
  readonly log: (line: string) => void;
  /** Tells what happened to a sign-in without the user's doing here. */
  readonly notify: (notice: Notice) => void;
  /** A token appeared that was not there before, from wherever. */
  readonly onSignedIn: (ssoSession: string) => void;
  /** A token that was there is gone, whoever took it away. */
  readonly onSignedOut: (ssoSession: string) => void;
}

/** What is known of one token's renewal. */
interface Renewal {
  /** The token this is about. */
  readonly tokenExpiresAt: string;
  /** Renewed when this little is left. */
  readonly thresholdMs: number;
  ticksToWait: number;
  failures: number;
  running: boolean;
}

/** How often `tick` is to be called. */
export const TICK_MS = 5_000;
/** The AWS CLI and the SDKs renew below 15 minutes: with more than that left, they never have to. */
const RENEW_LEFT_MS = 16 * 60_000;
const MAX_WAIT_MS = 60_000;

/**
 * Keeps the state's knowledge of sign-ins true and renews tokens before they end.
 *
 * It counts its own ticks to wait after a failure, so that no jump of the clock can make it ask AWS more often than every five
 * seconds, nor stop it for hours.
 */
export class AccessWatch {
  readonly #parts: AccessWatchParts;
  readonly #renewals = new Map<string, Renewal>();
  /** Signed out here, on the user's word: no notice. */
  readonly #leaving = new Set<string>();
  /** Looks are numbered as they begin; of each Identity Center the latest that was shown. */
  #looks = 0;
  readonly #shownLook = new Map<string, number>();

  constructor(parts: AccessWatchParts) {
    this.#parts = parts;
  }

  /** Looks at the token of one Identity Center, or of all, again. Never throws: a token that cannot be read counts as it did. */
  async refresh(only?: string): Promise<void> {
    const ids = this.#parts.store.get().ssoSessions.map(({ id }) => id);
    await Promise.all(ids.filter((id) => only === undefined || id === only).map((id) => this.#refreshOne(id)));
  }

  /** To be called every TICK_MS, and at once after the machine woke up: renews what is due, looks again at what has ended. */
  async tick(): Promise<void> {
    const { ssoSessions } = this.#parts.store.get();
    const due = ssoSessions.filter((session) => this.#isDue(session));
    const ended = ssoSessions.filter((session) => !due.includes(session) && this.#hasEnded(session));
    await Promise.all([...due.map(({ id }) => this.#renew(id)), ...ended.map(({ id }) => this.#refreshOne(id))]);
  }

  /** After a failure the next try waits; with the network back it need not. */
  retryNow(): void {
    for (const renewal of this.#renewals.values()) {
      renewal.ticksToWait = 0;
    }
  }

  /** The user signs out here: what follows is no news. */
  async leaving<Value>(ssoSession: string, signOut: () => Promise<Value>): Promise<Value> {
    this.#leaving.add(ssoSession);
    try {
      const value = await signOut();
      await this.refresh(ssoSession);
      return value;
    } finally {
      this.#leaving.delete(ssoSession);
    }
  }

  async #refreshOne(ssoSession: string): Promise<void> {
    this.#looks += 1;
    const look = this.#looks;
    const access = await this.#parts.ssoSessions.access(ssoSession).catch((error: unknown) => {
      if (!(error instanceof CoreError)) {
        this.#parts.log(`the sign-in to ${ssoSession} could not be looked at: ${errorTrace(error)}`);
      }
      return undefined;
    });
    // One that began earlier and ends later would show what is over.
    if (access === undefined || look < (this.#shownLook.get(ssoSession) ?? 0)) {
      return;
    }
    this.#shownLook.set(ssoSession, look);
    const session = this.#parts.store.get().ssoSessions.find(({ id }) => id === ssoSession);
    if (session === undefined || JSON.stringify(session.access) === JSON.stringify(access)) {
      return;
    }
    this.#parts.store.update(({ ssoSessions }) => ({
      ssoSessions: ssoSessions.map((other) => (other.id === ssoSession ? { ...other, access } : other)),
    }));
    this.#tell(session, access);
  }

  #tell(before: SsoSessionState, access: SsoAccess): void {
    if (access.kind === 'signed-in' && before.access.kind !== 'signed-in') {
      this.#parts.onSignedIn(before.id);
    }
    if (access.kind === 'signed-out') {
      this.#parts.onSignedOut(before.id);
    }
    if (access.kind === 'signed-out' && before.access.kind === 'signed-in' && !this.#leaving.has(before.id)) {
      this.#parts.notify({
        id: `${SIGNED_OUT_PREFIX}${before.id}`,
        code: 'signed-out-elsewhere',
        severity: 'warning',
        message: `You were signed out of ${before.name} outside Rolecall.`,
        hint: 'Another program removed the sign-in, such as aws sso logout. Sign in again when you need it.',
        action: { kind: 'sign-in', ssoSession: before.id },
      });
    }
  }

  #hasEnded({ access }: SsoSessionState): boolean {
    return access.kind === 'signed-in' && Date.parse(access.tokenExpiresAt) <= this.#parts.awsNow().getTime();
  }

  #isDue({ id, access, signIn }: SsoSessionState): boolean {
    const { store, connectivity, awsNow } = this.#parts;
    const renewable = access.kind === 'signed-in' && access.renewsByItself && signIn === undefined;
    if (!renewable || !store.get().settings.renewInBackground) {
      return false;
    }
    const leftMs = Date.parse(access.tokenExpiresAt) - awsNow().getTime();
    const renewal = this.#renewalOf(id, access.tokenExpiresAt, leftMs);
    renewal.ticksToWait -= 1;
    const mayTry = !renewal.running && renewal.ticksToWait < 0 && (connectivity.online || renewal.failures > 0);
    return mayTry && leftMs < renewal.thresholdMs;
  }

  #renewalOf(ssoSession: string, tokenExpiresAt: string, leftMs: number): Renewal {
    const known = this.#renewals.get(ssoSession);
    if (known?.tokenExpiresAt === tokenExpiresAt) {
      return known;
    }
    // A token that never has sixteen minutes left would be renewed for ever: half of its life must do.
    const thresholdMs = Math.min(RENEW_LEFT_MS, leftMs / 2);
    const renewal: Renewal = {
      tokenExpiresAt,
      thresholdMs: leftMs <= 0 ? RENEW_LEFT_MS : thresholdMs,
      ticksToWait: 0,
      failures: 0,
      running: false,
    };
    this.#renewals.set(ssoSession, renewal);
    return renewal;
  }

  async #renew(ssoSession: string): Promise<void> {
    const renewal = this.#renewals.get(ssoSession);
    if (renewal === undefined) {
      return;
    }
    renewal.running = true;
    try {
      await this.#parts.connectivity.watch(this.#parts.ssoSessions.renew(ssoSession, this.#parts.signal));
    } catch {
      renewal.failures += 1;
      renewal.ticksToWait = Math.min(2 ** renewal.failures, MAX_WAIT_MS / TICK_MS) - 1;
    } finally {
      renewal.running = false;
    }
    await this.refresh(ssoSession);
  }
}
