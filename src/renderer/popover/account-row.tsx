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
  /** As the user calls it. */
  readonly name: string;
  readonly colour: MarkColour | undefined;
}): JSX.Element {
  const { t } = useText();
  const { account, name } = props;
  return (
    <div role="row" aria-rowindex={props.rowIndex} className="account-row">
      <span className="dot" data-colour={props.colour} />
      <div
        role="gridcell"
        className="account-row__name truncate"
        title={[name, displayText(account.email.shown)].filter(Boolean).join('\n')}
      >
        <bdi>{name}</bdi>
      </div>
      {account.stale && <Badge>{t.row.stale}</Badge>}
      <AccountId id={account.id} />
    </div>
  );
});
