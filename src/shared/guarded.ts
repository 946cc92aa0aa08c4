import { accountNames, type NamedDirectories } from './account-names.ts';
import type { AppState } from './app-state.ts';
import { matchesPattern } from './matches-pattern.ts';

/** What says which roles are guarded. */
export interface GuardFacts {
  readonly marks: AppState['marks'];
  readonly guardRules: AppState['settings']['guardRules'];
  readonly directories: NamedDirectories;
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
 * Whether every use must be confirmed: by the user's mark on the role or its account, or by a rule of the settings. The core asks by
 * this and the screen is red by this, so that neither ever says other than the other.
 */
export function isSubjectGuarded(subject: GuardSubject, { marks, guardRules, directories }: GuardFacts): boolean {
  if (subject.markKeys.some((key) => Object.hasOwn(marks, key) && marks[key]?.guarded === true)) {
    return true;
  }
  if (guardRules.length === 0) {
    return false;
  }
  const { accountId, profile, role } = subject;
  const own = profile === undefined ? [] : [profile];
  const accounts = [accountId, ...own, ...accountNames(accountId, directories)];
  return guardRules.some(
    (rule) => matchesPattern(role, rule.role) && accounts.some((account) => matchesPattern(account, rule.account)),
  );
}
