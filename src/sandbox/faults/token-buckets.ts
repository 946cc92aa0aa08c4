/** One bucket of permits per key, refilled at `ratePerSecond` up to one second's worth. */
export class TokenBuckets {
  readonly #buckets = new Map<string, { permits: number; atMs: number }>();

  /** Takes a permit; false when none is left. */
  take(key: string, ratePerSecond: number, nowMs: number): boolean {
    const bucket = this.#buckets.get(key) ?? { permits: ratePerSecond, atMs: nowMs };
    const refilled = bucket.permits + (Math.max(0, nowMs - bucket.atMs) / 1000) * ratePerSecond;
    const permits = Math.min(refilled, Math.max(ratePerSecond, 1));
    this.#buckets.set(key, { permits: permits >= 1 ? permits - 1 : permits, atMs: nowMs });
    return permits >= 1;
  }
}
