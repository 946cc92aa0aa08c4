import { useMemo, useState, type JSX } from 'react';
import type { ActivityEntry } from '../../shared/app-state.ts';
import { AccountId } from '../components/account-id.tsx';
import { Badge, type BadgeTone } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { Icon } from '../components/icon.tsx';
import type { IconName } from '../components/icon-paths.ts';
import { SearchField } from '../components/search-field.tsx';
import { askerText } from '../model/asker-text.ts';
import { displayText } from '../model/display-text.ts';
import { searchText } from '../model/match-word.ts';
import { groupByDay, matchActivity } from '../model/activity-days.ts';
import { useAccess, useAppState } from '../shell/use-app-state.ts';
import { useNow } from '../shell/use-now.ts';
import { useText } from '../shell/use-text.ts';
import { targetKey } from '../../shared/role-target.ts';
import { Page } from './page.tsx';

const ICON: Readonly<Record<ActivityEntry['what'], IconName>> = {
  credentials: 'key',
  console: 'open',
  copy: 'copy',
  'sign-in': 'sign-in',
  'sign-out': 'sign-out',
  export: 'terminal',
  protect: 'lock',
  'rotate-key': 'refresh',
  mfa: 'phone',
};

const TONE: Readonly<Record<ActivityEntry['outcome'], BadgeTone>> = {
  ok: 'ok',
  refused: 'danger',
  cancelled: 'neutral',
  failed: 'warn',
};

const PAGE_LENGTH = 100;

/** Who asked for which role, when, and what came of it. */
export function ActivityPage(): JSX.Element {
  const { t, format } = useText();
  const activity = useAppState((state) => state.activity);
  const now = useNow(10_000);
  const [query, setQuery] = useState('');
  const [shown, setShown] = useState(PAGE_LENGTH);
  const found = useMemo(() => matchActivity(activity, query), [activity, query]);
  const days = groupByDay(found.slice(0, shown), (iso) => format.day(iso, now));
  return (
    <Page
      reading
      title={t.window.names.activity}
      lead={t.activity.lead}
      tools={<SearchField boxed label={t.activity.search} clearLabel={t.list.clear} value={query} onValue={setQuery} />}
    >
      {found.length === 0 && (
        <EmptyState
          icon="activity"
          title={query === '' ? t.activity.empty : t.empty.noMatch}
          text={query === '' ? t.activity.emptyText : t.empty.noMatchText}
        />
      )}
      {days.map(({ day, entries }) => (
        <section key={day} className="card">
          <header className="card__head">
            <h2 className="card__title">{day}</h2>
          </header>
          {entries.map((entry) => (
            <ActivityLine key={`${entry.at}:${entry.what}:${entry.detail}:${entry.asker.pid ?? ''}`} entry={entry} />
          ))}
        </section>
      ))}
      {found.length > shown && (
        <p>
          <Button onClick={() => setShown(shown + PAGE_LENGTH)}>{t.activity.more}</Button>
        </p>
      )}
    </Page>
  );
}

function ActivityLine({ entry }: { readonly entry: ActivityEntry }): JSX.Element {
  const { t, format } = useText();
  const who = askerText(entry.asker, t.asker);
  return (
    <div className="line">
      <Icon name={ICON[entry.what]} />
      <div className="line__words">
        <p className="line__main">
          <span>{t.activity.what[entry.what]}</span>
          <TargetName entry={entry} />
          {entry.format !== undefined && <span className="card__note">{t.copyFormats[entry.format]}</span>}
        </p>
        <p className="line__note">
          <bdi>{who}</bdi>
          {entry.detail !== '' && (
            <>
              {' · '}
              <bdi>{displayText(entry.detail)}</bdi>
            </>
          )}
        </p>
      </div>
      {entry.outcome !== 'ok' && <Badge tone={TONE[entry.outcome]}>{t.activity.outcomes[entry.outcome]}</Badge>}
      <time className="card__note numeric" dateTime={entry.at} title={format.full(entry.at)}>
        {format.time(entry.at)}
      </time>
    </div>
  );
}

function TargetName({ entry }: { readonly entry: ActivityEntry }): JSX.Element | null {
  const { find } = useAccess();
  const { target } = entry;
  if (target === undefined) {
    return entry.ssoSession === undefined ? null : (
      <bdi className="role-row__account">{displayText(entry.ssoSession)}</bdi>
    );
  }
  const known = find(targetKey(target));
  const name = known?.account.name.shown ?? (target.kind === 'profile' ? displayText(target.profile) : '');
  const role = target.kind === 'profile' ? (known?.role.shown ?? '') : displayText(target.roleName);
  const accountId = target.kind === 'profile' ? known?.account.accountId : target.accountId;
  return (
    <>
      {name !== '' && <bdi className="role-row__account">{name}</bdi>}
      {role !== '' && <bdi>{role}</bdi>}
      {accountId !== undefined && <AccountId id={searchText(accountId)} />}
    </>
  );
}
