import type { AppState, Marks } from '../../shared/app-state.ts';
import { targetKey } from '../../shared/role-target.ts';
import type { AccountEntry, RoleEntry } from './access-entry.ts';
import { hiddenTest } from './hidden-test.ts';
import { accountsPart, itemList, plainPart, rolesPart, type ItemList, type ListPart } from './item-list.ts';
import type { ListItem, SectionId } from './list-item.ts';
import type { FoundRole } from './best-roles.ts';
import type { SearchResult } from './search-access.ts';

/** What the list is made of. */
export interface ListSource {
  readonly directories: readonly { readonly ssoSession: string; readonly accounts: readonly AccountEntry[] }[];
  readonly profiles: readonly AccountEntry[];
  readonly find: (key: string) => RoleEntry | undefined;
  readonly marks: AppState['marks'];
  readonly liveRoles: AppState['liveRoles'];
  readonly recentTargets: AppState['recentTargets'];
}

const MOST_RECENT = 5;

/** The list as it stands before anything is typed: pinned, live, recent, then everything by account. A role shows once above the accounts. */
export function browseItems(source: ListSource): ItemList {
  const isHidden = hiddenTest(source.marks);
  const profiles = source.profiles.filter((account) => !isHidden(account, 0));
  const profileRoles = profiles.map((account) => ({ account, roleAt: 0 }));
  return itemList([
    plainPart(quickItems(source)),
    ...source.directories.flatMap(({ ssoSession, accounts }) => {
      const section: SectionId = `directory:${ssoSession}`;
      return withHead(section, accountsPart(section, accounts, isHidden));
    }),
    ...withHead('profiles', rolesPart('profiles', profileRoles)),
  ]);
}

/** The list while a query stands in the field. */
export function resultItems({ roles, total }: Pick<SearchResult, 'roles' | 'total'>): ItemList {
  const more: readonly ListItem[] = total > roles.length ? [{ kind: 'more', count: total - roles.length }] : [];
  return itemList([rolesPart('results', roles), plainPart(more)]);
}

/** Roles as rows of their own. */
export function roleItems(roles: readonly FoundRole[]): ItemList {
  return itemList([rolesPart('results', roles)]);
}

/** A part with the head of its section; nothing where the part is empty. */
function withHead(section: SectionId, part: ListPart): readonly ListPart[] {
  return part.length === 0 ? [] : [plainPart([{ kind: 'section', section }]), part];
}

/** What stands above the accounts. */
function quickItems(source: ListSource): readonly ListItem[] {
  const shown = new Set<string>();
  const items: ListItem[] = [];
  const add = (section: SectionId, entries: readonly RoleEntry[]): void => {
    const fresh = entries.filter((entry) => !shown.has(entry.key));
    if (fresh.length > 0) {
      items.push({ kind: 'section', section });
    }
    for (const entry of fresh) {
      shown.add(entry.key);
      const roleAt = entry.account.roles.indexOf(entry);
      items.push({ kind: 'role', account: entry.account, roleAt, section, form: 'full' });
    }
  };
  const found = (keys: readonly string[]): readonly RoleEntry[] => keys.flatMap((key) => source.find(key) ?? []);
  add('pinned', pinnedEntries(source));
  add('live', found(source.liveRoles.map((role) => role.key)));
  const recent = found(source.recentTargets.map((target) => targetKey(target)));
  add('recent', recent.filter((entry) => !shown.has(entry.key)).slice(0, MOST_RECENT));
  return items;
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
