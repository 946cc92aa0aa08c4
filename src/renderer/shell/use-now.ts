import { useCallback, useSyncExternalStore } from 'react';
import { tickMs, timeLeft, type TimeLeft } from '../model/expiry.ts';
import type { TickMs } from '../state/ticker.ts';
import { useShell } from './shell-context.tsx';
import { useAppState } from './use-app-state.ts';

/** The present by AWS's clock, epoch milliseconds; the view is drawn again every `everyMs`, or by this not at all. */
export function useNow(everyMs: TickMs | undefined): number {
  const { ticker } = useShell();
  const skewMs = useAppState((state) => state.clockSkewMs);
  const subscribe = useCallback(
    (listener: () => void) => (everyMs === undefined ? () => undefined : ticker.subscribe(everyMs, listener)),
    [ticker, everyMs],
  );
  return useSyncExternalStore(subscribe, ticker.current) + skewMs;
}

/** What is left until `expiresAt`, counted as finely as it must be. */
export function useTimeLeft(expiresAt: string | undefined): TimeLeft {
  const { ticker, state } = useShell();
  const skewMs = useAppState((present) => present.clockSkewMs);
  // The pace is chosen from the present once per drawing: a countdown that reaches its last minutes is drawn, and then chooses anew.
  const everyMs = tickMs(timeLeft(expiresAt, ticker.current() + (state.get()?.clockSkewMs ?? 0)));
  const subscribe = useCallback((listener: () => void) => ticker.subscribe(everyMs, listener), [ticker, everyMs]);
  return timeLeft(expiresAt, useSyncExternalStore(subscribe, ticker.current) + skewMs);
}
