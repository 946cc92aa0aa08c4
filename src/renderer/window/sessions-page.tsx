import type { JSX } from 'react';
import type { LiveRole, SsoSessionState } from '../../shared/app-state.ts';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { displayText } from '../model/display-text.ts';
import { NoticeStack } from '../popover/notice-stack.tsx';
import { SignInCards } from '../popover/sign-in-card.tsx';
import { ssoMenu } from '../shell/sso-menu.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { LiveRoleLine } from './live-role-line.tsx';
import { Page } from './page.tsx';
import { SessionProfiles } from './session-profiles.tsx';
import { SsoClocks } from './sso-clocks.tsx';

/** What holds now, and until when: the three clocks of every Identity Center, apart. */
export function SessionsPage(): JSX.Element {
  const { t } = useText();
  const shell = useShell();
  const sessions = useAppState((state) => state.ssoSessions);
  const liveRoles = useAppState((state) => state.liveRoles);
  const others = liveRoles.filter(
    (role) => role.target.kind === 'profile' || !sessions.some((session) => session.id === ssoSessionOf(role)),
  );
  return (
    <Page
      reading
      title={t.window.names.sessions}
      lead={t.clocks.lead}
      tools={
        <Button icon="plus" onClick={() => shell.dialogs.open({ kind: 'add-sso-session' })}>
          {t.sso.add}
        </Button>
      }
    >
      <NoticeStack />
      <SignInCards />
      {sessions.length === 0 && others.length === 0 && (
        <EmptyState icon="clock" title={t.clocks.empty} text={t.clocks.emptyText} />
      )}
      {sessions.map((session) => (
        <SessionCard
          key={session.id}
          session={session}
          liveRoles={liveRoles.filter((role) => ssoSessionOf(role) === session.id)}
        />
      ))}
      {others.length > 0 && (
        <section className="card">
          <header className="card__head">
            <h2 className="card__title">{t.sections.profiles}</h2>
          </header>
          {others.map((role) => (
            <LiveRoleLine key={role.key} role={role} />
          ))}
        </section>
      )}
    </Page>
  );
}

function SessionCard({
  session,
  liveRoles,
}: {
  readonly session: SsoSessionState;
  readonly liveRoles: readonly LiveRole[];
}): JSX.Element {
  const { t } = useText();
  const shell = useShell();
  const name = displayText(session.name);
  return (
    <section className="card" aria-label={name}>
      <header className="card__head">
        <div className="card__words">
          <h2 className="card__title truncate">
            <bdi>{name}</bdi>
          </h2>
          <p className="line__note selectable">
            <bdi>{displayText(session.startUrl)}</bdi> · {displayText(session.region)}
          </p>
        </div>
        {session.access.kind !== 'signed-in' && session.signIn === undefined && (
          <Button variant="primary" size="sm" onClick={() => shell.actions.signIn(session.id)}>
            {t.sso.signIn}
          </Button>
        )}
        <IconButton
          icon="more"
          label={t.sso.more(name)}
          aria-haspopup="menu"
          onClick={(event) =>
            shell.menus.open({ label: name, anchor: event.currentTarget, entries: ssoMenu(shell, session) })
          }
        />
      </header>
      <SsoClocks session={session} />
      <SessionProfiles ssoSession={session.id} />
      {liveRoles.map((role) => (
        <LiveRoleLine key={role.key} role={role} />
      ))}
      {liveRoles.length === 0 && session.access.kind === 'signed-in' && (
        <div className="line">
          <p className="line__note">{t.clocks.noRoles}</p>
        </div>
      )}
    </section>
  );
}

function ssoSessionOf(role: LiveRole): string | undefined {
  return role.target.kind === 'sso-role' ? role.target.ssoSession : undefined;
}
