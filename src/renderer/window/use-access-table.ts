import { useEffect, useMemo, useState } from 'react';
import type { AccountEntry } from '../model/access-entry.ts';
import { roleItems } from '../model/list-items.ts';
import { createSearch, queryWords, type FoundRole } from '../model/search-access.ts';
import { nextSort, tableRows, type TableColumn, type TableFilter, type TableSort } from '../model/table-rows.ts';
import { useSelection, type AccessListState } from '../popover/use-access-list.ts';
import { useAccess, useAppState } from '../shell/use-app-state.ts';

/** The table with its search, filters, order and selection; to the keyboard it is a list like the popover's. */
export interface AccessTableState extends AccessListState {
  readonly filter: TableFilter;
  readonly setFilter: (filter: TableFilter) => void;
  /** Id of the Identity Center shown alone, `profiles` for the profiles, or empty for all. */
  readonly source: string;
  readonly setSource: (source: string) => void;
  readonly sort: TableSort | undefined;
  readonly sortBy: (column: TableColumn) => void;
  readonly select: (index: number) => void;
}

/** Keeps the table; selects the role whose key is `wanted`, as often as another is wanted. */
export function useAccessTable(wanted: string | undefined): AccessTableState {
  const [query, setQueryText] = useState('');
  const [filter, setFilter] = useState<TableFilter>('all');
  const [source, setSource] = useState('');
  const [sort, setSort] = useState<TableSort | undefined>(undefined);
  const access = useAccess();
  const marks = useAppState((state) => state.marks);
  const guardRules = useAppState((state) => state.settings.guardRules);
  const directories = useAppState((state) => state.directories);

  const [search] = useState(createSearch);
  const words = useMemo(() => queryWords(query), [query]);
  const accounts = useMemo(() => {
    if (source === '') {
      return access.accounts;
    }
    return source === 'profiles' ? access.profiles : access.accounts.filter((account) => account.ssoSession === source);
  }, [access, source]);
  const roles = useMemo(
    () =>
      words.length > 0
        ? search({ ...access, accounts, marks, showHidden: true }, query).roles
        : accounts.flatMap((account) => rolesOf(account)),
    [search, words, query, access, accounts, marks],
  );
  const items = useMemo(
    () => roleItems(tableRows(roles, { guard: { marks, guardRules, directories }, live: access.live, filter, sort })),
    [roles, marks, guardRules, directories, access.live, filter, sort],
  );
  const { clear, ...selection } = useSelection(items);
  useEffect(() => {
    const entry = wanted === undefined ? undefined : access.find(wanted);
    const index = entry === undefined ? -1 : items.placeOf({ section: 'results', entry });
    if (index >= 0) {
      selection.select(index);
    }
    // Once for each that is wanted: after that the selection is the user's.
    // eslint-disable-next-line react/exhaustive-deps
  }, [wanted]);
  return {
    ...selection,
    query,
    words,
    items,
    filter,
    source,
    sort,
    setFilter,
    setSource,
    setQuery(next) {
      setQueryText(next);
      clear();
    },
    sortBy: (column) => setSort(nextSort(sort, column)),
  };
}

function rolesOf(account: AccountEntry): readonly FoundRole[] {
  return Array.from({ length: account.roleCount }, (_, roleAt) => ({ account, roleAt }));
}
