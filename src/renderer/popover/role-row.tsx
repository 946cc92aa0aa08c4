import { memo, useState, type JSX, type MouseEvent } from 'react';
import type { MarkColour } from '../../shared/app-state.ts';
import { AccountId } from '../components/account-id.tsx';
import { classes } from '../components/classes.ts';
import { Countdown } from '../components/countdown.tsx';
import { Highlight } from '../components/highlight.tsx';
import { Icon } from '../components/icon.tsx';
import { IconButton } from '../components/icon-button.tsx';
import type { RoleEntry } from '../model/access-entry.ts';
import { displayText } from '../model/display-text.ts';
import { searchText, type SearchText } from '../model/match-word.ts';
import { useText } from '../shell/use-text.ts';

/** What a row may ask for. */
export interface RoleRowActions {
  readonly open: (entry: RoleEntry) => void;
  readonly choose: (entry: RoleEntry) => void;
  readonly copy: (entry: RoleEntry) => void;
  readonly togglePin: (entry: RoleEntry) => void;
  readonly showMenu: (entry: RoleEntry, anchor: HTMLElement) => void;
}

/** A role in a list. Plain values only, so that a row which stays the same is not drawn again. */
export interface RoleRowProps {
  readonly id: string;
  readonly rowIndex: number;
  readonly entry: RoleEntry;
  readonly form: 'nested' | 'full';
  readonly active: boolean;
  readonly pinned: boolean;
  readonly guarded: boolean;
  readonly busy: boolean;
  readonly expiresAt: string | undefined;
  readonly accountAlias: string | undefined;
  readonly roleAlias: string | undefined;
  readonly colour: MarkColour | undefined;
  readonly words: readonly string[];
  readonly actions: RoleRowActions;
}

/** One click opens the console; Alt with it chooses where. */
export const RoleRow = memo(function RoleRow(props: RoleRowProps): JSX.Element {
  const { entry, actions } = props;
  const [hovered, setHovered] = useState(false);
  const onClick = (event: MouseEvent): void => (event.altKey ? actions.choose(entry) : actions.open(entry));
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={props.rowIndex}
      aria-selected={props.active}
      aria-busy={props.busy || undefined}
      className={classes(
        'role-row',
        props.form === 'full' && 'role-row--full',
        props.active && 'role-row--active',
        props.guarded && 'role-row--guarded',
        entry.account.stale && 'role-row--stale',
        props.busy && 'role-row--busy',
      )}
      data-target={entry.key}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onClick={onClick}
      onContextMenu={(event) => {
        event.preventDefault();
        actions.showMenu(entry, event.currentTarget);
      }}
    >
      <Lead {...props} withActions={props.active || hovered} />
      <Words {...props} />
      <Trail {...props} withActions={props.active || hovered} />
    </div>
  );
});

/** Buttons come with the mouse or the selection: most rows are never touched. */
type WithActions = RoleRowProps & { readonly withActions: boolean };

function Lead({ entry, pinned, actions, withActions }: WithActions): JSX.Element {
  const { t } = useText();
  return (
    <div role="gridcell" className="role-row__lead">
      {(pinned || withActions) && (
        <IconButton
          icon="star"
          solid={pinned}
          label={pinned ? t.row.unpin : t.row.pin}
          className={classes('star', pinned && 'star--on')}
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation();
            actions.togglePin(entry);
          }}
        />
      )}
    </div>
  );
}

function Words(props: RoleRowProps): JSX.Element {
  const { entry, words, form } = props;
  const role = <RoleName {...props} />;
  if (form === 'nested') {
    return (
      <div role="gridcell" className="role-row__words role-row__line">
        {role}
        {props.guarded && <Guard />}
      </div>
    );
  }
  const account = props.accountAlias === undefined ? entry.account.name : searchText(displayText(props.accountAlias));
  return (
    <div role="gridcell" className="role-row__words">
      <div className="role-row__line">
        <span className="role-row__account truncate" title={account.shown}>
          <Highlight text={account} words={words} />
        </span>
        {props.colour !== undefined && <span className="dot" data-colour={props.colour} />}
        {props.guarded && <Guard />}
      </div>
      <div className="role-row__line role-row__second">
        {role}
        {entry.account.accountId !== undefined && <AccountId id={entry.account.id} words={words} />}
      </div>
    </div>
  );
}

function RoleName({ entry, roleAlias, words }: RoleRowProps): JSX.Element {
  const { t } = useText();
  const shown: SearchText =
    roleAlias !== undefined
      ? searchText(displayText(roleAlias))
      : entry.role.shown !== ''
        ? entry.role
        : searchText(entry.profile === undefined ? '' : t.profileKinds[entry.profile.kind]);
  return (
    <span className="role-row__role truncate" title={shown.shown}>
      <Highlight text={shown} words={words} />
    </span>
  );
}

function Guard(): JSX.Element {
  const { t } = useText();
  return (
    <span className="role-row__guard" title={t.row.guarded}>
      <Icon name="shield" />
      <span className="visually-hidden">{t.row.guarded}</span>
    </span>
  );
}

function Trail({ entry, expiresAt, actions, withActions }: WithActions): JSX.Element {
  const { t } = useText();
  return (
    <div role="gridcell" className="role-row__trail">
      {expiresAt !== undefined && <Countdown expiresAt={expiresAt} ringOnly={withActions} />}
      {withActions && (
        <>
          <IconButton
            icon="copy"
            label={t.row.copy}
            tabIndex={-1}
            onClick={(event) => {
              event.stopPropagation();
              actions.copy(entry);
            }}
          />
          <IconButton
            icon="more"
            label={t.row.more}
            tabIndex={-1}
            aria-haspopup="menu"
            onClick={(event) => {
              event.stopPropagation();
              actions.showMenu(entry, event.currentTarget);
            }}
          />
        </>
      )}
    </div>
  );
}
