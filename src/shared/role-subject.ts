import type { ProfileState } from './app-state.ts';
import { oncePerObject } from './once-per-object.ts';
import { targetKey, type ProfileTarget, type RoleTarget, type SsoRoleTarget } from './role-target.ts';

/** What rules are matched against, as far as known. */
export interface RoleSubject {
  /** 12 digits, or empty. */
  readonly accountId: string;
  readonly role: string;
  /** The Identity Center it comes from. */
  readonly ssoSession: string | undefined;
}

/** What is known of a target. */
export function roleSubject(target: RoleTarget, profiles: readonly ProfileState[]): RoleSubject {
  const { accountId = '', roleName = '' } = target.kind === 'sso-role' ? target : (profileOf(target, profiles) ?? {});
  return { accountId, role: roleName, ssoSession: ssoRoleOf(target, profiles)?.ssoSession };
}

/** Under what keys marks of a target may be kept: its own, that of the role it leads to, last that of its account. */
export function markKeys(target: RoleTarget, profiles: readonly ProfileState[]): readonly string[] {
  const role = ssoRoleOf(target, profiles);
  const ledTo =
    role === undefined ? [profileAccountKey(target)] : [targetKey(role), accountKey(role.ssoSession, role.accountId)];
  return [targetKey(target), ...ledTo];
}

/** The key under which the marks of the account are kept that the lists show for a profile. */
export function profileAccountKey(target: RoleTarget): string {
  return `account:${targetKey(target)}`;
}

/** The key under which an account's marks are kept. */
export function accountKey(ssoSession: string, accountId: string): string {
  return `account:${ssoSession}/${accountId}`;
}

function ssoRoleOf(target: RoleTarget, profiles: readonly ProfileState[]): SsoRoleTarget | undefined {
  if (target.kind === 'sso-role') {
    return target;
  }
  const { ssoSession, accountId, roleName } = profileOf(target, profiles) ?? {};
  return ssoSession === undefined || accountId === undefined || roleName === undefined
    ? undefined
    : { kind: 'sso-role', ssoSession, accountId, roleName };
}

function profileOf({ profile }: ProfileTarget, profiles: readonly ProfileState[]): ProfileState | undefined {
  return byName(profiles).get(profile);
}

/** Lists ask for every one of thousands of profiles. */
const byName = oncePerObject(
  (profiles: readonly ProfileState[]) => new Map(profiles.map((profile) => [profile.name, profile])),
);
