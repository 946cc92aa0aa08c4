import type { Marks } from '../../shared/app-state.ts';
import type { AccountEntry } from './access-entry.ts';

/** Whether something holds for a role, named by its place among its account's roles. */
export type RoleTest = (account: AccountEntry, roleAt: number) => boolean;

/** Nothing is out of sight. Lists know it by itself and ask no further. */
export const NOTHING_HIDDEN: RoleTest = () => false;

/**
 * What is out of sight by these marks: what is said of a role wins over what is said of its account. Made once for a list, for the
 * list asks about every role, and almost always nothing is hidden.
 */
export function hiddenTest(marks: Readonly<Record<string, Marks>>): RoleTest {
  const said = Object.entries(marks).flatMap(([key, { hidden }]) =>
    hidden === undefined ? [] : [[key, hidden] as const],
  );
  if (said.length === 0) {
    return NOTHING_HIDDEN;
  }
  const byKey = new Map(said);
  // Keys of an Identity Center's roles hold the account's id, so accounts of which nothing is said need not look at their roles.
  const accountIds = accountIdsIn(byKey.keys());
  return (account, roleAt) => {
    const ofAccount = byKey.get(account.key) ?? false;
    if (account.ssoSession !== undefined && !accountIds.has(account.accountId ?? '')) {
      return ofAccount;
    }
    return byKey.get(account.roles[roleAt]?.key ?? '') ?? ofAccount;
  };
}

/** The accounts that keys of roles and accounts of Identity Centers name. */
export function accountIdsIn(keys: Iterable<string>): ReadonlySet<string> {
  return new Set(Array.from(keys, accountIdIn));
}

/** The account that a key names; empty where it names none. */
export function accountIdIn(key: string): string {
  return /\d{12}/.exec(key)?.[0] ?? '';
}
