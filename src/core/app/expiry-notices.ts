import type { LiveRole, Notice, SsoSessionState } from '../../shared/app-state.ts';

/** What decides which ends are near. */
export interface ExpirySituation {
  readonly ssoSessions: readonly SsoSessionState[];
  /** Roles whose credentials the user took away, with when those end. */
  readonly copiedRoles: readonly LiveRole[];
  /** AWS's time. */
  readonly now: Date;
  /** 0 for no notices. */
  readonly notifyBeforeEndMinutes: number;
  /** Whether tokens are renewed here without the user. */
  readonly renewInBackground: boolean;
}

/** All notices of this kind begin so; the end is part of the id, so that the next one is told anew. */
export const EXPIRY_PREFIX = 'ends:';

/** What to tell of ends that are near: sign-ins that will not renew by themselves, and credentials that were copied somewhere. */
export function expiryNotices(situation: ExpirySituation): readonly Notice[] {
  return [
    ...situation.ssoSessions.flatMap((session) => signInNotice(session, situation)),
    ...situation.copiedRoles.flatMap((role) => roleNotice(role, situation)),
  ];
}

function signInNotice(session: SsoSessionState, situation: ExpirySituation): readonly Notice[] {
  const { access } = session;
  const renews = access.kind === 'signed-in' && access.renewsByItself && situation.renewInBackground;
  if (access.kind !== 'signed-in' || renews || session.signIn !== undefined) {
    return [];
  }
  const minutes = minutesLeft(access.tokenExpiresAt, situation);
  if (minutes === undefined) {
    return [];
  }
  return [
    {
      id: `${EXPIRY_PREFIX}sso:${session.id}:${access.tokenExpiresAt}`,
      severity: 'warning',
      message: `Your sign-in to ${session.name} ends in ${inMinutes(minutes)}.`,
      hint: 'Sign in again now to go on without a break.',
      action: { kind: 'sign-in', ssoSession: session.id },
    },
  ];
}

function roleNotice(role: LiveRole, situation: ExpirySituation): readonly Notice[] {
  const minutes = minutesLeft(role.expiresAt, situation);
  if (minutes === undefined) {
    return [];
  }
  const { target } = role;
  const name = target.kind === 'profile' ? target.profile : `${target.roleName} in ${target.accountId}`;
  return [
    {
      id: `${EXPIRY_PREFIX}role:${role.key}:${role.expiresAt}`,
      severity: 'info',
      message: `The credentials you copied for ${name} end in ${inMinutes(minutes)}.`,
      hint: 'Renew them, then copy them again.',
      action: { kind: 'renew', target },
    },
  ];
}

/** Whole minutes left, at least 1; undefined when the end is far, over, or unreadable. */
function minutesLeft(endsAt: string, situation: ExpirySituation): number | undefined {
  const leftMs = Date.parse(endsAt) - situation.now.getTime();
  return leftMs > 0 && leftMs <= situation.notifyBeforeEndMinutes * 60_000
    ? Math.max(1, Math.round(leftMs / 60_000))
    : undefined;
}

function inMinutes(minutes: number): string {
  return minutes === 1 ? 'one minute' : `${minutes} minutes`;
}
