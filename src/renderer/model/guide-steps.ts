import type { AppState } from '../../shared/app-state.ts';
import type { MfaDeviceFact, SetupFinding } from '../../shared/member-commands.ts';
import type { GuideSide } from './guide-answers.ts';
import { holdsKey, rolesFrom } from './key-profiles.ts';

/** What is known of the reader's way, to tell which steps are behind them. */
export interface GuideProgress {
  /** The profile of the access key that the reader follows the guide with. */
  readonly keyProfile: string | undefined;
  /** Undefined as long as AWS was not asked. */
  readonly devices: readonly MfaDeviceFact[] | undefined;
  readonly findings: readonly SetupFinding[] | undefined;
}

/** Where a step stands; `plain` where the app cannot know. */
export type StepStatus = 'done' | 'next' | 'later' | 'plain';

/** The sides in the order of their tabs: those who use AWS first. */
export const SIDES = [
  'member-iam',
  'member-identity-center',
  'admin-iam',
  'admin-identity-center',
] as const satisfies readonly GuideSide[];

/** The side to show first: the one the user is already on. */
export function likelySide(state: AppState): GuideSide {
  const hasKeys = state.profiles.some((profile) => profile.kind === 'assume-role' || holdsKey(profile));
  return state.ssoSessions.length === 0 && hasKeys ? 'member-iam' : 'member-identity-center';
}

/** Where each of a side's steps stands, by their actions. The first one not done is next; after it nothing is. */
export function stepStatuses(
  actions: readonly (string | undefined)[],
  state: AppState,
  progress: GuideProgress,
): readonly StepStatus[] {
  const done = actions.map((action) => isActionDone(action, state, progress));
  const next = actions.findIndex((action, at) => action !== undefined && !(done[at] ?? false));
  return actions.map((action, at) =>
    action === undefined ? 'plain' : (done[at] ?? false) ? 'done' : at === next ? 'next' : 'later',
  );
}

function isActionDone(action: string | undefined, state: AppState, progress: GuideProgress): boolean {
  const { keyProfile, devices, findings } = progress;
  const roles = rolesFrom(keyProfile, state.profiles);
  switch (action) {
    case 'add-key':
      return keyProfile !== undefined;
    case 'enrol-device':
      return devices !== undefined && devices.length > 0;
    case 'write-profiles':
      return roles.length > 0;
    case 'assume-role':
      return roles.some(({ name }) => wasUsed(name, state));
    case 'protect-profile':
      return roles.length > 0 && roles.every((role) => role.protected);
    case 'check-setup':
      return findings !== undefined && findings.every(({ verdict }) => verdict !== 'bad');
    case 'add-sso-session':
      return state.ssoSessions.length > 0;
    case 'sign-in':
      return state.ssoSessions.some(({ access }) => access.kind === 'signed-in');
    case 'sync-profiles':
      return state.profiles.some(({ kind, managed }) => kind === 'sso' && managed);
    default:
      return false;
  }
}

function wasUsed(profile: string, state: AppState): boolean {
  const isIt = (target: AppState['activity'][number]['target']): boolean =>
    target?.kind === 'profile' && target.profile === profile;
  return (
    state.liveRoles.some(({ target }) => isIt(target)) ||
    state.activity.some((entry) => entry.outcome === 'ok' && isIt(entry.target))
  );
}
