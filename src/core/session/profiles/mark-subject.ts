import { targetOfKey } from '../../../shared/role-target.ts';

/** Whom a mark's key is about: a role or account of an Identity Center, or a profile. */
export type MarkSubject =
  | { readonly kind: 'sso-session'; readonly ssoSession: string }
  | { readonly kind: 'profile'; readonly profile: string };

const ACCOUNT_KEY = /^account:([^\p{Cc}]{1,512})\/\d{12}$/u;

/** Reads a key of marks, `targetKey` or `account:<ssoSession>/<accountId>`; undefined for a text that is none. */
export function markSubject(key: string): MarkSubject | undefined {
  const [, ofAccount] = ACCOUNT_KEY.exec(key) ?? [];
  if (ofAccount !== undefined) {
    return { kind: 'sso-session', ssoSession: ofAccount };
  }
  const target = /\p{Cc}/u.test(key) ? undefined : targetOfKey(key);
  switch (target?.kind) {
    case 'profile':
      return { kind: 'profile', profile: target.profile };
    case 'sso-role':
      return { kind: 'sso-session', ssoSession: target.ssoSession };
    case undefined:
      return undefined;
  }
}
