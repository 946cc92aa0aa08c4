import type { Clock } from '../model/clock.ts';

/** The limits of one outbound call. */
export interface CallLimits {
  readonly connectMs: number;
  readonly totalMs: number;
  /** After decompression. */
  readonly bodyBytes: number;
}

/** What every call is held to unless it asks for less. */
export const DEFAULT_LIMITS: CallLimits = { connectMs: 5_000, totalMs: 20_000, bodyBytes: 5 * 1024 * 1024 };

/** A call's time limits: `signal` aborts with the reason when one passes or the caller cancels. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Ends the connect limit. */
  connected(): void;
  /** Frees timers and listeners. */
  end(): void;
}

/** Starts the clock on a call. `onLate` gives the reason to abort with. */
export function startDeadline(
  clock: Clock,
  limits: CallLimits,
  caller: AbortSignal | undefined,
  onLate: (phase: 'connect' | 'total') => Error,
): Deadline {
  const controller = new AbortController();
  const onCancel = (): void => controller.abort(caller?.reason);
  const stopConnect = clock.setTimer(limits.connectMs, () => controller.abort(onLate('connect')));
  const stopTotal = clock.setTimer(limits.totalMs, () => controller.abort(onLate('total')));
  caller?.addEventListener('abort', onCancel, { once: true });
  if (caller?.aborted === true) {
    onCancel();
  }
  return {
    signal: controller.signal,
    connected: stopConnect,
    end() {
      stopConnect();
      stopTotal();
      caller?.removeEventListener('abort', onCancel);
    },
  };
}
