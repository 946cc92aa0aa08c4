import type { AccountEntry } from './access-entry.ts';
import { NOTHING_HIDDEN, type RoleTest } from './hidden-test.ts';
import { roleOf, type ListItem, type SectionId, type Selection } from './list-item.ts';
import type { FoundRole } from './best-roles.ts';

/** What a row of a list is, as far as its height and the selection go. */
export type ItemKind = 'section' | 'account' | 'more' | 'nested' | 'full';

/** The kinds by their numbers. */
export const ITEM_KINDS: readonly ItemKind[] = ['section', 'account', 'more', 'nested', 'full'];

const [SECTION, ACCOUNT, MORE, NESTED, FULL] = [0, 1, 2, 3, 4];

/** A long list. Each item is made when it is looked at: of tens of thousands a few dozen ever are. */
export interface ItemList {
  readonly length: number;
  readonly at: (index: number) => ListItem | undefined;
  /** For each item the number of its kind. */
  readonly kinds: Uint8Array;
  /** Where a selection stands now; -1 where the list holds it no more. */
  readonly placeOf: (selection: Selection) => number;
}

/** Neighbouring items of a list that are made alike. */
export interface ListPart {
  readonly length: number;
  readonly at: (index: number) => ListItem | undefined;
  readonly placeOf: (selection: Selection) => number;
  /** Writes the numbers of its kinds into its own stretch of the list's. */
  readonly writeKinds: (kinds: Uint8Array) => void;
}

/** Whether the item there is a role, which alone can be selected. */
export function isRoleAt(list: ItemList, index: number): boolean {
  const kind = list.kinds[index];
  return kind === NESTED || kind === FULL;
}

/** The place of the first role; -1 where there is none. */
export function firstRole(list: ItemList): number {
  return list.kinds.findIndex((kind) => kind === NESTED || kind === FULL);
}

/** A list of these parts, one below the other. */
export function itemList(parts: readonly ListPart[]): ItemList {
  const starts = placesOf(parts, (part) => part.length);
  const length = starts.at(-1) ?? 0;
  const kinds = new Uint8Array(length);
  parts.forEach((part, at) => part.writeKinds(kinds.subarray(starts[at], starts[at + 1])));
  return {
    length,
    kinds,
    at(index) {
      const part = index < 0 ? -1 : lastAtMost(starts, index);
      return parts[part]?.at(index - (starts[part] ?? 0));
    },
    placeOf(selection) {
      for (const [at, part] of parts.entries()) {
        const place = part.placeOf(selection);
        if (place >= 0) {
          return place + (starts[at] ?? 0);
        }
      }
      return -1;
    },
  };
}

/** Items that are there already. */
export function plainPart(items: readonly ListItem[]): ListPart {
  return {
    length: items.length,
    at: (index) => items[index],
    placeOf: (selection) =>
      items.findIndex((item) => item.kind === 'role' && item.section === selection.section && holds(item, selection)),
    writeKinds: (kinds) => items.forEach((item, at) => (kinds[at] = kindOf(item))),
  };
}

/** Roles as rows of their own. */
export function rolesPart(section: SectionId, roles: readonly FoundRole[]): ListPart {
  return {
    length: roles.length,
    at(index) {
      const role = roles[index];
      return role && { kind: 'role', account: role.account, roleAt: role.roleAt, section, form: 'full' };
    },
    placeOf: (selection) => (selection.section === section ? roles.findIndex((role) => holds(role, selection)) : -1),
    writeKinds: (kinds) => kinds.fill(FULL),
  };
}

/** Accounts with their roles beneath. An account whose roles are all hidden is hidden with them; one whose roles are not known yet is not. */
export function accountsPart(section: SectionId, all: readonly AccountEntry[], isHidden: RoleTest): ListPart {
  const rolesOf = (account: AccountEntry): readonly number[] => shownRoles(account, isHidden);
  const accounts = isHidden === NOTHING_HIDDEN ? all : all.filter((account) => isShown(account, isHidden));
  const countOf = (account: AccountEntry): number =>
    isHidden === NOTHING_HIDDEN ? account.roleCount : rolesOf(account).length;
  const starts = placesOf(accounts, (account) => 1 + countOf(account));
  return {
    length: starts.at(-1) ?? 0,
    at(index) {
      const place = lastAtMost(starts, index);
      const account = accounts[place];
      const below = index - (starts[place] ?? 0) - 1;
      if (account === undefined || below < 0) {
        return account && { kind: 'account', account, section };
      }
      const roleAt = isHidden === NOTHING_HIDDEN ? below : rolesOf(account)[below];
      return roleAt === undefined ? undefined : { kind: 'role', account, roleAt, section, form: 'nested' };
    },
    placeOf(selection) {
      const { account, key } = selection.entry;
      const place =
        selection.section === section ? accounts.findIndex(({ accountId }) => accountId === account.accountId) : -1;
      const found = accounts[place];
      const below = found === undefined ? -1 : rolesOf(found).findIndex((roleAt) => found.roles[roleAt]?.key === key);
      return below < 0 ? -1 : (starts[place] ?? 0) + 1 + below;
    },
    writeKinds(kinds) {
      kinds.fill(NESTED);
      starts.forEach((start) => (kinds[start] = ACCOUNT));
    },
  };
}

/** Looks at ids first: roles of accounts out of sight are not made for this. */
function holds(role: FoundRole, { entry }: Selection): boolean {
  return role.account.accountId === entry.account.accountId && roleOf(role).key === entry.key;
}

function isShown(account: AccountEntry, isHidden: RoleTest): boolean {
  return account.roleCount === 0 ? !isHidden(account, 0) : shownRoles(account, isHidden).length > 0;
}

function shownRoles(account: AccountEntry, isHidden: RoleTest): readonly number[] {
  return Array.from({ length: account.roleCount }, (_, roleAt) => roleAt).filter((at) => !isHidden(account, at));
}

function kindOf(item: ListItem): number {
  switch (item.kind) {
    case 'section':
      return SECTION;
    case 'account':
      return ACCOUNT;
    case 'more':
      return MORE;
    case 'role':
      return item.form === 'full' ? FULL : NESTED;
  }
}

/** Where each of these stretches begins, and last where the last one ends. */
function placesOf<Stretch>(stretches: readonly Stretch[], lengthOf: (stretch: Stretch) => number): Uint32Array {
  const places = new Uint32Array(stretches.length + 1);
  let end = 0;
  stretches.forEach((stretch, at) => {
    end += lengthOf(stretch);
    places[at + 1] = end;
  });
  return places;
}

/** The place of the last of these rising numbers that is not above `value`. */
export function lastAtMost(numbers: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? Infinity) <= value) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
