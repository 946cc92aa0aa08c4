import type { JSX } from 'react';
import type { LiveRole } from '../../shared/app-state.ts';
import { AccountId } from '../components/account-id.tsx';
import { Button } from '../components/button.tsx';
import { Countdown } from '../components/countdown.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { displayText } from '../model/display-text.ts';
import { searchText } from '../model/match-word.ts';
import { ownName } from '../model/own-name.ts';
import { useAccess, useAppState } from '../shell/use-app-state.ts';
import { useNow } from '../shell/use-now.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

/** The third clock: credentials of a role that are held now. */
export function LiveRoleLine({ role }: { readonly role: LiveRole }): JSX.Element {
  const { t, format } = useText();
  const { actions, dialogs } = useShell();
  const { find } = useAccess();
  const now = useNow(10_000);
  const entry = find(role.key);
  const { target } = role;
  const marks = useAppState((state) => state.marks);
  const account = entry && (ownName(marks, entry.account.key) ?? entry.account.name);
  const name = account?.shown ?? (target.kind === 'profile' ? displayText(target.profile) : target.accountId);
  const roleName =
    ownName(marks, role.key)?.shown ?? (target.kind === 'profile' ? (entry?.role.shown ?? '') : target.roleName);
  const accountId = target.kind === 'profile' ? entry?.account.accountId : target.accountId;
  return (
    <div className="line">
      <div className="line__words">
        <p className="line__main">
          <bdi className="role-row__account">{name}</bdi>
          <bdi>{displayText(roleName)}</bdi>
          {accountId !== undefined && <AccountId id={searchText(accountId)} />}
        </p>
        <p className="line__note">
          {t.clocks.roleUntil(format.moment(role.expiresAt, now))} {t.signInEnd.roleNext}
        </p>
      </div>
      <Countdown expiresAt={role.expiresAt} />
      {entry !== undefined && (
        <IconButton icon="clock" label={t.longJob.menu} onClick={() => dialogs.open({ kind: 'long-job', entry })} />
      )}
      <Button size="sm" onClick={() => actions.renew(target)}>
        {t.clocks.renew}
      </Button>
      <IconButton icon="trash" label={t.menu.forget} onClick={() => actions.forget(target)} />
    </div>
  );
}
