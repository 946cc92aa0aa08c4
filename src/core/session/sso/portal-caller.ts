import { SsoTokenExpiredError, ThrottledError } from '../../aws/aws-errors.ts';
import type { AwsNetwork, AwsRequest } from '../../aws/client-config.ts';
import { askedDelayMs, isPassing, retryDelayMs, type RetryPolicy } from '../../aws/retry.ts';
import { sleep, type Clock } from '../../model/clock.ts';
import type { Random } from '../../model/random.ts';
import type { Secret } from '../../model/secret.ts';
import { SignInNeededError } from '../errors.ts';
import type { Priority, RateLimiter } from './rate-limiter.ts';
import type { SsoSession } from './sso-session.ts';
import type { TokenKeeper } from './token-keeper.ts';
import type { StoredToken } from './token-store.ts';

/** What asking a portal takes. */
export interface PortalPorts {
  readonly network: AwsNetwork;
  readonly clock: Clock;
  readonly random: Random;
  readonly keeper: Pick<TokenKeeper, 'fresh' | 'replace' | 'giveUp'>;
  /** The portal's own, shared by all who ask it. */
  readonly limiter: RateLimiter;
}

/** How patiently a portal is asked. */
export interface PortalManners {
  readonly priority: Priority;
  readonly policy: RetryPolicy;
}

/** One request to a portal. */
export type PortalCall<T> = (request: AwsRequest, accessToken: Secret) => Promise<T>;

/** A portal that has answered nothing but errors for so long is left alone. */
const OUTAGE_MS = 60_000;

/**
 * Asks one portal: within its rate, again where that helps, and with a new token where AWS no longer takes the old one. Requests
 * side by side that are refused for the same token ask for a new one once.
 */
export class PortalCaller {
  readonly #ports: PortalPorts;
  readonly #session: SsoSession;
  readonly #manners: PortalManners;
  readonly #signal: AbortSignal;
  #token: StoredToken | undefined;
  #failingSinceMs: number | undefined;

  constructor(ports: PortalPorts, session: SsoSession, manners: PortalManners, signal: AbortSignal) {
    this.#ports = ports;
    this.#session = session;
    this.#manners = manners;
    this.#signal = signal;
  }

  /** Whether nothing but errors came for a minute. */
  get isOutage(): boolean {
    return this.#failingSinceMs !== undefined && this.#nowMs() - this.#failingSinceMs >= OUTAGE_MS;
  }

  /** Waits until a request may go. */
  permit(): Promise<void> {
    return this.#ports.limiter.acquire(this.#manners.priority, this.#signal);
  }

  /**
   * Sends a request, the first time on a permit already got where `hasPermit`. Throws SignInNeededError where no token helps, else the
   * last error of the call.
   */
  async ask<T>(call: PortalCall<T>, hasPermit = false): Promise<T> {
    let isReplaced = false;
    for (let tries = 1, permitted = hasPermit; ; permitted = false) {
      const token = await this.#currentToken();
      if (!permitted) {
        await this.permit();
      }
      const answer = await this.#send(call, token);
      if ('value' in answer) {
        return answer.value;
      }
      if (answer.error instanceof SsoTokenExpiredError) {
        await this.#replaceToken(token, isReplaced, answer.error);
        isReplaced = true;
      } else {
        await this.#pause(answer.error, tries);
        tries += 1;
      }
    }
  }

  async #send<T>(
    call: PortalCall<T>,
    token: StoredToken,
  ): Promise<{ readonly value: T } | { readonly error: unknown }> {
    const { network, limiter } = this.#ports;
    try {
      const value = await call({ network, region: this.#session.region, signal: this.#signal }, token.accessToken);
      this.#failingSinceMs = undefined;
      return { value };
    } catch (error) {
      if (error instanceof ThrottledError) {
        limiter.throttled(askedDelayMs(error));
      } else if (isPassing(error)) {
        this.#failingSinceMs ??= this.#nowMs();
      }
      return { error };
    }
  }

  /** Waits before the next try, or throws where there is none. */
  async #pause(error: unknown, tries: number): Promise<void> {
    const { clock, random } = this.#ports;
    const { policy } = this.#manners;
    if (!isPassing(error) || tries >= policy.maxTries || this.isOutage) {
      throw error;
    }
    await sleep(clock, retryDelayMs(error, tries, policy, random), this.#signal);
  }

  async #currentToken(): Promise<StoredToken> {
    this.#token ??= await this.#ports.keeper.fresh(this.#session, this.#signal);
    return this.#token;
  }

  async #replaceToken(refused: StoredToken, isAgain: boolean, error: SsoTokenExpiredError): Promise<void> {
    if (isAgain) {
      this.#ports.keeper.giveUp(this.#session, refused);
      throw new SignInNeededError(this.#session.id, 'ended-by-aws', error);
    }
    if (this.#token === refused) {
      this.#token = await this.#ports.keeper.replace(this.#session, refused, this.#signal);
    }
  }

  #nowMs(): number {
    return this.#ports.clock.now().getTime();
  }
}
