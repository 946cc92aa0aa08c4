import { parseRoleArn } from '../model/arn.ts';
import { targetKey, type RoleTarget } from '../../shared/role-target.ts';
import { accountNames, type NamedDirectories } from '../../shared/account-names.ts';
import type { AppState, ProfileState } from '../../shared/app-state.ts';

/** The parts of the state that name things. */
export type NamedState = Pick<AppState, 'marks' | 'profiles'> & {
  readonly directories: NamedDirectories;
};

/** What rules are matched against, as far as known. */
export interface RoleSubject {
  /** 12 digits, or empty. */
  readonly accountId: string;
  /** The account's id and its names. */
  readonly accounts: readonly string[];
  readonly role: string;
  /** The Identity Center it comes from. */
  readonly ssoSession: string | undefined;
}

/** Under what keys marks of a target may be kept: its own, that of the role it leads to, last that of its account. */
export function markKeys(target: RoleTarget, state: NamedState): readonly string[] {
  const role = ssoRoleOf(target, state);
  const ledTo =
    role === undefined
      ? [`account:${targetKey(target)}`]
      : [targetKey({ kind: 'sso-role', ...role }), accountKey(role.ssoSession, role.accountId)];
  return [targetKey(target), ...ledTo];
}

/** The key under which an account's marks are kept. */
export function accountKey(ssoSession: string, accountId: string): string {
  return `account:${ssoSession}/${accountId}`;
}

function ssoRoleOf(target: RoleTarget, state: NamedState) {
  if (target.kind === 'sso-role') {
    return { ssoSession: target.ssoSession, accountId: target.accountId, roleName: target.roleName };
  }
  const { ssoSession, accountId, roleName } = profileOf(target.profile, state) ?? {};
  return ssoSession === undefined || accountId === undefined || roleName === undefined
    ? undefined
    : { ssoSession, accountId, roleName };
}

function profileOf(name: string, state: NamedState): ProfileState | undefined {
  return state.profiles.find((profile) => profile.name === name);
}

/** What is known of a target. */
export function roleSubject(target: RoleTarget, state: NamedState): RoleSubject {
  const profile = target.kind === 'profile' ? profileOf(target.profile, state) : undefined;
  const arn = profile?.roleArn === undefined ? undefined : parseRoleArn(profile.roleArn);
  const role = ssoRoleOf(target, state);
  const accountId = role?.accountId ?? arn?.accountId ?? profile?.accountId ?? '';
  return {
    accounts: [accountId, ...accountNames(accountId, state.directories)],
    accountId,
    role: role?.roleName ?? arn?.roleName ?? profile?.roleName ?? '',
    ssoSession: role?.ssoSession,
  };
}
