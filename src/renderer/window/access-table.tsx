import { useEffect, useEffectEvent, useMemo, type JSX, type ReactNode } from 'react';
import { classes } from '../components/classes.ts';
import { Icon } from '../components/icon.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { useRowWindow } from '../components/use-row-window.ts';
import { itemId, roleOf } from '../model/list-item.ts';
import { evenTops } from '../model/row-window.ts';
import type { SortColumn } from '../model/table-rows.ts';
import { rowDomId } from '../popover/access-list.tsx';
import { roleFacts, useRowContext } from '../popover/row-context.ts';
import { useRoleActions } from '../popover/use-role-actions.ts';
import { openSeveralMenu } from '../shell/several-menu.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useLatest } from '../shell/use-latest.ts';
import { useText } from '../shell/use-text.ts';
import { roleFields } from './role-fields.ts';
import { columnClass, TableRow } from './table-row.tsx';
import type { AccessTableState } from './use-access-table.ts';
import { columnLabel, useColumnMenu } from './use-column-menu.ts';

/** The table, of which only the rows in sight are in the page. */
export function AccessTable(props: { readonly id: string; readonly table: AccessTableState }): JSX.Element {
  const { id, table } = props;
  const { items, activeIndex } = table;
  const text = useText();
  const actions = useRoleActions();
  const context = useRowContext();
  const shell = useShell();
  const { rowHeights } = shell;
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
  const menuOf = (index: number, anchor: HTMLElement): void => {
    const item = items.at(index);
    if (item?.kind === 'role') {
      const isOneOfMany = table.several.length > 0 && table.isSelected(roleOf(item), index);
      return isOneOfMany ? openSeveralMenu(shell, table.several, anchor) : actions.showMenu(roleOf(item), anchor);
    }
  };
  const showMenu = useLatest(menuOf);
  return (
    <div
      ref={scroller}
      id={id}
      className="table"
      role="grid"
      aria-multiselectable
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
                columns={table.columns}
                top={tops[index] ?? 0}
                entry={roleOf(item)}
                active={activeIndex === index}
                lead={activeIndex === index && table.several.length > 0}
                selected={table.isSelected(roleOf(item), index)}
                accountTags={context.guard.marks[item.account.key]?.tags}
                roleTags={context.guard.marks[roleOf(item).key]?.tags}
                words={table.words}
                actions={actions}
                press={table.press}
                showMenu={showMenu}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function TableHead({ table }: { readonly table: AccessTableState }): JSX.Element {
  const text = useText();
  const openMenu = useColumnMenu();
  return (
    <div
      className="table__head"
      role="row"
      aria-rowindex={1}
      onContextMenu={(event) => {
        const head = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=columnheader]') : null;
        event.preventDefault();
        openMenu(head ?? event.currentTarget);
      }}
    >
      {table.columns.map((column) =>
        column.name === 'pin' ? (
          <span role="columnheader" key={column.name} className={columnClass(column)}>
            <span className="visually-hidden">{columnLabel(column.name, text)}</span>
          </span>
        ) : (
          <SortHead key={column.name} table={table} column={column.name} className={columnClass(column)}>
            {column.name === 'access' && (
              <IconButton
                icon="columns"
                label={text.t.table.chooseColumns}
                aria-haspopup="menu"
                onClick={(event) => openMenu(event.currentTarget)}
              />
            )}
          </SortHead>
        ),
      )}
    </div>
  );
}

function SortHead(props: {
  readonly table: AccessTableState;
  readonly column: SortColumn;
  readonly className: string;
  readonly children: ReactNode;
}): JSX.Element {
  const { table, column } = props;
  const text = useText();
  const direction = table.sort?.column === column ? table.sort.direction : undefined;
  return (
    <span
      role="columnheader"
      className={props.className}
      aria-sort={direction === undefined ? 'none' : direction === 'up' ? 'ascending' : 'descending'}
    >
      <button
        type="button"
        className={classes('table__sort', direction === 'up' && 'table__sort--up')}
        onClick={() => table.sortBy(column)}
      >
        <span className="truncate">{columnLabel(column, text)}</span>
        {direction !== undefined && <Icon name="chevron-down" />}
      </button>
      {props.children}
    </span>
  );
}
