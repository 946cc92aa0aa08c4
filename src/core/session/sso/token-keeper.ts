import type { SsoAccess } from '../../../shared/app-state.ts';
import type { AwsNetwork } from '../../aws/client-config.ts';
import { INTERACTIVE_RETRIES, withRetries } from '../../aws/retry.ts';
import { createToken, type CreateTokenOutcome } from '../../aws/sso-oidc.ts';
import { withFileLock } from '../../files/file-lock.ts';
import { sleep, type Clock } from '../../model/clock.ts';
import { CancelledError } from '../../model/errors.ts';
import type { Random } from '../../model/random.ts';
import { SignInNeededError } from '../errors.ts';
import { SingleFlight } from '../resolve/single-flight.ts';
import { toStoredToken } from './issued-token.ts';
import type { SignInWatch } from './sign-in-watch.ts';
import type { SsoSession } from './sso-session.ts';
import { isRenewable, type RenewableToken, type SsoTokenStore, type StoredToken } from './token-store.ts';

/** What keeping tokens needs. */
export interface TokenKeeperPorts {
  readonly network: AwsNetwork;
  readonly clock: Clock;
  readonly random: Random;
  /** Folder of the locks shared by all processes of this user. */
  readonly lockDir: string;
  storeFor(session: SsoSession): Promise<SsoTokenStore>;
  readonly signIns: SignInWatch;
}

interface Refusal {
  readonly accessToken: string;
  readonly reason: 'cannot-renew' | 'ended-by-aws';
}

/** A token that AWS no longer takes and nobody could renew, with the moment that showed. */
interface EndedToken {
  readonly accessToken: string;
  readonly endedAt: Date;
}

/** Tokens with less time left are renewed before use. */
const EARLY_MS = 5 * 60 * 1000;
/** How often a token that somebody else may put in its place is looked for. */
const LOOK_MS = 100;
/** Longer than a renewal with all its retries takes; a holder that hangs beyond is given up. */
const LOCK_TIMEOUT_MS = 60_000;

/**
 * The one way to a token of an Identity Center: reads it, renews it, puts a new one in its place.
 *
 * Refresh tokens may be good for one use only, and `aws`, SDKs and other processes of ours renew the same token: so a renewal holds a
 * lock across processes, reads the token again first, and once more before it believes a refusal.
 */
export class TokenKeeper {
  readonly #ports: TokenKeeperPorts;
  readonly #flights = new SingleFlight<StoredToken>();
  /** Access tokens, by session, whose renewal AWS has refused for good: it is not asked for again. */
  readonly #refused = new Map<string, Refusal>();
  /** By session: such a token is not shown as a sign-in, however long it was to last. */
  readonly #ended = new Map<string, EndedToken>();

  constructor(ports: TokenKeeperPorts) {
    this.#ports = ports;
  }

  /** The kept token, expired or not. */
  async read(session: SsoSession): Promise<StoredToken | undefined> {
    return this.#readFrom(await this.#ports.storeFor(session), session);
  }

