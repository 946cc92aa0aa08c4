import type { GuardFacts } from '../../shared/guarded.ts';
import { isGuarded } from './guard.ts';
import { hiddenTest } from './hidden-test.ts';
import { roleOf } from './list-item.ts';
import type { FoundRole } from './search-access.ts';

/** Which rows of the table are shown. */
export const TABLE_FILTERS = ['all', 'pinned', 'live', 'guarded', 'hidden'] as const;

export type TableFilter = (typeof TABLE_FILTERS)[number];

/** What the table can be ordered by. */
export type TableColumn = 'account' | 'id' | 'role' | 'access';

/** A column and a direction. */
export interface TableSort {
  readonly column: TableColumn;
  readonly direction: 'up' | 'down';
}

/** What filters and order look at. */
export interface TableContext {
  readonly guard: GuardFacts;
  /** When the credentials held for a target end, by its key. */
  readonly live: ReadonlyMap<string, string>;
  readonly filter: TableFilter;
  /** Undefined keeps the order of the entries: best match first while searching, else by account. */
  readonly sort: TableSort | undefined;
}

/** The rows to show, in order. */
export function tableRows(roles: readonly FoundRole[], context: TableContext): readonly FoundRole[] {
  const rows = roles.filter(filterTest(context));
  const { sort } = context;
  if (sort === undefined) {
    return rows;
  }
  const sign = sort.direction === 'up' ? 1 : -1;
  const key = sortKey(sort.column, context);
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0))
    .map(({ row }) => row);
}

/** The order after a click on a column's head: up, then down, then as it was. */
export function nextSort(sort: TableSort | undefined, column: TableColumn): TableSort | undefined {
  if (sort?.column !== column) {
    return { column, direction: 'up' };
  }
  return sort.direction === 'up' ? { column, direction: 'down' } : undefined;
}

function filterTest({ filter, guard, live }: TableContext): (row: FoundRole) => boolean {
  const { marks } = guard;
  const isHidden = hiddenTest(marks);
  switch (filter) {
    case 'all':
      return (row) => !isHidden(row.account, row.roleAt);
    case 'pinned':
      return (row) => marks[roleOf(row).key]?.pinned === true;
    case 'live':
      return (row) => live.has(roleOf(row).key);
    case 'guarded':
      return (row) => isGuarded(roleOf(row), guard);
    case 'hidden':
      return (row) => isHidden(row.account, row.roleAt);
  }
}

/** Orders after every name and every date. */
const LAST = '\uffff';

function sortKey(column: TableColumn, { live }: TableContext): (row: FoundRole) => string {
  switch (column) {
    case 'account':
      return (row) => row.account.name.folded;
    case 'id':
      return (row) => row.account.id.folded;
    case 'role':
      return (row) => row.account.roleNames[row.roleAt]?.folded || LAST;
    case 'access':
      // Roles without credentials come after those with.
      return (row) => live.get(roleOf(row).key) ?? LAST;
  }
}
