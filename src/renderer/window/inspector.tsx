import type { JSX } from 'react';
import { AccountId } from '../components/account-id.tsx';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { CodeLine } from '../components/code-line.tsx';
import { Countdown } from '../components/countdown.tsx';
import type { RoleEntry } from '../model/access-entry.ts';
import { cliSnippets } from '../model/cli-snippets.ts';
import { displayText } from '../model/display-text.ts';
import { isGuarded } from '../model/guard.ts';
import { ownName } from '../model/own-name.ts';
import { tagsOf, type FilterScope } from '../model/role-filters.ts';
import { useRoleActions } from '../popover/use-role-actions.ts';
import { signInWords } from '../shell/sso-summary.ts';
import { useAccess, useAppState } from '../shell/use-app-state.ts';
import { useGuardFacts } from '../shell/use-guard-facts.ts';
import { useNow } from '../shell/use-now.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { roleFields } from './role-fields.ts';
import { RoleLinks } from './role-links.tsx';

/** The selected role: what can be done with it, how long it holds, how to use it in a terminal, what the user says of it. */
export function Inspector(props: { readonly entry: RoleEntry | undefined; readonly scope: FilterScope }): JSX.Element {
  const { entry, scope } = props;
  const { t } = useText();
  return (
    <aside className="inspector" aria-label={t.inspector.label} tabIndex={entry === undefined ? undefined : 0}>
      {entry !== undefined && (
        <>
          <Heading entry={entry} scope={scope} />
          <Buttons entry={entry} />
          <Clocks entry={entry} />
          <Terminal entry={entry} />
          <RoleLinks entry={entry} />
        </>
      )}
    </aside>
  );
}

function Heading({ entry, scope }: { readonly entry: RoleEntry; readonly scope: FilterScope }): JSX.Element {
  const text = useText();
  const { t } = text;
  const { type, regionLong } = roleFields(entry, scope, text);
  const facts = useGuardFacts();
  const { marks } = facts;
  const colour = marks[entry.key]?.colour ?? marks[entry.account.key]?.colour;
  return (
    <header>
      <h2 className="inspector__title">
        <span className="dot" data-colour={colour} />
        <bdi>{(ownName(marks, entry.account.key) ?? entry.account.name).shown}</bdi>
      </h2>
      {entry.account.accountId !== undefined && <AccountId id={entry.account.id} />}
      <p className="inspector__sub">
        <bdi>{(ownName(marks, entry.key) ?? entry.role).shown}</bdi>
      </p>
      <p className="card__note">
        <bdi>{[type, regionLong].filter(Boolean).join(' · ')}</bdi>
      </p>
      {entry.account.email.shown !== '' && (
        <p className="card__note truncate">
          <bdi>{displayText(entry.account.email.shown)}</bdi>
        </p>
      )}
      <p className="inspector__tags">
        {isGuarded(entry, facts) && (
          <Badge tone="danger" icon="shield">
            {t.row.guarded}
          </Badge>
        )}
        {entry.account.stale && <Badge>{t.row.stale}</Badge>}
        {tagsOf(entry, marks).map((tag, at) => (
          <Badge key={at}>{displayText(tag)}</Badge>
        ))}
      </p>
    </header>
  );
}

function Buttons({ entry }: { readonly entry: RoleEntry }): JSX.Element {
  const { t } = useText();
  const actions = useRoleActions();
  const canFederate = entry.profile?.canFederate ?? true;
  return (
    <div className="inspector__buttons">
      <Button variant="primary" icon="open" disabled={!canFederate} onClick={() => actions.open(entry)}>
        {t.menu.openConsole}
      </Button>
      <Button icon="globe" disabled={!canFederate} onClick={() => actions.choose(entry)}>
        {t.inspector.openAt}
      </Button>
      <Button icon="copy" aria-haspopup="menu" onClick={(event) => actions.showCopyMenu(entry, event.currentTarget)}>
        {t.inspector.copyAs}
      </Button>
      <Button icon="edit" onClick={() => actions.edit(entry)}>
        {t.inspector.edit}
      </Button>
      <Button icon="more" aria-haspopup="menu" onClick={(event) => actions.showMenu(entry, event.currentTarget)}>
        {t.inspector.more}
      </Button>
    </div>
  );
}

/** How long access lasts: the role's credentials and the sign-in behind them are not the same thing. */
function Clocks({ entry }: { readonly entry: RoleEntry }): JSX.Element {
  const text = useText();
  const { t, format } = text;
  const { actions, dialogs } = useShell();
  const now = useNow(10_000);
  const { live } = useAccess();
  const expiresAt = live.get(entry.key);
  const renewInBackground = useAppState((state) => state.settings.renewInBackground);
  const session = useAppState((state) =>
    state.ssoSessions.find((candidate) => candidate.id === entry.account.ssoSession),
  );
  return (
    <section className="inspector__block">
      <h3 className="inspector__heading">{t.inspector.time}</h3>
      <div className="clock-line">
        <span>{t.clocks.role}</span>
        {expiresAt === undefined ? (
          <span className="card__note">{t.clocks.none}</span>
        ) : (
          <Countdown expiresAt={expiresAt} />
        )}
        <p className="clock-line__note">
          {expiresAt === undefined ? t.clocks.roleNone : t.clocks.roleUntil(format.moment(expiresAt, now))}
        </p>
      </div>
      {session?.access.kind === 'signed-in' && (
        <div className="clock-line">
          <span>{t.clocks.signIn}</span>
          <p className="clock-line__note">{signInWords(session.access, text, now, renewInBackground)}</p>
        </div>
      )}
      <div className="inspector__renewals">
        {expiresAt !== undefined && (
          <Button size="sm" icon="refresh" onClick={() => actions.renew(entry.target)}>
            {t.menu.renew}
          </Button>
        )}
        <Button size="sm" icon="clock" onClick={() => dialogs.open({ kind: 'long-job', entry })}>
          {t.longJob.menu}
        </Button>
      </div>
    </section>
  );
}

function Terminal({ entry }: { readonly entry: RoleEntry }): JSX.Element | null {
  const { t } = useText();
  const { aliases } = useAccess();
  const lines = cliSnippets(entry, aliases.get(entry.key) ?? []);
  return lines.length === 0 ? null : (
    <section className="inspector__block">
      <h3 className="inspector__heading">{t.inspector.terminal}</h3>
      {lines.map((line) => (
        <CodeLine key={line} code={line} />
      ))}
    </section>
  );
}
