import { useMemo, useState, type JSX } from 'react';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { SearchField } from '../components/search-field.tsx';
import { Select } from '../components/select.tsx';
import { ACTIVITY_FILTERS, groupByDay, matchActivity, ofTarget, type ActivityFilter } from '../model/activity-days.ts';
import { useAccess, useAppState } from '../shell/use-app-state.ts';
import { useNow } from '../shell/use-now.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { ActivityLine, roleWords } from './activity-line.tsx';
import { Page } from './page.tsx';

const PAGE_LENGTH = 100;

/** Who asked for which role, when, and what came of it; of one role alone where `subject` is its key. */
export function ActivityPage({ subject }: { readonly subject: string | undefined }): JSX.Element {
  const { t, format } = useText();
  const { router } = useShell();
  const activity = useAppState((state) => state.activity);
  const { aliases, find } = useAccess();
  const now = useNow(10_000);
  const [query, setQuery] = useState('');
  const [filter, setFilter] = useState<ActivityFilter>('all');
  const [shown, setShown] = useState(PAGE_LENGTH);
  const found = useMemo(() => {
    const ofRole = subject === undefined ? activity : ofTarget(activity, subject, aliases.get(subject) ?? []);
    return matchActivity(ofRole, query, filter);
  }, [activity, subject, aliases, query, filter]);
  const days = groupByDay(found.slice(0, shown), (iso) => format.day(iso, now));
  const isWhole = query === '' && filter === 'all' && subject === undefined;
  return (
    <Page
      reading
      title={t.window.names.activity}
      lead={t.activity.lead}
      tools={
        <div className="page__tools">
          <SearchField boxed label={t.activity.search} clearLabel={t.list.clear} value={query} onValue={setQuery} />
          <Select
            label={t.activity.filter}
            value={filter}
            options={ACTIVITY_FILTERS.map((value) => ({ value, label: t.activity.filters[value] }))}
            onChange={setFilter}
          />
        </div>
      }
    >
      {subject !== undefined && (
        <p className="page__only">
          <bdi>{t.doctor.only(roleWords(subject, find))}</bdi>
          <Button size="sm" onClick={() => router.go('activity')}>
            {t.activity.everything}
          </Button>
        </p>
      )}
      {found.length === 0 && (
        <EmptyState
          icon="activity"
          title={isWhole ? t.activity.empty : t.empty.noMatch}
          text={isWhole ? t.activity.emptyText : t.activity.noMatchText}
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
      {activity.length > 0 && <p className="card__note">{t.activity.older}</p>}
    </Page>
  );
}
