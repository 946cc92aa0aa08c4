/**
 * What credentials are asked for: a role of an Identity Center account, or a profile of `~/.aws`.
 *
 * `ssoSession` is the id of an Identity Center here: the name of its `[sso-session]`, or its start URL where legacy profiles
 * name only that. `accountId` is 12 digits.
 */
export type RoleTarget = SsoRoleTarget | ProfileTarget;

/** A role of an Identity Center account. */
export interface SsoRoleTarget {
  readonly kind: 'sso-role';
  readonly ssoSession: string;
  readonly accountId: string;
  readonly roleName: string;
}

/** A profile of `~/.aws`. */
export interface ProfileTarget {
  readonly kind: 'profile';
  readonly profile: string;
}

/** One text for one target; no two targets share it, since a role's name holds no slash. */
export function targetKey(target: RoleTarget): string {
  return target.kind === 'profile'
    ? `profile:${target.profile}`
    : `sso:${target.accountId}/${target.roleName}/${target.ssoSession}`;
}

const LONGEST_NAME = 512;
const SSO_KEY = /^sso:(\d{12})\/([\w+=,.@-]{1,64})\/(.+)$/s;

/** The target a key stands for; undefined for text that is no key. */
export function targetOfKey(key: string): RoleTarget | undefined {
  const [, accountId, roleName, ssoSession] = SSO_KEY.exec(key) ?? [];
  if (accountId !== undefined && roleName !== undefined && ssoSession !== undefined) {
    return ssoSession.length > LONGEST_NAME ? undefined : { kind: 'sso-role', ssoSession, accountId, roleName };
  }
  const profile = key.startsWith('profile:') ? key.slice('profile:'.length) : '';
  return profile === '' || profile.length > LONGEST_NAME ? undefined : { kind: 'profile', profile };
}