  async #readFrom(store: SsoTokenStore, session: SsoSession): Promise<StoredToken | undefined> {
    const token = await store.read(session);
    if (token !== undefined) {
      await this.#ports.signIns.found(session.id, token);
    }
    return token;
  }

  /** Whether another token than `old` is there, with time left, or comes within `waitMs`. */
  async isReplaced(
    session: SsoSession,
    old: StoredToken | undefined,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
      const token = await this.read(session);
      const isOther = token !== undefined && token.accessToken.reveal() !== old?.accessToken.reveal();
      const isGood = isOther && this.#leftMs(token) > 0;
      if (isGood || waitedMs >= waitMs) {
        return isGood;
      }
      await sleep(this.#ports.clock, LOOK_MS, signal);
    }
  }

  /** Whether and how long the portal lets us in; no request is made. Times by AWS's clock. */
  async access(session: SsoSession): Promise<SsoAccess> {
    const token = await this.read(session);
    if (token === undefined) {
      return { kind: 'signed-out' };
    }
    const ended = this.#ended.get(session.id);
    if (ended?.accessToken === token.accessToken.reveal()) {
      return { kind: 'expired', expiredAt: this.#byAwsClock(ended.endedAt) };
    }
    const now = this.#ports.clock.now();
    const renewsByItself = isRenewable(token, now) && this.#refusalOf(session, token) === undefined;
    if (token.expiresAt <= now && !renewsByItself) {
      return { kind: 'expired', expiredAt: this.#byAwsClock(token.expiresAt) };
    }
    const registrationExpiresAt = token.registrationExpiresAt?.toISOString();
    return {
      kind: 'signed-in',
      tokenExpiresAt: this.#byAwsClock(token.expiresAt),
      renewsByItself,
      registrationExpiresAt,
    };
  }

  /**
   * A token with time left, renewed when it is short; one that still holds is given even where renewing fails. Throws
   * SignInNeededError, or what kept AWS from answering when the token is over.
   */
  async fresh(session: SsoSession, signal: AbortSignal): Promise<StoredToken> {
    const token = await this.read(session);
    if (token === undefined) {
      throw new SignInNeededError(session.id, 'signed-out');
    }
    if (this.#leftMs(token) > EARLY_MS) {
      return token;
    }
    try {
      return await this.#renewUnless(session, 'fresh', (kept) => this.#leftMs(kept) > EARLY_MS, signal);
    } catch (error) {
      if (signal.aborted || this.#leftMs(token) <= 0) {
        throw error;
      }
      return token;
    }
  }

  /** Renews even a token that holds for long, unless another process just did. Throws SignInNeededError. */
  async renew(session: SsoSession, signal: AbortSignal): Promise<StoredToken> {
    return this.#other(session, await this.read(session), signal);
  }

  /** A token other than `old`, which AWS no longer takes. Throws SignInNeededError. */
  async replace(session: SsoSession, old: StoredToken, signal: AbortSignal): Promise<StoredToken> {
    try {
      return await this.#other(session, old, signal);
    } catch (error) {
      if (error instanceof SignInNeededError) {
        this.#noteEnded(session, old.accessToken.reveal());
      }
      throw error;
    }
  }

  /** AWS did not take a token that was got in another's place: neither would it take the next, so none is asked for until a sign-in. */
  giveUp(session: SsoSession, refused: StoredToken): void {
    const accessToken = refused.accessToken.reveal();
    this.#refused.set(session.id, { accessToken, reason: 'ended-by-aws' });
    this.#noteEnded(session, accessToken);
  }

  /** The first time counts: a program that asks again and again must not move it. */
  #noteEnded(session: SsoSession, accessToken: string): void {
    if (this.#ended.get(session.id)?.accessToken !== accessToken) {
      this.#ended.set(session.id, { accessToken, endedAt: this.#ports.clock.now() });
    }
  }

  #other(session: SsoSession, old: StoredToken | undefined, signal: AbortSignal): Promise<StoredToken> {
    const oldText = old?.accessToken.reveal();
    const isNew = (kept: StoredToken): boolean => kept.accessToken.reveal() !== oldText && this.#leftMs(kept) > 0;
    return this.#renewUnless(session, 'replace', isNew, signal);
  }

  /**
   * Puts the token of a finished sign-in in its place. One that the user called off meanwhile (CancelledError as the signal's reason) is
   * dropped, and that thrown; where only the program ends it is kept, since what it was got for is spent.
   */
  put(session: SsoSession, token: StoredToken, signal: AbortSignal): Promise<void> {
    return this.#locked(session, undefined, async () => {
      if (signal.reason instanceof CancelledError) {
        throw signal.reason;
      }
      await (await this.#ports.storeFor(session)).write(session, token);
      this.#refused.delete(session.id);
      await this.#ports.signIns.signedIn(session.id, token);
    });
  }

  /** Takes the token away, and gives what it was. */
  take(session: SsoSession): Promise<StoredToken | undefined> {
    return this.#locked(session, undefined, async () => {
      const store = await this.#ports.storeFor(session);
      const token = await store.read(session);
      await store.remove(session);
      this.#refused.delete(session.id);
      await this.#ports.signIns.signedOut(session.id);
      return token;
    });
  }

  #renewUnless(
    session: SsoSession,
    purpose: string,
    isGood: (token: StoredToken) => boolean,
    signal: AbortSignal,
  ): Promise<StoredToken> {
    return this.#flights.run(`${purpose} ${session.id}`, signal, (flight) =>
      this.#locked(session, flight, (locked) => this.#renewLocked(session, isGood, locked)),
    );
  }

  async #renewLocked(
    session: SsoSession,
    isGood: (token: StoredToken) => boolean,
    signal: AbortSignal,
  ): Promise<StoredToken> {
    const store = await this.#ports.storeFor(session);
    const token = await this.#readFrom(store, session);
    if (token === undefined) {
      throw new SignInNeededError(session.id, 'signed-out');
    }
    if (isGood(token)) {
      return token;
    }
    if (!isRenewable(token, this.#ports.clock.now())) {
      throw new SignInNeededError(session.id, this.#leftMs(token) <= 0 ? 'expired' : 'cannot-renew');
    }
    const refusal = this.#refusalOf(session, token);
    if (refusal !== undefined) {
      throw new SignInNeededError(session.id, refusal.reason);
    }
    const outcome = await this.#requestRenewal(session, token, signal);
    if (outcome.kind === 'token') {
      const renewed = toStoredToken(outcome.token, token, this.#ports.clock);
      const kept = { ...renewed, refreshToken: renewed.refreshToken ?? token.refreshToken };
      await this.#ports.signIns.renewed(session.id, token, kept, () => store.write(session, kept));
      return kept;
    }
    return this.#lastLook(session, store, token, outcome.kind);
  }

  /**
   * Called off only while nothing is under way: once AWS has the request, the old refresh token may be spent, and the new one is in the
   * answer alone.
   */
  async #requestRenewal(session: SsoSession, token: RenewableToken, signal: AbortSignal): Promise<CreateTokenOutcome> {
    signal.throwIfAborted();
    const request = { network: this.#ports.network, region: session.region };
    const grant = { kind: 'refresh-token', refreshToken: token.refreshToken } as const;
    return withRetries(this.#ports, INTERACTIVE_RETRIES, signal, () => createToken(request, token, grant));
  }

  /** AWS refused. A program that takes no lock, such as `aws`, may have renewed meanwhile: then its token is ours too. */
  async #lastLook(
    session: SsoSession,
    store: SsoTokenStore,
    refused: StoredToken,
    kind: Exclude<CreateTokenOutcome['kind'], 'token'>,
  ): Promise<StoredToken> {
    const again = await this.#readFrom(store, session);
    const refusedText = refused.accessToken.reveal();
    if (again !== undefined && again.accessToken.reveal() !== refusedText && this.#leftMs(again) > 0) {
      return again;
    }
    const reason = kind === 'client-expired' ? 'cannot-renew' : 'ended-by-aws';
    this.#refused.set(session.id, { accessToken: refusedText, reason });
    throw new SignInNeededError(session.id, reason);
  }

  #locked<T>(
    session: SsoSession,
    signal: AbortSignal | undefined,
    action: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { lockDir, clock } = this.#ports;
    const options = { clock, timeoutMs: LOCK_TIMEOUT_MS, ...(signal === undefined ? {} : { signal }) };
    return withFileLock(lockDir, `sso-token ${session.cacheKey}`, action, options);
  }

  #refusalOf(session: SsoSession, token: StoredToken): Refusal | undefined {
    const refusal = this.#refused.get(session.id);
    return refusal?.accessToken === token.accessToken.reveal() ? refusal : undefined;
  }

  #leftMs(token: StoredToken): number {
    return token.expiresAt.getTime() - this.#ports.clock.now().getTime();
  }

  #byAwsClock(date: Date): string {
    return new Date(date.getTime() + this.#ports.network.serverClock.skewMs).toISOString();
  }
}
