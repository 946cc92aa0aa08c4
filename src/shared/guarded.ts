import { accountNames, type NamedDirectories } from './account-names.ts';
import type { AppState } from './app-state.ts';
import { matchesPattern } from './matches-pattern.ts';
import { markKeys, roleSubject } from './role-subject.ts';
import type { RoleTarget } from './role-target.ts';
import { withServed } from './served-targets.ts';

/** What says which roles are guarded. */
export interface GuardFacts {
  readonly marks: AppState['marks'];
  readonly guardRules: AppState['settings']['guardRules'];
  readonly directories: NamedDirectories;
  readonly profiles: AppState['profiles'];
}

/** A role, or the profile that leads to it, as marks and rules know it. */
export interface GuardSubject {
  /** Under what keys its marks are kept, its account's among them. */
  readonly markKeys: readonly string[];
  /** 12 digits, or empty where they are not known. */
  readonly accountId: string;
  /** The profile, where it stands in the lists in an account's place. */
  readonly profile: string | undefined;
  readonly role: string;
}

/**
 * What rules and marks guard when this target is used: itself, and what it hands out by a line of ours. A profile is guarded where the
 * role it leads to is; one that is no role of an Identity Center also by its own name.
 */
export function guardSubjects(target: RoleTarget, profiles: AppState['profiles']): readonly GuardSubject[] {
  return withServed(target, profiles).map((each) => {
    const { accountId, role, ssoSession } = roleSubject(each, profiles);
    const profile = each.kind === 'profile' && ssoSession === undefined ? each.profile : undefined;
    return { markKeys: markKeys(each, profiles), accountId, profile, role };
  });
}

/**
 * Whether every use must be confirmed: by the user's mark on the role or its account, or by a rule of the settings. The core asks by
 * this and the screen is red by this, so that neither ever says other than the other. For whoever asks about many too: a rule is held
 * against each name of a role, and against each account, once.
 */
export function guardTest(facts: GuardFacts): (subject: GuardSubject) => boolean {
  const { marks, guardRules } = facts;
  const rulesOfRole = memoized((role) => guardRules.filter((rule) => matchesPattern(role, rule.role)));
  const rulesOfAccount = accountRules(facts);
  return ({ markKeys, accountId, profile, role }) =>
    markKeys.some((key) => Object.hasOwn(marks, key) && marks[key]?.guarded === true) ||
    rulesOfRole(role).some(
      (rule) => rulesOfAccount(accountId).has(rule) || (profile !== undefined && matchesPattern(profile, rule.account)),
    );
}

/** The rules that may guard roles of an account, by its id or the names that Identity Centers give it. */
export function accountRules({ guardRules, directories }: GuardFacts): (accountId: string) => ReadonlySet<unknown> {
  return memoized((accountId) => {
    const names = [accountId, ...accountNames(accountId, directories)];
    return new Set(guardRules.filter((rule) => names.some((name) => matchesPattern(name, rule.account))));
  });
}

function memoized<Result>(compute: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const result = known.get(text) ?? compute(text);
    known.set(text, result);
    return result;
  };
}
