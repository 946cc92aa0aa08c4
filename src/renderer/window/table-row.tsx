import { memo, useState, type JSX, type MouseEvent } from 'react';
import type { MarkColour } from '../../shared/app-state.ts';
import { AccountId } from '../components/account-id.tsx';
import { Badge } from '../components/badge.tsx';
import { classes } from '../components/classes.ts';
import { Countdown } from '../components/countdown.tsx';
import { Highlight } from '../components/highlight.tsx';
import { Icon } from '../components/icon.tsx';
import { IconButton } from '../components/icon-button.tsx';
import type { RoleEntry } from '../model/access-entry.ts';
import { displayText } from '../model/display-text.ts';
import { searchText, type SearchText } from '../model/match-word.ts';
import type { ColumnName, ShownColumn } from '../model/table-columns.ts';
import type { RoleRowActions } from '../popover/role-row.tsx';
import type { Text } from '../i18n/text.ts';
import { useText } from '../shell/use-text.ts';
import type { RoleFields } from './role-fields.ts';

/** A role in the table. Plain values only, so that a row which stays the same is not drawn again. */
export interface TableRowProps extends RoleFields {
  readonly id: string;
  readonly index: number;
  readonly columns: readonly ShownColumn[];
  readonly top: number;
  readonly entry: RoleEntry;
  /** The one that keys act on. */
  readonly active: boolean;
  /** Whether it is marked as that one, for others are selected too. */
  readonly lead: boolean;
  readonly selected: boolean;
  readonly pinned: boolean;
  readonly guarded: boolean;
  readonly busy: boolean;
  readonly expiresAt: string | undefined;
  readonly accountAlias: string | undefined;
  readonly roleAlias: string | undefined;
  readonly colour: MarkColour | undefined;
  readonly accountTags: readonly string[] | undefined;
  readonly roleTags: readonly string[] | undefined;
  readonly words: readonly string[];
  readonly actions: RoleRowActions;
  readonly press: (index: number, event: MouseEvent) => void;
  readonly showMenu: (index: number, anchor: HTMLElement) => void;
}

/** A click selects, a double click opens: beside the table stands what can be done with the selected role. */
export const TableRow = memo(function TableRow(props: TableRowProps): JSX.Element {
  const { entry, actions, index } = props;
  const text = useText();
  const [hovered, setHovered] = useState(false);
  const withActions = props.active || hovered;
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      aria-busy={props.busy || undefined}
      className={classes(
        'table__row',
        props.lead && 'table__row--lead',
        props.selected && 'table__row--selected',
        props.guarded && 'table__row--guarded',
        props.busy && 'role-row--busy',
      )}
      style={{ transform: `translateY(${props.top}px)` }}
      data-target={entry.key}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onClick={(event) => props.press(index, event)}
      onDoubleClick={({ target, shiftKey, ctrlKey, metaKey }) => {
        // A star pressed twice is no role opened, nor is a selection that grows.
        if (!(target instanceof Element && target.closest('button') !== null) && !shiftKey && !ctrlKey && !metaKey) {
          actions.open(entry);
        }
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        props.showMenu(index, event.currentTarget);
      }}
    >
      {props.columns.map((column) => (
        <div
          role="gridcell"
          key={column.name}
          className={`table__cell ${columnClass(column)}`}
          title={cellTitle(column.name, props)}
        >
          {cellContent(column.name, { ...props, withActions }, text)}
        </div>
      ))}
    </div>
  );
});

const MOST_TAGS = 2;

/** The class of a column's cells and head. */
export function columnClass({ name, place, isAsked }: ShownColumn): string {
  return classes(`table__cell--${name}`, place > 0 && `table__cell--${isAsked ? 'asked' : 'place'}-${place}`);
}

/** Buttons come with the mouse or the selection: most rows are never touched. */
type WithActions = TableRowProps & { readonly withActions: boolean };

