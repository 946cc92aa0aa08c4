import { roleOf } from './list-item.ts';
import { ownName } from './own-name.ts';
import { kindOf, profilesOf, regionsOf, tagsOf, type FilterScope } from './role-filters.ts';
import type { FoundRole } from './best-roles.ts';
import type { ColumnName } from './table-columns.ts';

/** What the table can be ordered by. */
export type SortColumn = Exclude<ColumnName, 'pin'>;

/** A column and a direction. */
export interface TableSort {
  readonly column: SortColumn;
  readonly direction: 'up' | 'down';
}

/** What the table's order looks at. */
export interface TableContext extends FilterScope {
  /** Undefined keeps the order of the rows: best match first while searching, else by account. */
  readonly sort: TableSort | undefined;
}

/** The rows in order. */
export function tableRows(rows: readonly FoundRole[], context: TableContext): readonly FoundRole[] {
  const { sort } = context;
  if (sort === undefined) {
    return rows;
  }
  const sign = sort.direction === 'up' ? 1 : -1;
  const key = sortKey(sort.column, context);
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => {
      // What has nothing in the column stands last, whichever way it is ordered.
      const way = a.key === LAST || b.key === LAST ? 1 : sign;
      return a.key < b.key ? -way : a.key > b.key ? way : 0;
    })
    .map(({ row }) => row);
}

/** The order after a click on a column's head: up, then down, then as it was. */
export function nextSort(sort: TableSort | undefined, column: SortColumn): TableSort | undefined {
  if (sort?.column !== column) {
    return { column, direction: 'up' };
  }
  return sort.direction === 'up' ? { column, direction: 'down' } : undefined;
}

/** Orders after every name and every date. */
const LAST = '\uffff';

function sortKey(column: SortColumn, scope: FilterScope): (row: FoundRole) => string {
  const { marks } = scope.guard;
  switch (column) {
    case 'account':
      return ({ account }) => (ownName(marks, account.key) ?? account.name).folded;
    case 'id':
      return (row) => row.account.id.folded;
    case 'email':
      return (row) => row.account.email.folded || LAST;
    case 'role':
      return (row) => (ownName(marks, roleOf(row).key) ?? row.account.roleNames[row.roleAt])?.folded || LAST;
    case 'type':
      return ({ account }) => `${kindOf(account)} ${account.ssoSession ?? ''}`;
    case 'session':
      return ({ account }) => account.ssoSession ?? LAST;
    case 'region':
      return (row) => regionsOf(roleOf(row), scope)[0] || LAST;
    case 'profiles':
      return (row) => (profilesOf(roleOf(row), scope)[0] ?? LAST).toLowerCase();
    case 'tags':
      return (row) => (tagsOf(roleOf(row), marks)[0] ?? LAST).toLowerCase();
    case 'access':
      // Roles without credentials come after those with.
      return (row) => scope.live.get(roleOf(row).key) ?? LAST;
  }
}
