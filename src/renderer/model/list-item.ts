import type { AccountEntry, RoleEntry } from './access-entry.ts';
import type { FoundRole } from './best-roles.ts';

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

/** The role of an item. */
export function roleOf(item: FoundRole): RoleEntry {
  const entry = item.account.roles[item.roleAt];
  if (entry === undefined) {
    throw new RangeError('An item names a role that its account does not have');
  }
  return entry;
}
