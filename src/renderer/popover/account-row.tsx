import { memo, type JSX } from 'react';
import type { MarkColour } from '../../shared/app-state.ts';
import { AccountId } from '../components/account-id.tsx';
import { Badge } from '../components/badge.tsx';
import type { AccountEntry } from '../model/access-entry.ts';
import { displayText } from '../model/display-text.ts';
import { useText } from '../shell/use-text.ts';

/** The head of an account's roles: its name, and always its id. */
export const AccountRow = memo(function AccountRow(props: {
  readonly rowIndex: number;
  readonly account: AccountEntry;
  readonly alias: string | undefined;
  readonly colour: MarkColour | undefined;
}): JSX.Element {
  const { t } = useText();
  const { account, alias } = props;
  return (
    <div role="row" aria-rowindex={props.rowIndex} className="account-row">
      <span className="dot" data-colour={props.colour} />
      <div role="gridcell" className="account-row__name truncate" title={displayText(account.email.shown)}>
        <bdi>{alias === undefined ? account.name.shown : displayText(alias)}</bdi>
      </div>
      {account.stale && <Badge>{t.row.stale}</Badge>}
      <AccountId id={account.id} />
    </div>
  );
});
