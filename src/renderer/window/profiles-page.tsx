import { useMemo, useState, type JSX } from 'react';
import type { ProfileState } from '../../shared/app-state.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { SearchField } from '../components/search-field.tsx';
import { displayText } from '../model/display-text.ts';
import { matchWord, searchText } from '../model/match-word.ts';
import { queryWords } from '../model/search-access.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { Page } from './page.tsx';
import { ProblemList } from './problem-list.tsx';
import { ProfileDetail } from './profile-detail.tsx';
import { useNarrow } from './use-narrow.ts';
import './profiles-page.css';

/** The profiles of `~/.aws` as every tool will see them, with what is wrong. */
export function ProfilesPage({ subject }: { readonly subject: string | undefined }): JSX.Element {
  const { t } = useText();
  const { router, actions } = useShell();
  const narrow = useNarrow();
  const profiles = useAppState((state) => state.profiles);
  const fileProblems = useAppState((state) => state.fileProblems);
  const chosen = profiles.find((profile) => profile.name === subject) ?? (narrow ? undefined : profiles[0]);
  const tools = (
    <Button icon="refresh" onClick={() => void actions.run('reloadFiles', {})}>
      {t.profiles.reload}
    </Button>
  );
  if (narrow && chosen !== undefined) {
    return (
      <Page
        title={displayText(chosen.name)}
        tools={
          <Button icon="back" onClick={() => router.go('profiles')}>
            {t.profiles.back}
          </Button>
        }
      >
        <ProfileDetail profile={chosen} />
      </Page>
    );
  }
  return (
    <Page title={t.window.names.profiles} lead={t.profiles.lead} tools={tools} flush={profiles.length > 0}>
      {fileProblems.length > 0 && (
        <div className="profiles__problems">
          <ProblemList problems={fileProblems} />
        </div>
      )}
      {profiles.length === 0 ? (
        <EmptyState icon="profiles" title={t.profiles.empty} text={t.profiles.emptyText} />
      ) : (
        <div className="profiles">
          <ProfileList profiles={profiles} chosen={chosen} />
          {chosen !== undefined && (
            <section className="profiles__detail" aria-label={displayText(chosen.name)} tabIndex={0}>
              <ProfileDetail profile={chosen} />
            </section>
          )}
        </div>
      )}
    </Page>
  );
}

/** Files with ten thousand profiles exist; nobody reads that far down a list with a search above it. */
const MOST_SHOWN = 300;

function ProfileList({
  profiles,
  chosen,
}: {
  readonly profiles: readonly ProfileState[];
  readonly chosen: ProfileState | undefined;
}): JSX.Element {
  const { t, format } = useText();
  const { router } = useShell();
  const [query, setQuery] = useState('');
  const found = useMemo(() => filterProfiles(profiles, query), [profiles, query]);
  return (
    <section className="profiles__list">
      <SearchField boxed label={t.profiles.search} clearLabel={t.list.clear} value={query} onValue={setQuery} />
      <ul className="profiles__rows" tabIndex={0} aria-label={t.window.names.profiles}>
        {found.slice(0, MOST_SHOWN).map((profile) => (
          <li key={profile.name}>
            <button
              type="button"
              className="profiles__row"
              aria-current={profile === chosen ? 'true' : undefined}
              onClick={() => router.go('profiles', profile.name)}
            >
              <bdi className="profiles__name truncate">{displayText(profile.name)}</bdi>
              <ProblemCount profile={profile} />
              <span className="profiles__kind">{t.profileKinds[profile.kind]}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > MOST_SHOWN && (
        <p className="profiles__rest">{t.profiles.more(format.number(found.length - MOST_SHOWN))}</p>
      )}
    </section>
  );
}

function ProblemCount({ profile }: { readonly profile: ProfileState }): JSX.Element | null {
  const { t } = useText();
  const serious = profile.problems.filter((problem) => problem.severity !== 'info');
  const tone = serious.some((problem) => problem.severity === 'error') ? 'danger' : 'warn';
  return serious.length === 0 ? null : <Badge tone={tone}>{t.profiles.problems(serious.length)}</Badge>;
}

function filterProfiles(profiles: readonly ProfileState[], query: string): readonly ProfileState[] {
  const words = queryWords(query);
  if (words.length === 0) {
    return profiles;
  }
  return profiles.filter((profile) => {
    const texts = [profile.name, profile.accountId, profile.roleName, profile.kind, profile.ssoSession].map((text) =>
      searchText(text ?? ''),
    );
    return words.every((word) => texts.some((text) => matchWord(text, word) > 0));
  });
}
