import { uptime } from 'node:os';
import type { Clock } from '../model/clock.ts';

/** AWS's clock as seen from here. */
export interface AwsClock {
  /** The present by AWS's clock. */
  now(): Date;
  /** What to add to this machine's clock to get AWS's. */
  readonly skewMs: number;
}

interface Anchor {
  readonly awsMs: number;
  readonly sinceBootMs: number;
}

/** A `Date` header counts whole seconds: on average the true time is this much later. */
const HALF_SECOND_MS = 500;
/** Smaller differences are the header's coarseness and the way of the reply, not a wrong clock; so the skew does not flicker. */
const NEGLIGIBLE_MS = 2_000;
const EARLIEST_MS = Date.UTC(2020, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);

/**
 * Follows AWS's clock by the `Date` headers of its replies, so that a wrong clock here neither serves dead credentials nor
 * throws good ones away.
 *
 * Between replies the present is the later of two readings: this machine's clock plus the known difference, which jumps when the
 * user sets the time, and the time since the last reply by a clock nobody can set. That is the time since the machine was started:
 * unlike Node's other clocks it counts sleep too.
 */
export class ServerClock implements AwsClock {
  readonly #clock: Clock;
  readonly #sinceBootMs: () => number;
  #skewMs = 0;
  #anchor: Anchor | undefined;

  constructor(clock: Clock, sinceBootMs: () => number = () => uptime() * 1000) {
    this.#clock = clock;
    this.#sinceBootMs = sinceBootMs;
  }

  /** Notes a reply's `Date`, received at `receivedAt` by this machine's clock. Absurd dates are ignored. */
  observe(serverDate: Date, receivedAt: Date): void {
    const awsMs = serverDate.getTime() + HALF_SECOND_MS;
    if (!(awsMs > EARLIEST_MS && awsMs < LATEST_MS)) {
      return;
    }
    const difference = awsMs - receivedAt.getTime();
    this.#skewMs = [0, this.#skewMs].find((skewMs) => Math.abs(difference - skewMs) < NEGLIGIBLE_MS) ?? difference;
    this.#anchor = { awsMs: receivedAt.getTime() + this.#skewMs, sinceBootMs: this.#sinceBootMs() };
  }

  now(): Date {
    return new Date(this.#awsMsAt(this.#clock.now().getTime()));
  }

  /** From one look at this machine's clock: between two it moves on, and the difference would not be the same twice. */
  get skewMs(): number {
    const wallMs = this.#clock.now().getTime();
    return this.#awsMsAt(wallMs) - wallMs;
  }

  #awsMsAt(wallMs: number): number {
    const byWall = wallMs + this.#skewMs;
    const byUptime = this.#anchor === undefined ? byWall : this.#sinceAnchor(this.#anchor);
    return byUptime - byWall < NEGLIGIBLE_MS ? byWall : byUptime;
  }

  #sinceAnchor(anchor: Anchor): number {
    return anchor.awsMs + this.#sinceBootMs() - anchor.sinceBootMs;
  }
}
