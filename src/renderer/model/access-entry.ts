import type { AccountState, AppState, ProfileState } from '../../shared/app-state.ts';
import { accountKey, profileAccountKey } from '../../shared/role-subject.ts';
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
  /** Name, id and email, folded, in one text: a word that does not stand here stands in none of them. Made when first asked for. */
  readonly haystack: string;
  /** First letters of the words of its name; made when first asked for. */
  readonly initials: string;
  readonly stale: boolean;
  /** How many roles it has; most accounts of a large organization are never looked at closer than this. */
  readonly roleCount: number;
  /** Names of its roles; made when first asked for. */
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

/** Keeps the entry of every row that did not change, so that a refresh of one account costs one account. */
export interface EntryCache {
  readonly entries: WeakMap<AccountState | ProfileState, AccountEntry>;
  readonly roleNames: Map<string, RoleName>;
}

/** A cache with nothing in it. */
export function createEntryCache(): EntryCache {
  return { entries: new WeakMap(), roleNames: new Map() };
}

/** Entries of the accounts of one Identity Center, in the order in which they come, which is the one in which they are shown. */
export function accountEntries(
  ssoSession: string,
  accounts: readonly AccountState[],
  cache: EntryCache,
): readonly AccountEntry[] {
  return accounts.map((row) => kept(cache, row, () => new LazyEntry(ssoSession, row, undefined, cache)));
}

/**
 * Entries of the profiles that lead somewhere by themselves. Profiles of Identity Center roles are left out: their role stands in
 * its account's row already.
 */
export function profileEntries(profiles: AppState['profiles'], cache: EntryCache): readonly AccountEntry[] {
  return profiles
    .filter((profile) => leadsSomewhere(profile))
    .map((profile) => kept(cache, profile, () => new LazyEntry(undefined, profileRow(profile), profile, cache)))
    .sort((a, b) => compareText(a.name.folded, b.name.folded));
}

/** Gives the name of every role of these accounts. Names are counted as they are met, so each account is asked for its own, once. */
export function roleNamesOf(accounts: readonly AccountEntry[], cache: EntryCache): () => readonly RoleName[] {
  let names: readonly RoleName[] | undefined;
  return () => {
    if (names === undefined) {
      for (const account of accounts) {
        void account.roleNames;
      }
      names = [...cache.roleNames.values()];
    }
    return names;
  };
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

/** What an entry is made of: an account's own row, or as much of one as a profile has. */
type EntryRow = Omit<AccountState, 'accountId'> & { readonly accountId: string | undefined };

function profileRow({ accountId, name, roleName = '' }: ProfileState): EntryRow {
  return { accountId, name, email: '', stale: false, roles: [roleName] };
}

/** What an entry has made of its row so far. */
interface EntryParts {
  key?: string;
  name?: SearchText;
  id?: SearchText;
  email?: SearchText;
  haystack?: string;
  initials?: string;
  roleNames?: readonly RoleName[];
  roles?: readonly RoleEntry[];
}

/**
 * An entry that makes each of its parts when it is first asked for: there are many accounts, and few of them are looked at. Its fields
 * are few, for a screen that opens makes thousands of it.
 */
class LazyEntry implements AccountEntry {
  readonly ssoSession: string | undefined;
  readonly #row: EntryRow;
  readonly #profile: ProfileState | undefined;
  readonly #cache: EntryCache;
  #made: EntryParts | undefined;

  constructor(ssoSession: string | undefined, row: EntryRow, profile: ProfileState | undefined, cache: EntryCache) {
    this.ssoSession = ssoSession;
    this.#row = row;
    this.#profile = profile;
    this.#cache = cache;
  }

  get key(): string {
    return (this.#parts.key ??= this.#makeKey());
  }

  get accountId(): string | undefined {
    return this.#row.accountId;
  }

  get stale(): boolean {
    return this.#row.stale;
  }

  get roleCount(): number {
    return this.#row.roles.length;
  }

  get name(): SearchText {
    return (this.#parts.name ??= searchText(displayText(this.#row.name) || (this.#row.accountId ?? '')));
  }

  get id(): SearchText {
    return (this.#parts.id ??= searchText(this.#row.accountId ?? ''));
  }

  get email(): SearchText {
    return (this.#parts.email ??= { shown: this.#row.email, folded: this.#row.email.toLowerCase() });
  }

  get haystack(): string {
    return (this.#parts.haystack ??= `${this.name.folded}\n${this.#row.accountId ?? ''}\n${this.email.folded}`);
  }

  get initials(): string {
    return (this.#parts.initials ??= initialsOf(this.name));
  }

  get roleNames(): readonly RoleName[] {
    return (this.#parts.roleNames ??= this.#row.roles.map((name) => roleNameOf(name, this.#cache)));
  }

  get roles(): readonly RoleEntry[] {
    return (this.#parts.roles ??= this.roleNames.map((role, at) => {
      const target = this.#target(this.#row.roles[at] ?? '');
      return { key: targetKey(target), target, account: this, role, profile: this.#profile };
    }));
  }

  get #parts(): EntryParts {
    return (this.#made ??= {});
  }

  #makeKey(): string {
    const { ssoSession } = this;
    return ssoSession === undefined
      ? profileAccountKey(this.#target(''))
      : accountKey(ssoSession, this.#row.accountId ?? '');
  }

  #target(roleName: string): RoleTarget {
    const { ssoSession } = this;
    return ssoSession === undefined
      ? { kind: 'profile', profile: this.#profile?.name ?? '' }
      : { kind: 'sso-role', ssoSession, accountId: this.#row.accountId ?? '', roleName };
  }
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
