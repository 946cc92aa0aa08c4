import { guardSubjects, guardTest, type GuardFacts } from '../../shared/guarded.ts';
import { oncePerObject } from '../../shared/once-per-object.ts';
import type { RoleEntry } from './access-entry.ts';

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
    // What it hands out may be no row of the lists.
    (profile?.serves !== undefined && guardSubjects(profile.serves, facts.profiles).some(test));
}
