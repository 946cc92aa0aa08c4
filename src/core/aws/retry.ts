import { sleep, type Clock } from '../model/clock.ts';
import type { Random } from '../model/random.ts';
import { AwsTimeoutError, AwsUnavailableError, MalformedReplyError, ThrottledError } from './aws-errors.ts';

/** How stubbornly a call is repeated. */
export interface RetryPolicy {
  /** Calls in all, the first included. */
  readonly maxTries: number;
  readonly baseMs: number;
  readonly capMs: number;
}

/** Somebody waits for the answer: give up after a few seconds. */
export const INTERACTIVE_RETRIES: RetryPolicy = { maxTries: 4, baseMs: 200, capMs: 3_000 };
/** Work in the background: better late than never. */
export const PATIENT_RETRIES: RetryPolicy = { maxTries: 8, baseMs: 400, capMs: 20_000 };

/** The longest wait that AWS may ask of us. */
const MAX_RETRY_AFTER_MS = 60_000;

/** What waiting needs. */
export interface RetryPorts {
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Calls until it succeeds, fails for good, or the tries are used up; then throws the last error. Throttling, outages, timeouts
 * and damaged replies are tried again, after full-jitter backoff or what `Retry-After` asks; being offline is not, as that takes
 * the user.
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export async function withRetries<T>(
  ports: RetryPorts,
  policy: RetryPolicy,
  signal: AbortSignal | undefined,
  call: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (tries >= policy.maxTries || !isPassing(error)) {
        throw error;
      }
      await sleep(ports.clock, retryDelayMs(error, tries, policy, ports.random), signal);
    }
  }
}

/** Whether the same call may succeed a moment later. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof ThrottledError ||
    error instanceof AwsUnavailableError ||
    error instanceof AwsTimeoutError ||
    error instanceof MalformedReplyError
  );
}

/** How long to wait after the failure number `tries`. */
export function retryDelayMs(error: unknown, tries: number, policy: RetryPolicy, random: Random): number {
  const jittered = random.fraction() * Math.min(policy.capMs, policy.baseMs * 2 ** (tries - 1));
  return Math.max(jittered, askedDelayMs(error));
}

/** What AWS asked us to wait, capped; 0 where it did not. */
export function askedDelayMs(error: unknown): number {
  const asked =
    error instanceof ThrottledError || error instanceof AwsUnavailableError ? error.retryAfterMs : undefined;
  return Math.min(asked ?? 0, MAX_RETRY_AFTER_MS);
}
