import type { JSX } from 'react';
import type { SsoSessionState } from '../../shared/app-state.ts';
import { Button } from '../components/button.tsx';
import { classes } from '../components/classes.ts';
import { IconButton } from '../components/icon-button.tsx';
import { displayText } from '../model/display-text.ts';
import { useAccess, useAppState } from '../shell/use-app-state.ts';
import { useIdle } from '../shell/use-idle.ts';
import { useNow } from '../shell/use-now.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { ssoMenu } from '../shell/sso-menu.ts';
import { signInWords, ssoSummary } from '../shell/sso-summary.ts';
import './sso-strip.css';

/** Every Identity Center with where it stands, and the one thing to do about it. */
export function SsoStrip(): JSX.Element | null {
  const { t } = useText();
  const sessions = useAppState((state) => state.ssoSessions);
  const { accounts } = useAccess();
  const { dialogs } = useShell();
  if (sessions.length === 0 && accounts.length === 0) {
    // The first-run panel stands there, and asks for one.
    return null;
  }
  return (
    <ul className="strip" aria-label={t.sso.label}>
      {sessions.map((session) => (
        <SsoRow key={session.id} session={session} />
      ))}
      {sessions.length === 0 && (
        <li className="strip__row">
          <span className="strip__lamp" />
          <span className="strip__state">{t.sso.noneYet}</span>
          <Button size="sm" icon="plus" onClick={() => dialogs.open({ kind: 'add-sso-session' })}>
            {t.sso.add}
          </Button>
        </li>
      )}
    </ul>
  );
}

function SsoRow({ session }: { readonly session: SsoSessionState }): JSX.Element {
  const shell = useShell();
  const text = useText();
  const { t } = text;
  const now = useNow(10_000);
  const directory = useAppState((state) => state.directories[session.id]);
  const renews = useAppState((state) => state.settings.renewInBackground);
  const { access } = session;
  const summary = ssoSummary(session, directory, text, now);
  // To write a date takes longer at first than all else in this row.
  const isIdle = useIdle();
  const inFull = isIdle && access.kind === 'signed-in' ? signInWords(access, text, now, renews) : summary.words;
  const needsSignIn = session.access.kind !== 'signed-in' && session.signIn === undefined;
  return (
    <li className="strip__row">
      <span className={classes('strip__lamp', `strip__lamp--${summary.lamp}`)} />
      <span className="strip__name truncate" title={session.startUrl}>
        <bdi>{displayText(session.name)}</bdi>
      </span>
      <span
        className={classes('strip__state', 'truncate', summary.lamp === 'expired' && 'strip__state--warn')}
        title={summary.why ?? inFull}
      >
        {summary.words}
      </span>
      {needsSignIn && (
        <Button variant="primary" size="sm" onClick={() => shell.actions.signIn(session.id)}>
          {t.sso.signIn}
        </Button>
      )}
      <IconButton
        icon="more"
        label={t.sso.more(displayText(session.name))}
        aria-haspopup="menu"
        onClick={(event) =>
          shell.menus.open({
            label: displayText(session.name),
            anchor: event.currentTarget,
            entries: ssoMenu(shell, session),
          })
        }
      />
      {directory?.progress !== undefined && (
        <progress
          className="strip__progress"
          aria-label={t.sso.refreshing}
          value={directory.progress.accountsDone}
          max={Math.max(directory.progress.accountsTotal, 1)}
        />
      )}
    </li>
  );
}
