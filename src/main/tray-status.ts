import type { AppState } from '../shared/app-state.ts';
import { awsNowMs, formatRemaining, formatShort, remainingMs } from './time-left.ts';
import type { Texts } from './texts.ts';

/** What the tray icon says at a glance. */
export type TrayStatus = 'signed-out' | 'live' | 'expiring' | 'asking';

const DEFAULT_NOTICE_MINUTES = 10;

/**
 * A question comes first; then access that is about to end for good (what renews by itself is not about to end); then whether
 * there is any access at all.
 */
export function trayStatus(state: AppState, now: Date): TrayStatus {
  if (state.prompts.length > 0) {
    return 'asking';
  }
  const nowMs = awsNowMs(state, now);
  const soonMs = (state.settings.notifyBeforeEndMinutes || DEFAULT_NOTICE_MINUTES) * 60_000;
  const left = endings(state)
    .map((expiresAt) => remainingMs(expiresAt, nowMs))
    .filter((ms) => ms > 0);
  if (left.some((ms) => ms <= soonMs)) {
    return 'expiring';
  }
  return left.length > 0 || state.ssoSessions.some(({ access }) => access.kind === 'signed-in' && access.renewsByItself)
    ? 'live'
    : 'signed-out';
}

/** When what is held ends, for all that does not renew by itself. */
function endings(state: AppState): readonly string[] {
  const tokens = state.ssoSessions.flatMap(({ access }) =>
    access.kind === 'signed-in' && !access.renewsByItself ? [access.tokenExpiresAt] : [],
  );
  return [...tokens, ...state.liveRoles.map((role) => role.expiresAt)];
}

/** One line for the pointer that rests on the icon. */
export function trayToolTip(state: AppState, now: Date, texts: Texts): string {
  if (state.prompts.length > 0) {
    return `Rolecall – ${texts.asking}`;
  }
  const next = nextRoleEndMs(state, now);
  if (next !== undefined) {
    return `Rolecall – ${texts.liveRoles(state.liveRoles.length)}, ${texts.timeLeft(formatRemaining(next, texts))}`;
  }
  return trayStatus(state, now) === 'signed-out' ? `Rolecall – ${texts.signedOut}` : 'Rolecall';
}

/** The countdown beside the icon on macOS: the role that ends first. Empty when there is none, or the user does not want it. */
export function trayTitle(state: AppState, now: Date): string {
  const next = state.settings.trayCountdown ? nextRoleEndMs(state, now) : undefined;
  return next === undefined ? '' : formatShort(next);
}

function nextRoleEndMs(state: AppState, now: Date): number | undefined {
  const nowMs = awsNowMs(state, now);
  const left = state.liveRoles.map((role) => remainingMs(role.expiresAt, nowMs)).filter((ms) => ms > 0);
  return left.length === 0 ? undefined : Math.min(...left);
}
