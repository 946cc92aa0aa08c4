import { isSubjectGuarded, type GuardFacts } from '../../shared/guarded.ts';
import type { RoleEntry } from './access-entry.ts';

/** Whether every use of this role must be confirmed. */
export function isGuarded({ key, account, target, profile }: RoleEntry, facts: GuardFacts): boolean {
  const subject = {
    markKeys: [key, account.key],
    accountId: account.accountId ?? '',
    profile: profile?.name,
    role: target.kind === 'sso-role' ? target.roleName : (profile?.roleName ?? ''),
  };
  return isSubjectGuarded(subject, facts);
}
