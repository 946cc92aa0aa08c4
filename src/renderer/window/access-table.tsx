import { useEffect, useEffectEvent, useMemo, type JSX } from 'react';
import { classes } from '../components/classes.ts';
import { Icon } from '../components/icon.tsx';
import { useRowWindow } from '../components/use-row-window.ts';
import { itemId, roleOf } from '../model/list-item.ts';
import { evenTops } from '../model/row-window.ts';
import type { TableColumn } from '../model/table-rows.ts';
import { rowDomId } from '../popover/access-list.tsx';
import { roleFacts, useRowContext } from '../popover/row-context.ts';
import { useRoleActions } from '../popover/use-role-actions.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { roleFields } from './role-fields.ts';
import { TableRow } from './table-row.tsx';
import type { AccessTableState } from './use-access-table.ts';

/** The table, of which only the rows in sight are in the page. */
export function AccessTable(props: { readonly id: string; readonly table: AccessTableState }): JSX.Element {
  const { id, table } = props;
  const { items, activeIndex } = table;
  const text = useText();
  const actions = useRoleActions();
  const context = useRowContext();
  const { rowHeights } = useShell();
  const tops = useMemo(() => evenTops(items.length, rowHeights.table), [items, rowHeights]);
  // The head stays above the rows.
  const { scroller, indexes, reveal } = useRowWindow(tops, rowHeights.section);
  const activeKey = table.active?.entry.key;
  const follow = useEffectEvent((selected: string | undefined) => {
    if (selected !== undefined) {
      reveal(activeIndex);
    }
  });
  // Only a moved selection is followed; rows that come and go must not scroll the table.
  useEffect(() => follow(activeKey), [activeKey]);
  return (
    <div
      ref={scroller}
      id={id}
      className="table"
      role="grid"
      aria-label={text.t.list.label}
      aria-rowcount={items.length + 1}
      tabIndex={0}
      hidden={items.length === 0}
    >
      <TableHead table={table} />
      <div className="table__rows" role="rowgroup" style={{ height: tops[items.length] }}>
        {indexes.map((index) => {
          const item = items.at(index);
          return (
            item?.kind === 'role' && (
              <TableRow
                {...roleFacts(roleOf(item), context)}
                {...roleFields(roleOf(item), table.scope, text)}
                key={itemId(item)}
                id={rowDomId(id, index)}
                index={index}
                top={tops[index] ?? 0}
                entry={roleOf(item)}
                active={activeIndex === index}
                accountTags={context.guard.marks[item.account.key]?.tags}
                roleTags={context.guard.marks[roleOf(item).key]?.tags}
                words={table.words}
                actions={actions}
                select={table.select}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function TableHead({ table }: { readonly table: AccessTableState }): JSX.Element {
  const { t } = useText();
  return (
    <div className="table__head" role="row" aria-rowindex={1}>
      <span role="columnheader">
        <span className="visually-hidden">{t.table.columns.pin}</span>
      </span>
      <SortHead table={table} column="account" />
      <SortHead table={table} column="id" />
      <SortHead table={table} column="role" />
      <SortHead table={table} column="type" />
      <SortHead table={table} column="region" />
      <span role="columnheader" className="table__sort table__cell--profiles">
        {t.sections.profiles}
      </span>
      <span role="columnheader" className="table__sort table__cell--tags">
        {t.table.columns.tags}
      </span>
      <SortHead table={table} column="access" />
    </div>
  );
}

function SortHead({ table, column }: { readonly table: AccessTableState; readonly column: TableColumn }): JSX.Element {
  const { t } = useText();
  const direction = table.sort?.column === column ? table.sort.direction : undefined;
  return (
    <span
      role="columnheader"
      className={`table__cell--${column}`}
      aria-sort={direction === undefined ? 'none' : direction === 'up' ? 'ascending' : 'descending'}
    >
      <button
        type="button"
        className={classes(
          'table__sort',
          column === 'access' && 'table__sort--trail',
          direction === 'up' && 'table__sort--up',
        )}
        onClick={() => table.sortBy(column)}
      >
        <span className="truncate">{column === 'region' ? t.destination.region : t.table.columns[column]}</span>
        {direction !== undefined && <Icon name="chevron-down" />}
      </button>
    </span>
  );
}
