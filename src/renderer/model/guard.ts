import type { ProfileState } from '../../shared/app-state.ts';
import { guardTest, type GuardFacts, type GuardSubject } from '../../shared/guarded.ts';
import { oncePerObject } from '../../shared/once-per-object.ts';
import { targetKey, type RoleTarget } from '../../shared/role-target.ts';
import { withServed } from '../../shared/served-targets.ts';
import { accountKey, type RoleEntry } from './access-entry.ts';

/** Whether every use of this role must be confirmed. */
export function isGuarded(entry: RoleEntry, facts: GuardFacts): boolean {
  return guardedTest(facts)(entry);
}

/** The same, for whoever asks about many roles. Kept while the facts stay, for it learns about each account that it is asked for. */
export const guardedTest = oncePerObject(makeTest);

function makeTest(facts: GuardFacts): (entry: RoleEntry) => boolean {
  const test = guardTest(facts);
  return ({ key, account, target, profile }) =>
    test({
      markKeys: [key, account.key],
      accountId: account.accountId ?? '',
      profile: profile?.name,
      role: target.kind === 'sso-role' ? target.roleName : (profile?.roleName ?? ''),
    }) ||
    (profile?.serves !== undefined && servedSubjects(profile.serves, facts.profiles).some(test));
}

/** What a profile hands out by a line of ours, and what that hands out: each may be no row of the lists. */
function servedSubjects(served: RoleTarget, profiles: readonly ProfileState[]): readonly GuardSubject[] {
  return withServed(served, profiles).map((target) => subjectOf(target, profiles));
}

function subjectOf(target: RoleTarget, profiles: readonly ProfileState[]): GuardSubject {
  const key = targetKey(target);
  if (target.kind === 'sso-role') {
    const { ssoSession, accountId, roleName: role } = target;
    return { markKeys: [key, accountKey(ssoSession, accountId)], accountId, profile: undefined, role };
  }
  const { ssoSession, accountId = '', roleName = '' } = profiles.find(({ name }) => name === target.profile) ?? {};
  if (ssoSession === undefined || accountId === '' || roleName === '') {
    return { markKeys: [key, `account:${key}`], accountId, profile: target.profile, role: roleName };
  }
  const role = subjectOf({ kind: 'sso-role', ssoSession, accountId, roleName }, profiles);
  return { ...role, markKeys: [key, ...role.markKeys] };
}
