import { useEffect, useEffectEvent, useId, useMemo, useState, type JSX, type KeyboardEvent } from 'react';
import type { ProfileState } from '../../shared/app-state.ts';
import { Badge } from '../components/badge.tsx';
import { SearchField } from '../components/search-field.tsx';
import { useRowWindow } from '../components/use-row-window.ts';
import { useProfileToolWords } from '../i18n/profile-tool-words.ts';
import { displayText } from '../model/display-text.ts';
import { createProfileSearch } from '../model/profile-search.ts';
import { evenTops } from '../model/row-window.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { useNarrow } from './use-narrow.ts';

/** The list, of which only the rows in sight are in the page: files with ten thousand profiles exist. */
export function ProfileList(props: {
  readonly profiles: readonly ProfileState[];
  readonly chosen: ProfileState | undefined;
}): JSX.Element {
  const { profiles, chosen } = props;
  const { t } = useText();
  const { router, rowHeights } = useShell();
  const narrow = useNarrow();
  const listId = useId();
  const [query, setQuery] = useState('');
  const [marked, setMarked] = useState(0);
  const search = useMemo(() => createProfileSearch(profiles), [profiles]);
  const found = useMemo(() => search(query), [search, query]);
  const tops = useMemo(() => evenTops(found.length, rowHeights.option), [found, rowHeights]);
  const { scroller, indexes, reveal } = useRowWindow(tops);
  // In a narrow page to choose is to leave the list, so there a mark goes before.
  const at = narrow ? Math.min(marked, found.length - 1) : chosen === undefined ? -1 : found.indexOf(chosen);
  const choice = narrow ? marked : chosen?.name;
  const follow = useEffectEvent((choice: string | number | undefined) => {
    if (choice !== undefined && at >= 0) {
      reveal(at);
    }
  });
  // Only a moved choice is followed; rows that come and go must not scroll the list.
  useEffect(() => follow(choice), [choice]);
  const choose = (profile: ProfileState | undefined): void => {
    if (profile !== undefined) {
      router.go('profiles', profile.name);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys of a composition (Chinese, Japanese) belong to the input method.
    if (event.nativeEvent.isComposing) {
      return;
    }
    const next = nextIndex(event.key, at, found.length);
    if (event.key === 'Enter') {
      choose(found[at]);
    } else if (next === undefined) {
      return;
    } else if (narrow) {
      setMarked(next);
    } else {
      choose(found[next]);
    }
    event.preventDefault();
  };
  const rowId = (index: number): string => `${listId}-${index}`;
  return (
    <section className="profiles__list" onKeyDown={onKeyDown}>
      <SearchField boxed label={t.profiles.search} clearLabel={t.list.clear} value={query} onValue={setQuery} />
      <div
        ref={scroller}
        className="profiles__rows"
        role="listbox"
        aria-label={t.window.names.profiles}
        aria-activedescendant={at >= 0 ? rowId(at) : undefined}
        tabIndex={0}
        hidden={found.length === 0}
      >
        <div role="presentation" className="profiles__sheet" style={{ height: tops[found.length] }}>
          {indexes.map((index) => {
            const profile = found[index];
            return (
              profile !== undefined && (
                <ProfileRow
                  key={profile.name}
                  id={rowId(index)}
                  profile={profile}
                  place={[index + 1, found.length]}
                  top={tops[index] ?? 0}
                  isChosen={index === at}
                  onChoose={() => choose(profile)}
                />
              )
            );
          })}
        </div>
      </div>
      {found.length === 0 && <p className="profiles__rest">{t.empty.noMatch}</p>}
    </section>
  );
}

function ProfileRow(props: {
  readonly id: string;
  readonly profile: ProfileState;
  readonly place: readonly [at: number, of: number];
  readonly top: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}): JSX.Element {
  const { profile } = props;
  const { t } = useText();
  const words = useProfileToolWords();
  return (
    // The keyboard is the list's: it stays there when rows leave the page.
    <div
      id={props.id}
      role="option"
      className="profiles__row"
      aria-selected={props.isChosen}
      aria-posinset={props.place[0]}
      aria-setsize={props.place[1]}
      style={{ top: props.top }}
      onClick={props.onChoose}
    >
      <bdi className="profiles__name truncate">{displayText(profile.name)}</bdi>
      {profile.isDefault === true && <Badge tone="accent">{words.isDefault}</Badge>}
      <ProblemCount profile={profile} />
      <span className="profiles__kind">{t.profileKinds[profile.kind]}</span>
    </div>
  );
}

function ProblemCount({ profile }: { readonly profile: ProfileState }): JSX.Element | null {
  const { t } = useText();
  const serious = profile.problems.filter((problem) => problem.severity !== 'info');
  const tone = serious.some((problem) => problem.severity === 'error') ? 'danger' : 'warn';
  return serious.length === 0 ? null : <Badge tone={tone}>{t.profiles.problems(serious.length)}</Badge>;
}

function nextIndex(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'PageDown':
      return Math.min(at + PAGE_ROWS, count - 1);
    case 'PageUp':
      return Math.max(at - PAGE_ROWS, 0);
    default:
      return undefined;
  }
}

const PAGE_ROWS = 10;
