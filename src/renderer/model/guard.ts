import type { Marks } from '../../shared/app-state.ts';
import { matchesPattern } from '../../shared/matches-pattern.ts';
import type { Settings } from '../../shared/settings.ts';
import type { RoleEntry } from './access-entry.ts';

/** Whether every use of this role must be confirmed: by its own mark, its account's, or a rule of the settings. */
export function isGuarded(
  marks: Readonly<Record<string, Marks>>,
  rules: Settings['guardRules'],
  entry: RoleEntry,
): boolean {
  if (marks[entry.key]?.guarded === true || marks[entry.account.key]?.guarded === true) {
    return true;
  }
  const { account, role } = entry;
  return rules.some(
    (rule) =>
      matchesPattern(role.shown, rule.role) &&
      (matchesPattern(account.name.shown, rule.account) || matchesPattern(account.accountId ?? '', rule.account)),
  );
}
