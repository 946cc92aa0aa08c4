/** How much of a life is left, by AWS's clock. Never negative, never NaN: a date that cannot be read is `unknown`. */
export type TimeLeft =
  { readonly kind: 'unknown' } | { readonly kind: 'ended' } | { readonly kind: 'left'; readonly seconds: number };

/** How near the end is. */
export type Urgency = 'unknown' | 'ended' | 'last' | 'soon' | 'calm';

const LAST_SECONDS = 120;
const SOON_SECONDS = 600;

/** The ring is full while this much or more is left: most role credentials live one hour. */
const FULL_RING_SECONDS = 3600;

/** What is left until `expiresAt` (ISO 8601) at `nowMs` (epoch milliseconds by AWS's clock). */
export function timeLeft(expiresAt: string | undefined, nowMs: number): TimeLeft {
  const endMs = expiresAt === undefined ? Number.NaN : Date.parse(expiresAt);
  if (!Number.isFinite(endMs) || !Number.isFinite(nowMs)) {
    return { kind: 'unknown' };
  }
  const seconds = Math.floor((endMs - nowMs) / 1000);
  return seconds > 0 ? { kind: 'left', seconds } : { kind: 'ended' };
}

/** How a countdown should look. */
export function urgency(left: TimeLeft): Urgency {
  if (left.kind !== 'left') {
    return left.kind;
  }
  if (left.seconds <= LAST_SECONDS) {
    return 'last';
  }
  return left.seconds <= SOON_SECONDS ? 'soon' : 'calm';
}

/** How much of the ring is drawn: 1 for an hour or more, 0 at the end. */
export function ringFraction(left: TimeLeft): number {
  return left.kind === 'left' ? Math.min(left.seconds / FULL_RING_SECONDS, 1) : 0;
}

/** How often a countdown must be looked at so that its text is right: each second near the end, else now and then. */
export function tickMs(left: TimeLeft): 1_000 | 10_000 {
  return left.kind === 'left' && left.seconds <= LAST_SECONDS ? 1_000 : 10_000;
}
