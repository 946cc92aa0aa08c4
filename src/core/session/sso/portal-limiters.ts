import type { Clock } from '../../model/clock.ts';
import { PORTAL_LIMITS, RateLimiter, type RateLimits } from './rate-limiter.ts';
import type { SsoSession } from './sso-session.ts';

/** One rate limit for each portal, however many sessions lead to it. */
export class PortalLimiters {
  readonly #clock: Clock;
  readonly #limits: RateLimits;
  readonly #limiters = new Map<string, RateLimiter>();

  constructor(clock: Clock, limits: RateLimits = PORTAL_LIMITS) {
    this.#clock = clock;
    this.#limits = limits;
  }

  of(session: Pick<SsoSession, 'startUrl' | 'region'>): RateLimiter {
    const key = `${session.region} ${session.startUrl}`;
    const limiter = this.#limiters.get(key) ?? new RateLimiter(this.#clock, this.#limits);
    this.#limiters.set(key, limiter);
    return limiter;
  }
}
