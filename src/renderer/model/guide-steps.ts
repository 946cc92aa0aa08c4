import type { AppState } from '../../shared/app-state.ts';

/** Roads from nothing to safe access, for those who use it. */
export const GUIDE_TRACKS = ['identity-center', 'iam-user'] as const;

export type GuideTrack = (typeof GUIDE_TRACKS)[number];

/** The steps of each road; their words are in the catalogues. */
export const GUIDE_STEPS = {
  'identity-center': ['add', 'sign-in', 'console', 'copy', 'pin'],
  'iam-user': ['key', 'role', 'mfa', 'protect', 'use'],
} as const;

export type GuideStep = (typeof GUIDE_STEPS)[GuideTrack][number];

/** Whether a step is done, read from what the app knows. */
export function isStepDone(step: GuideStep, state: AppState): boolean {
  const { profiles, activity } = state;
  switch (step) {
    case 'add':
      return state.ssoSessions.length > 0;
    case 'sign-in':
      return state.ssoSessions.some((session) => session.access.kind === 'signed-in');
    case 'console':
      return activity.some((entry) => entry.what === 'console' && entry.outcome === 'ok');
    case 'copy':
      return activity.some((entry) => entry.what === 'copy' && entry.outcome === 'ok');
    case 'pin':
      return Object.values(state.marks).some((marks) => marks.pinned === true);
    case 'key':
      return profiles.some((profile) => profile.kind === 'static' || profile.protected);
    case 'role':
      return profiles.some((profile) => profile.kind === 'assume-role' && profile.sourceProfile !== undefined);
    case 'mfa':
      return profiles.some((profile) => profile.kind === 'assume-role' && profile.mfaSerial !== undefined);
    case 'protect':
      return profiles.some((profile) => profile.protected);
    case 'use':
      return activity.some((entry) => entry.outcome === 'ok' && entry.target?.kind === 'profile');
  }
}

/** The road to show first: the one the user is already on. */
export function likelyTrack(state: AppState): GuideTrack {
  const iamSide = state.profiles.some((profile) => profile.kind === 'assume-role' || profile.kind === 'static');
  return state.ssoSessions.length === 0 && iamSide ? 'iam-user' : 'identity-center';
}
