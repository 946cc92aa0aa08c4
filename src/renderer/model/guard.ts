import { guardTest, type GuardFacts } from '../../shared/guarded.ts';
import type { RoleEntry } from './access-entry.ts';

/** Whether every use of this role must be confirmed. */
export function isGuarded(entry: RoleEntry, facts: GuardFacts): boolean {
  return guardedTest(facts)(entry);
}

const knownTests = new WeakMap<GuardFacts, (entry: RoleEntry) => boolean>();

/** The same, for whoever asks about many roles. Kept while the facts stay, for it learns about each account that it is asked for. */
export function guardedTest(facts: GuardFacts): (entry: RoleEntry) => boolean {
  const test = knownTests.get(facts) ?? makeTest(facts);
  knownTests.set(facts, test);
  return test;
}

function makeTest(facts: GuardFacts): (entry: RoleEntry) => boolean {
  const test = guardTest(facts);
  return ({ key, account, target, profile }) =>
    test({
      markKeys: [key, account.key],
      accountId: account.accountId ?? '',
      profile: profile?.name,
      role: target.kind === 'sso-role' ? target.roleName : (profile?.roleName ?? ''),
    });
}
