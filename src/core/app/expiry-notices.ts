import type { RoleTarget } from '../../shared/role-target.ts';
import type { Ending, LiveRole, Notice, ProfileState, SsoSessionState } from '../../shared/app-state.ts';
import { profileChain } from './profile-chain.ts';

/** What decides which ends are near. */
export interface ExpirySituation {
  readonly ssoSessions: readonly SsoSessionState[];
  readonly profiles: readonly Pick<ProfileState, 'name' | 'mfaSerial' | 'ssoSession' | 'sourceProfile' | 'serves'>[];
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
  const ending: Ending = { what: 'sign-in', name: session.name, endsAt: access.tokenExpiresAt, needs: 'again' };
  return [
    {
      id: `${EXPIRY_PREFIX}sso:${session.id}:${access.tokenExpiresAt}`,
      severity: 'warning',
      message: `Your sign-in to ${session.name} ends in ${inMinutes(minutes)}.`,
      hint: HINTS.again,
      action: { kind: 'sign-in', ssoSession: session.id },
      ending,
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
  const needs = needsOf(target, situation);
  return [
    {
      id: `${EXPIRY_PREFIX}role:${role.key}:${role.expiresAt}`,
      severity: 'info',
      message: `The credentials you copied for ${name} end in ${inMinutes(minutes)}.`,
      hint: HINTS[needs],
      action: { kind: 'renew', target },
      ending: { what: 'role', name, endsAt: role.expiresAt, needs },
    },
  ];
}

const HINTS: Readonly<Record<Ending['needs'], string>> = {
  nothing: 'Renew them, then copy them again.',
  'sign-in': 'Renewing needs you to sign in again; the button starts it.',
  mfa: 'Renewing may ask for an MFA code.',
  again: 'Sign in again now to go on without a break.',
};

/** What renewing credentials takes of the user: along the chain of profiles, the first thing that only a person can give. */
function needsOf(target: RoleTarget, { ssoSessions, profiles }: ExpirySituation): Ending['needs'] {
  const isOut = (id: string | undefined): boolean =>
    ssoSessions.some((session) => session.id === id && session.access.kind !== 'signed-in');
  if (target.kind === 'sso-role') {
    return isOut(target.ssoSession) ? 'sign-in' : 'nothing';
  }
  const chain = profileChain(target.profile, profiles);
  const served = ({ serves }: (typeof chain)[number]) => (serves?.kind === 'sso-role' ? serves.ssoSession : undefined);
  if (chain.some((each) => isOut(each.ssoSession) || isOut(served(each)))) {
    return 'sign-in';
  }
  return chain.some(({ mfaSerial }) => mfaSerial !== undefined) ? 'mfa' : 'nothing';
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
