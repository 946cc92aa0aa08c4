import type { AppState, Notice, ProfileKind } from '../../shared/app-state.ts';
import { sharedCacheNotices } from './shared-cache-notice.ts';

/** All notices of this kind begin so. */
export const CONDITION_PREFIX = 'condition:';

const CLOCK_OFF_MS = 5 * 60_000;
/** Profiles whose keys belong into the secret store. */
const KEEPS_SECRETS: ReadonlySet<ProfileKind> = new Set(['static', 'assume-role']);

/** What to tell of how things stand, for as long as they stand so. */
export function conditionNotices(state: AppState): readonly Notice[] {
  return [...storeNotices(state), ...clockNotices(state), ...sharedCacheNotices(state)];
}

/** Without a store nothing is lost while nothing needs one; a store that was there and is not must be told. */
function storeNotices({ secretStore, profiles }: AppState): readonly Notice[] {
  const { state, message, hint } = secretStore;
  const needed = state !== 'missing' || profiles.some(({ kind }) => KEEPS_SECRETS.has(kind));
  return state === 'ready' || !needed
    ? []
    : [
        {
          id: `${CONDITION_PREFIX}store:${state}`,
          code: `secret-store-${state}`,
          severity: 'warning',
          message,
          hint,
          action: { kind: 'open-settings', subject: 'secretStore' },
        },
      ];
}

function clockNotices({ clockSkewMs }: AppState): readonly Notice[] {
  const minutes = Math.round(Math.abs(clockSkewMs) / 60_000);
  return Math.abs(clockSkewMs) < CLOCK_OFF_MS
    ? []
    : [
        {
          id: `${CONDITION_PREFIX}clock`,
          code: 'clock',
          severity: 'warning',
          message: `The clock of this machine is ${minutes} minutes ${clockSkewMs > 0 ? 'slow' : 'fast'}.`,
          hint: 'Rolecall goes by the time of AWS, but other tools will fail. Set the clock, or let the system set it.',
          action: { kind: 'open-doctor' },
        },
      ];
}
