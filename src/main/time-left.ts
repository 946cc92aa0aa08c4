import type { AppState } from '../shared/app-state.ts';
import type { Texts } from './texts.ts';

const MINUTE_MS = 60_000;

/** The present by AWS's clock, in epoch milliseconds. */
export function awsNowMs(state: Pick<AppState, 'clockSkewMs'>, now: Date): number {
  return now.getTime() + state.clockSkewMs;
}

/** Milliseconds until an ISO time; never below zero, and zero for what is no time. */
export function remainingMs(expiresAt: string, nowMs: number): number {
  const left = Date.parse(expiresAt) - nowMs;
  return Number.isNaN(left) ? 0 : Math.max(left, 0);
}

/** Time as people say it: whole minutes, rounded down, so that it never promises more than there is. */
export function formatRemaining(ms: number, texts: Texts): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 1) {
    return texts.lessThanAMinute;
  }
  return minutes < 60 ? texts.minutes(minutes) : texts.hours(Math.floor(minutes / 60), minutes % 60);
}

/** Time in as few characters as the menu bar can spare: `42m`, `3h`, `<1m`. */
export function formatShort(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 1) {
    return '<1m';
  }
  return minutes < 60 ? `${minutes}m` : `${Math.floor(minutes / 60)}h`;
}