/** The whole of a text that may be cut short. */
function cellTitle(column: ColumnName, props: TableRowProps): string | undefined {
  const { account } = props.entry;
  switch (column) {
    case 'account':
      return [accountName(props).shown, displayText(account.email.shown)].filter(Boolean).join('\n');
    case 'region':
      return props.regionLong;
    case 'email':
      return displayText(account.email.shown);
    case 'tags':
      return tagsIn(props).join(', ');
    case 'type':
    case 'session':
    case 'profiles':
      return props[column];
    default:
      return undefined;
  }
}

function cellContent(
  column: ColumnName,
  props: WithActions,
  { t }: Text,
): JSX.Element | readonly JSX.Element[] | false {
  const { entry, words, pinned, actions } = props;
  switch (column) {
    case 'pin':
      return (
        (pinned || props.withActions) && (
          <IconButton
            icon="star"
            solid={pinned}
            label={pinned ? t.row.unpin : t.row.pin}
            className={classes('star', pinned && 'star--on')}
            tabIndex={-1}
            onClick={() => actions.togglePin(entry)}
          />
        )
      );
    case 'account':
      return <AccountCell {...props} />;
    case 'id':
      return <AccountId id={entry.account.id} words={words} />;
    case 'email':
      return (
        <span className="truncate">
          <Highlight text={searchText(displayText(entry.account.email.shown))} words={words} />
        </span>
      );
    case 'role':
      return <RoleCell {...props} />;
    case 'tags':
      return tagsIn(props)
        .slice(0, MOST_TAGS)
        .map((tag, at) => <Badge key={at}>{tag}</Badge>);
    case 'access':
      return <TrailCell {...props} />;
    case 'type':
    case 'session':
    case 'region':
    case 'profiles':
      return <bdi className="truncate">{props[column]}</bdi>;
  }
}

function accountName({ accountAlias, entry }: TableRowProps): SearchText {
  return accountAlias === undefined ? entry.account.name : searchText(displayText(accountAlias));
}

function tagsIn({ accountTags = [], roleTags = [] }: TableRowProps): readonly string[] {
  return [...accountTags, ...roleTags].map((tag) => displayText(tag));
}

function AccountCell(props: TableRowProps): JSX.Element {
  const { t } = useText();
  return (
    <>
      <span className="dot" data-colour={props.colour} />
      <span className="table__name table__name--account truncate">
        <Highlight text={accountName(props)} words={props.words} />
      </span>
      {props.entry.account.stale && (
        <span className="table__stale" title={t.row.stale}>
          <Icon name="clock" />
          <span className="visually-hidden">{t.row.stale}</span>
        </span>
      )}
    </>
  );
}

function RoleCell({ roleAlias, entry, words, guarded }: TableRowProps): JSX.Element {
  const { t } = useText();
  const role = roleAlias === undefined ? entry.role : searchText(displayText(roleAlias));
  return (
    <>
      <span className="table__name truncate" title={role.shown}>
        <Highlight text={role} words={words} />
      </span>
      {guarded && (
        <span className="role-row__guard" title={t.row.guarded}>
          <Icon name="shield" />
          <span className="visually-hidden">{t.row.guarded}</span>
        </span>
      )}
    </>
  );
}

function TrailCell({ index, entry, expiresAt, actions, showMenu, withActions }: WithActions): JSX.Element {
  const { t } = useText();
  return (
    <>
      {expiresAt !== undefined && <Countdown expiresAt={expiresAt} ringOnly={withActions} />}
      {withActions && (
        <>
          <IconButton icon="open" label={t.menu.openConsole} tabIndex={-1} onClick={() => actions.open(entry)} />
          <IconButton icon="copy" label={t.row.copy} tabIndex={-1} onClick={() => actions.copy(entry)} />
          <IconButton
            icon="more"
            label={t.row.more}
            tabIndex={-1}
            aria-haspopup="menu"
            onClick={(event) => showMenu(index, event.currentTarget)}
          />
        </>
      )}
    </>
  );
}
