import type { AppState, Marks } from '../../shared/app-state.ts';
import { targetKey } from '../../shared/role-target.ts';
import type { AccountEntry, RoleEntry } from './access-entry.ts';
import { hiddenTest, type HiddenTest } from './hidden-test.ts';
import type { FoundRole, SearchResult } from './search-access.ts';

/** Which part of the list an item stands in. */
export type SectionId = 'pinned' | 'live' | 'recent' | 'results' | 'profiles' | `directory:${string}`;

/** One row of the long list. */
export type ListItem =
  | { readonly kind: 'section'; readonly section: SectionId }
  | { readonly kind: 'account'; readonly account: AccountEntry; readonly section: SectionId }
  /** Stands for so many more results that nobody would scroll to. */
  | { readonly kind: 'more'; readonly count: number }
  | RoleItem;

/** A row with a role, named by its place among its account's roles. */
export interface RoleItem extends FoundRole {
  readonly kind: 'role';
  readonly section: SectionId;
  /** Beneath its account's row, or with the account named in the row itself. */
  readonly form: 'nested' | 'full';
}

/** What the list is made of. */
export interface ListSource {
  readonly directories: readonly { readonly ssoSession: string; readonly accounts: readonly AccountEntry[] }[];
  readonly profiles: readonly AccountEntry[];
  readonly find: (key: string) => RoleEntry | undefined;
  readonly marks: AppState['marks'];
  readonly liveRoles: AppState['liveRoles'];
  readonly recentTargets: AppState['recentTargets'];
  readonly showHidden: boolean;
}

const MOST_RECENT = 5;

/** A text that is this item's alone, and stays the same while the list changes around it. */
export function itemId(item: ListItem): string {
  switch (item.kind) {
    case 'section':
      return item.section;
    case 'account':
      return `${item.section} ${item.account.key}`;
    case 'more':
      return item.kind;
    case 'role':
      return `${item.section} ${roleOf(item).key}`;
  }
}

/** A role that is selected, and the part of the list in which it is. */
export interface Selection {
  readonly section: SectionId;
  readonly entry: RoleEntry;
}

/** Where a selection stands now; -1 where the list holds it no more. Looks at ids first: roles of accounts out of sight are not made for this. */
export function placeOf(items: readonly ListItem[], selection: Selection): number {
  const { section, entry } = selection;
  return items.findIndex(
    (item) =>
      item.kind === 'role' &&
      item.section === section &&
      item.account.accountId === entry.account.accountId &&
      roleOf(item).key === entry.key,
  );
}

/** The role of an item. */
export function roleOf(item: FoundRole): RoleEntry {
  const entry = item.account.roles[item.roleAt];
  if (entry === undefined) {
    throw new RangeError('An item names a role that its account does not have');
  }
  return entry;
}

/** The list as it stands before anything is typed: pinned, live, recent, then everything by account. A role shows once above the accounts. */
export function browseItems(source: ListSource): readonly ListItem[] {
  const shown = new Set<string>();
  const items: ListItem[] = [];
  const add = (section: SectionId, entries: readonly RoleEntry[]): void => {
    const fresh = entries.filter((entry) => !shown.has(entry.key));
    if (fresh.length > 0) {
      items.push({ kind: 'section', section });
    }
    for (const entry of fresh) {
      shown.add(entry.key);
      items.push({
        kind: 'role',
        account: entry.account,
        roleAt: entry.account.roles.indexOf(entry),
        section,
        form: 'full',
      });
    }
  };
  const found = (keys: readonly string[]): readonly RoleEntry[] => keys.flatMap((key) => source.find(key) ?? []);
  add('pinned', pinnedEntries(source));
  add('live', found(source.liveRoles.map((role) => role.key)));
  const recent = found(source.recentTargets.map((target) => targetKey(target)));
  add('recent', recent.filter((entry) => !shown.has(entry.key)).slice(0, MOST_RECENT));
  const isHidden = source.showHidden ? () => false : hiddenTest(source.marks);
  for (const directory of source.directories) {
    addAccounts(items, `directory:${directory.ssoSession}`, directory.accounts, isHidden);
  }
  addProfiles(items, source.profiles, isHidden);
  return items;
}

/** The list while a query stands in the field. */
export function resultItems({ roles, total }: Pick<SearchResult, 'roles' | 'total'>): readonly ListItem[] {
  const items = roleItems(roles);
  return total > roles.length ? [...items, { kind: 'more', count: total - roles.length }] : items;
}

/** Roles as rows of their own. */
export function roleItems(roles: readonly FoundRole[]): readonly RoleItem[] {
  return roles.map(({ account, roleAt }) => ({ kind: 'role', account, roleAt, section: 'results', form: 'full' }));
}

/** Pinned roles in the user's order, else by name. */
function pinnedEntries({ marks, find }: Pick<ListSource, 'marks' | 'find'>): readonly RoleEntry[] {
  return Object.entries(marks)
    .filter(([, mark]) => mark.pinned === true)
    .flatMap(([key]) => find(key) ?? [])
    .sort(
      (a, b) =>
        orderOf(marks[a.key]) - orderOf(marks[b.key]) || (a.account.name.folded < b.account.name.folded ? -1 : 1),
    );
}

function orderOf(marks: Marks | undefined): number {
  return marks?.order ?? Number.MAX_SAFE_INTEGER;
}

/** Accounts with their roles beneath. An account whose roles are all hidden is hidden with them; one whose roles are not known yet is not. */
function addAccounts(
  items: ListItem[],
  section: SectionId,
  accounts: readonly AccountEntry[],
  isHidden: HiddenTest,
): void {
  const head = items.length;
  for (const account of accounts) {
    const place = items.length;
    account.roleNames.forEach((_name, roleAt) => {
      if (!isHidden(account, roleAt)) {
        if (items.length === place) {
          items.push({ kind: 'account', account, section });
        }
        items.push({ kind: 'role', account, roleAt, section, form: 'nested' });
      }
    });
    if (account.roleNames.length === 0 && !isHidden(account, 0)) {
      items.push({ kind: 'account', account, section });
    }
  }
  if (items.length > head) {
    items.splice(head, 0, { kind: 'section', section });
  }
}

function addProfiles(items: ListItem[], profiles: readonly AccountEntry[], isHidden: HiddenTest): void {
  const rows = profiles.filter((account) => !isHidden(account, 0));
  if (rows.length > 0) {
    items.push({ kind: 'section', section: 'profiles' });
    items.push(
      ...rows.map((account): RoleItem => ({ kind: 'role', account, roleAt: 0, section: 'profiles', form: 'full' })),
    );
  }
}
