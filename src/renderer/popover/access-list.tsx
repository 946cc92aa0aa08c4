import { useEffect, useMemo, useRef, type JSX } from 'react';
import { useRowWindow, type RowWindow } from '../components/use-row-window.ts';
import { firstRole } from '../model/item-list.ts';
import { ownName } from '../model/own-name.ts';
import { roleOf, type ListItem } from '../model/list-item.ts';
import { rowTops } from '../model/row-window.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { AccountRow } from './account-row.tsx';
import { MoreRow } from './more-row.tsx';
import { RoleRow, type RoleRowActions } from './role-row.tsx';
import { roleFacts, useRowContext, type RowContext } from './row-context.ts';
import { SectionRow } from './section-row.tsx';
import { useSectionHeads, type SectionHeads } from './use-section-heads.ts';
import type { AccessListState } from './use-access-list.ts';
import './access-list.css';

/** DOM id of a row, for `aria-activedescendant`. */
export function rowDomId(listId: string, index: number): string {
  return `${listId}-row-${index}`;
}

/** The long list, of which only the rows in sight are in the page. */
export function AccessList(props: {
  readonly id: string;
  readonly list: AccessListState;
  readonly actions: RoleRowActions;
}): JSX.Element {
  const { list } = props;
  const { items } = list;
  const { t } = useText();
  const context = useRowContext();
  const heads = useSectionHeads();
  const { rowHeights } = useShell();
  const tops = useMemo(
    () => rowTops(items, { ...rowHeights, more: rowHeights.role, nested: rowHeights.role, full: rowHeights.target }),
    [items, rowHeights],
  );
  const { scroller, indexes, reveal, toTop } = useRowWindow(tops);
  useFollowSelection(list, reveal, toTop);
  return (
    <div
      ref={scroller}
      id={props.id}
      className="list"
      role="grid"
      aria-label={t.list.label}
      aria-rowcount={items.length}
      tabIndex={0}
    >
      <div className="list__rows" role="rowgroup" style={{ height: tops[items.length] }}>
        {indexes.map((index) => {
          const item = items.at(index);
          return (
            item !== undefined && (
              // By place: each letter typed brings other roles, for which the browser changes texts instead of making rows anew.
              <div
                key={index}
                className="list__row"
                role="presentation"
                style={{ transform: `translateY(${tops[index] ?? 0}px)` }}
              >
                <ItemRow {...props} item={item} index={index} context={context} heads={heads} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

/** Brings the selected row into sight when the selection moves; the first row brings its head along. */
function useFollowSelection(list: AccessListState, reveal: RowWindow['reveal'], toTop: RowWindow['toTop']): void {
  const { items, activeIndex, active } = list;
  const activeId = active === undefined ? undefined : `${active.section} ${active.entry.key}`;
  const followed = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (activeId === followed.current || activeIndex < 0) {
      return;
    }
    followed.current = activeId;
    if (activeIndex === firstRole(items)) {
      toTop();
    } else {
      reveal(activeIndex);
    }
  }, [activeId, activeIndex, items, reveal, toTop]);
}

interface ItemRowProps {
  readonly id: string;
  readonly item: ListItem;
  readonly index: number;
  readonly list: AccessListState;
  readonly actions: RoleRowActions;
  readonly context: RowContext;
  readonly heads: SectionHeads;
}

function ItemRow({ id, item, index, list, actions, context, heads }: ItemRowProps): JSX.Element {
  const rowIndex = index + 1;
  switch (item.kind) {
    case 'section':
      return <SectionRow rowIndex={rowIndex} {...heads(item.section)} />;
    case 'account': {
      const { marks } = context.guard;
      const { key, name } = item.account;
      return (
        <AccountRow
          rowIndex={rowIndex}
          account={item.account}
          name={(ownName(marks, key) ?? name).shown}
          colour={marks[key]?.colour}
        />
      );
    }
    case 'more':
      return <MoreRow rowIndex={rowIndex} count={item.count} />;
    case 'role': {
      const entry = roleOf(item);
      return (
        <RoleRow
          {...roleFacts(entry, context)}
          id={rowDomId(id, index)}
          rowIndex={rowIndex}
          entry={entry}
          form={item.form}
          active={list.activeIndex === index}
          words={list.words}
          actions={actions}
        />
      );
    }
  }
}
