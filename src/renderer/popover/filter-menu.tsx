import type { MouseEvent, RefObject } from 'react';
import type { ProfileKind } from '../../shared/app-state.ts';
import type { Text } from '../i18n/text.ts';
import { displayText } from '../model/display-text.ts';
import { regionLabel } from '../../shared/regions.ts';
import {
  chosen,
  filterChoices,
  withFilter,
  type FilterChoice,
  type FilterKey,
  type RoleState,
} from '../model/role-filters.ts';
import { searchAccess, type SearchScope } from '../model/search-access.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useSettings } from '../shell/use-settings.ts';
import { useText } from '../shell/use-text.ts';
import type { MenuEntry } from '../state/menu.ts';

/** What the menu reads and writes. */
interface FilterTools {
  readonly scope: SearchScope;
  readonly query: string;
  readonly setQuery: (query: string) => void;
}

/**
 * The menu that writes filters into the search, so that nobody has to know how they are written, and keeps searches: the name of its
 * button, and what opens it beside that. The keyboard then is in the search field.
 */
export function useFilterMenu(
  { scope, query, setQuery: write }: FilterTools,
  search: RefObject<HTMLInputElement | null>,
): { readonly label: string; readonly open: (event: MouseEvent<HTMLElement>) => void } {
  const text = useText();
  const { menus, actions, state } = useShell();
  const saved = useSettings().savedSearches;
  const label = text.t.table.filter;
  const setQuery = (query: string): void => {
    write(query);
    search.current?.focus();
  };
  const tools = { scope, query, setQuery };
  const entries = (): readonly MenuEntry[] => [
    ...savedEntries(saved, tools, text),
    ...filterEntries({ ...tools, scope: { ...scope, nowMs: Date.now() + (state.get()?.clockSkewMs ?? 0) } }, text),
    ...saveEntry(saved, tools, text, (savedSearches) => actions.updateSettings({ savedSearches })),
  ];
  return { label, open: (event) => menus.open({ label, anchor: event.currentTarget, entries: entries() }) };
}

function savedEntries(saved: readonly string[], { query, setQuery }: FilterTools, { t }: Text): readonly MenuEntry[] {
  const items = saved.map((search): MenuEntry => {
    const checked = search === query.trim();
    return {
      kind: 'item',
      id: `saved:${search}`,
      label: displayText(search),
      checked,
      run: () => setQuery(checked ? '' : `${search} `),
    };
  });
  return group('saved', t.table.saved, items);
}

/** As many, and as long, as the settings hold. */
const MOST_SAVED = 20;
const LONGEST_SAVED = 200;

/** Saves the search in the field, or forgets it where it is saved. */
function saveEntry(
  saved: readonly string[],
  { query }: FilterTools,
  { t }: Text,
  save: (saved: string[]) => void,
): readonly MenuEntry[] {
  const search = query.trim();
  const others = saved.filter((other) => other !== search);
  const isSaved = others.length < saved.length;
  return search === '' || search.length > LONGEST_SAVED
    ? []
    : [
        { kind: 'line', id: 'line' },
        {
          kind: 'item',
          id: 'save',
          label: isSaved ? t.table.forget : t.table.save,
          icon: isSaved ? 'trash' : 'plus',
          run: () => save(isSaved ? others : [search, ...others].slice(0, MOST_SAVED)),
        },
      ];
}

function filterEntries(tools: FilterTools, text: Text): readonly MenuEntry[] {
  const { t } = text;
  return [
    ...entriesOf('is', tools, text),
    ...group('in', t.table.source, entriesOf('in', tools, text)),
    ...group('type', t.table.columns.type, entriesOf('type', tools, text)),
    ...group('region', t.destination.region, entriesOf('region', tools, text)),
  ];
}

function group(id: string, label: string, items: readonly MenuEntry[]): readonly MenuEntry[] {
  return items.length === 0 ? [] : [{ kind: 'heading', id, label }, ...items];
}

/** What would leave something to see, each with how much, and not what all have in common; what is chosen can be taken back. */
function entriesOf(key: FilterKey, { scope, query, setQuery }: FilterTools, text: Text): readonly MenuEntry[] {
  const choices = filterChoices(key, scope);
  const current = chosen(query, key, choices);
  const without = withFilter(query, key);
  const all = countOf(without, scope);
  return choices.flatMap((choice): readonly MenuEntry[] => {
    const checked = choice.id === current;
    const narrowed = withFilter(query, key, choice.value);
    const count = countOf(narrowed, scope);
    const item: MenuEntry = {
      kind: 'item',
      id: `${key}:${choice.id}`,
      label: labelOf(key, choice, scope, text),
      note: text.format.number(count),
      checked,
      run: () => setQuery(checked ? without : narrowed),
    };
    return checked || (count > 0 && (count !== all || key === 'is')) ? [item] : [];
  });
}

function countOf(query: string, scope: SearchScope): number {
  return searchAccess(scope, query, 0).total;
}

function labelOf(key: FilterKey, { id }: FilterChoice, { ssoSessions }: SearchScope, { t, language }: Text): string {
  switch (key) {
    case 'is':
      return t.table.filters[id as RoleState];
    case 'in':
      return displayText(ssoSessions.find((session) => session.id === id)?.name ?? t.sections.profiles);
    case 'type':
      return t.profileKinds[id as ProfileKind];
    case 'region':
      return regionLabel(id, language);
    case 'profile':
      return displayText(id);
  }
}
