import { useMemo, useState } from 'react';
import type { FoundRole } from '../model/best-roles.ts';
import { hiddenTest } from '../model/hidden-test.ts';
import { roleItems } from '../model/list-items.ts';
import { createSearch, nameWords, type SearchScope } from '../model/search-access.ts';
import { shownColumns, type ShownColumn } from '../model/table-columns.ts';
import { nextSort, tableRows, type SortColumn, type TableSort } from '../model/table-rows.ts';
import { useSelection, type AccessListState } from '../popover/use-access-list.ts';
import { useWanted, type ShownSearch } from '../popover/use-access-search.ts';
import { useSearchScope } from '../shell/use-search-scope.ts';
import { useSettings } from '../shell/use-settings.ts';
import { useSeveral, type SeveralState } from './use-several.ts';

/** The table with its search, order and selection; to the keyboard it is a list like the popover's. */
export interface AccessTableState extends AccessListState, SeveralState {
  readonly columns: readonly ShownColumn[];
  readonly sort: TableSort | undefined;
  readonly sortBy: (column: SortColumn) => void;
  readonly select: (index: number) => void;
}

/** Keeps the table; selects the role whose key is `wanted`, as often as another is wanted. */
export function useAccessTable(held: ShownSearch, wanted: string | undefined): AccessTableState {
  const { query } = held;
  const scope = useSearchScope(query);
  const { tableColumns } = useSettings();
  const columns = useMemo(() => shownColumns(tableColumns), [tableColumns]);
  // Nobody could change an order by a column that was put away.
  const sort = columns.some(({ name }) => name === held.sort?.column) ? held.sort : undefined;

  const [search] = useState(createSearch);
  const words = useMemo(() => nameWords(query), [query]);
  const { roles, unknown } = useMemo(
    () => (query.trim() === '' ? { roles: allRoles(scope), unknown: undefined } : search(scope, query)),
    [search, query, scope],
  );
  const items = useMemo(() => roleItems(tableRows(roles, { ...scope, sort })), [roles, scope, sort]);
  const selection = useSelection(items, held);
  const several = useSeveral(items, held, selection);
  useWanted(held, wanted, () => 'results');
  return {
    ...selection,
    ...several,
    query,
    words,
    unknown,
    items,
    scope,
    columns,
    sort,
    setQuery: held.search,
    sortBy: (column) => held.setSort(nextSort(sort, column)),
  };
}

/** Every role in sight; the accounts of which nothing is hidden are asked for nothing but how many roles they have. */
function allRoles({ accounts, guard }: SearchScope): readonly FoundRole[] {
  const isHidden = hiddenTest(guard.marks);
  const roles = accounts.flatMap((account) =>
    Array.from({ length: account.roleCount }, (_, roleAt): FoundRole => ({ account, roleAt })),
  );
  return roles.filter(({ account, roleAt }) => !isHidden(account, roleAt));
}
