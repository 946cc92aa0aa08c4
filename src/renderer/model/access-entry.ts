import type { AccountState, AppState, ProfileState } from '../../shared/app-state.ts';
import { targetKey, type RoleTarget } from '../../shared/role-target.ts';
import { displayText } from './display-text.ts';
import { initialsOf, searchText, type SearchText } from './match-word.ts';

/** An account as the lists show it: of an Identity Center, or the one that a profile leads to. */
export interface AccountEntry {
  /** Key of its marks. */
  readonly key: string;
  readonly ssoSession: string | undefined;
  readonly accountId: string | undefined;
  readonly name: SearchText;
  readonly id: SearchText;
  readonly email: SearchText;
  /** Name, id and email, folded, in one text: a word that does not stand here stands in none of them. */
  readonly haystack: string;
  /** First letters of the words of its name; made when first asked for. */
  readonly initials: string;
  readonly stale: boolean;
  /** Names of its roles; most accounts of a large organization are never looked at closer than this. */
  readonly roleNames: readonly RoleName[];
  /** The roles themselves, in the same order; made when first asked for. */
  readonly roles: readonly RoleEntry[];
}

/** The name of a role. Accounts that have a role of the same name share one, so that it is searched once. */
export interface RoleName extends SearchText {
  /** Counts the names, from 0. */
  readonly number: number;
}

/** Something a console can be opened for, or credentials copied of. */
export interface RoleEntry {
  /** `targetKey` of its target. */
  readonly key: string;
  readonly target: RoleTarget;
  readonly account: AccountEntry;
  readonly role: RoleName;
  /** The profile, where the target is one. */
  readonly profile: ProfileState | undefined;
}

/** Key of an account's own marks. */
export function accountKey(ssoSession: string, accountId: string): string {
  return `account:${ssoSession}/${accountId}`;
}

/** Keeps the entry of every row that did not change, so that a refresh of one account costs one account. */
export interface EntryCache {
  readonly entries: WeakMap<AccountState | ProfileState, AccountEntry>;
  readonly roleNames: Map<string, RoleName>;
}

/** A cache with nothing in it. */
export function createEntryCache(): EntryCache {
  return { entries: new WeakMap(), roleNames: new Map() };
}

/** Entries of the accounts of one Identity Center, in the order in which they are shown: by name, then by id. */
export function accountEntries(
  ssoSession: string,
  accounts: readonly AccountState[],
  cache: EntryCache,
): readonly AccountEntry[] {
  const entries = accounts.map((account) => kept(cache, account, () => accountEntry(ssoSession, account, cache)));
  // Texts are compared by the engine itself, many times faster than by a function of ours.
  const order = entries.map(({ name, id }, at) => `${name.folded}\u0000${id.folded}\u0000${at}`).sort();
  return order.flatMap((text) => entries[Number(text.slice(text.lastIndexOf('\u0000') + 1))] ?? []);
}

/**
 * Entries of the profiles that lead somewhere by themselves. Profiles of Identity Center roles are left out: their role stands in
 * its account's row already.
 */
export function profileEntries(profiles: AppState['profiles'], cache: EntryCache): readonly AccountEntry[] {
  return profiles
    .filter((profile) => leadsSomewhere(profile))
    .map((profile) => kept(cache, profile, () => profileEntry(profile, cache)))
    .sort((a, b) => compareText(a.name.folded, b.name.folded));
}

function kept(cache: EntryCache, row: AccountState | ProfileState, make: () => AccountEntry): AccountEntry {
  const known = cache.entries.get(row);
  if (known !== undefined) {
    return known;
  }
  const made = make();
  cache.entries.set(row, made);
  return made;
}

function accountEntry(ssoSession: string, account: AccountState, cache: EntryCache): AccountEntry {
  const { accountId } = account;
  const name = searchText(displayText(account.name) || accountId);
  const email = account.email.toLowerCase();
  const targets = (): readonly RoleTarget[] =>
    account.roles.map((roleName) => ({ kind: 'sso-role', ssoSession, accountId, roleName }));
  return withRoles(targets, undefined, {
    key: accountKey(ssoSession, accountId),
    ssoSession,
    accountId,
    name,
    id: { shown: accountId, folded: accountId },
    email: { shown: account.email, folded: email },
    haystack: `${name.folded}\n${accountId}\n${email}`,
    stale: account.stale,
    roleNames: account.roles.map((name) => roleNameOf(name, cache)),
  });
}

function profileEntry(profile: ProfileState, cache: EntryCache): AccountEntry {
  const target: RoleTarget = { kind: 'profile', profile: profile.name };
  const name = searchText(displayText(profile.name));
  const accountId = profile.accountId ?? '';
  return withRoles(() => [target], profile, {
    key: `account:${targetKey(target)}`,
    ssoSession: undefined,
    accountId: profile.accountId,
    name,
    id: { shown: accountId, folded: accountId },
    email: NO_TEXT,
    haystack: `${name.folded}\n${accountId}`,
    stale: false,
    roleNames: [roleNameOf(profile.roleName ?? '', cache)],
  });
}

const NO_TEXT: SearchText = { shown: '', folded: '' };

/** The account with what is rarely asked for behind getters, for there are many accounts and few are looked at. */
function withRoles(
  targets: () => readonly RoleTarget[],
  profile: ProfileState | undefined,
  parts: Omit<AccountEntry, 'roles' | 'initials'>,
): AccountEntry {
  let roles: readonly RoleEntry[] | undefined;
  let initials: string | undefined;
  const account: AccountEntry = {
    ...parts,
    get roles() {
      roles ??= targets().flatMap((target, at) => {
        const role = parts.roleNames[at];
        return role === undefined ? [] : [{ key: targetKey(target), target, account, role, profile }];
      });
      return roles;
    },
    get initials() {
      initials ??= initialsOf(parts.name);
      return initials;
    },
  };
  return account;
}

function roleNameOf(name: string, cache: EntryCache): RoleName {
  const known = cache.roleNames.get(name);
  if (known !== undefined) {
    return known;
  }
  const made: RoleName = { ...searchText(displayText(name)), number: cache.roleNames.size };
  cache.roleNames.set(name, made);
  return made;
}

function leadsSomewhere(profile: ProfileState): boolean {
  return profile.kind !== 'sso' && profile.kind !== 'sso-legacy' && profile.kind !== 'settings-only';
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
