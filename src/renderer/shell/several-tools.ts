import type { AppState } from '../../shared/app-state.ts';
import type { RoleEntry } from '../model/access-entry.ts';
import type { MenuEntry } from '../state/menu.ts';
import type { Shell } from './shell.ts';

/** One thing that can be done with several roles. */
export type SeveralItem = Extract<MenuEntry, { readonly kind: 'item' }>;

/** What the menu of several roles is made of. */
export interface SeveralTools {
  readonly shell: Shell;
  readonly state: AppState;
  readonly entries: readonly RoleEntry[];
  /** Where a menu that one of its items opens belongs. */
  readonly anchor: HTMLElement;
}

/** How many of the roles an item is for, where it is not for all. */
export function partNote({ shell, entries }: SeveralTools, count: number): Pick<SeveralItem, 'note'> {
  return count === entries.length ? {} : { note: shell.text.get().format.number(count) };
}
