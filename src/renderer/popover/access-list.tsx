import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type JSX } from 'react';
import { itemId, roleOf, type ListItem } from '../model/list-items.ts';
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
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useRows(list, scroller);
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
      <div className="list__rows" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          return (
            item !== undefined && (
              <div
                key={itemId(item)}
                className="list__row"
                role="presentation"
                style={{ transform: `translateY(${start}px)` }}
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

/** Which rows are in sight, and where. Brings the selected row into sight when the selection moves; the first row brings its head along. */
function useRows(list: AccessListState, scroller: { readonly current: HTMLDivElement | null }) {
  const { rowHeights } = useShell();
  const { items, activeIndex, active } = list;
  // Rows are measured anew when this function is another: with other items, that is.
  const getItemKey = useCallback((index: number) => (index < items.length ? index : -1), [items]);
  // The rule warns those who compile their components; here nothing is memoized behind the library's back.
  // eslint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeights[heightKey(items[index])],
    getItemKey,
    overscan: 6,
  });
  const activeId = active === undefined ? undefined : `${active.section} ${active.entry.key}`;
  const followed = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (activeId === followed.current || activeIndex < 0) {
      return;
    }
    followed.current = activeId;
    const isFirst = items.findIndex((item) => item.kind === 'role') === activeIndex;
    if (!isFirst) {
      virtualizer.scrollToIndex(activeIndex, { align: 'auto' });
    } else if ((virtualizer.scrollOffset ?? 0) > 0) {
      // Asked first, for scrolling makes the browser lay out the page, and while one types it is at the top already.
      virtualizer.scrollToOffset(0);
    }
  }, [activeId, activeIndex, items, virtualizer]);
  return virtualizer;
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
      const { alias, colour } = context.marks[item.account.key] ?? {};
      return <AccountRow rowIndex={rowIndex} account={item.account} alias={alias} colour={colour} />;
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

function heightKey(item: ListItem | undefined): 'section' | 'account' | 'role' | 'target' {
  switch (item?.kind) {
    case 'section':
    case 'account':
      return item.kind;
    case 'role':
      return item.form === 'full' ? 'target' : 'role';
    case 'more':
    case undefined:
      return 'role';
  }
}
