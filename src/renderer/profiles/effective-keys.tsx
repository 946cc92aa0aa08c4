import type { JSX } from 'react';
import type { ProfileState } from '../../shared/app-state.ts';
import type { ProfileView, ProfileViewKey } from '../../shared/profile-commands.ts';
import { Badge } from '../components/badge.tsx';
import { Notice } from '../components/notice.tsx';
import { useProfileToolWords } from '../i18n/profile-tool-words.ts';
import { displayText } from '../model/display-text.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useText } from '../shell/use-text.ts';
import { usePreview } from './use-preview.ts';
import './profiles.css';

/** A profile key by key: what each family of tools reads, and the line where it stands. */
export function EffectiveKeys({ profile }: { readonly profile: ProfileState }): JSX.Element | null {
  const { view: words } = useProfileToolWords();
  // The files were read anew when the list of profiles is another one; then so may be what this one holds.
  const profiles = useAppState((state) => state.profiles);
  const { value } = usePreview('viewProfile', { profile: profile.name }, profiles);
  return value === undefined ? null : (
    <section className="card" aria-label={words.title}>
      <header className="card__head">
        <h3 className="card__title">{words.title}</h3>
      </header>
      <KindDifference view={value} />
      {value.keys.map((key) => (
        <KeyLine key={key.name} entry={key} />
      ))}
    </section>
  );
}

function KindDifference({ view }: { readonly view: ProfileView }): JSX.Element | null {
  const { t } = useText();
  const { view: words } = useProfileToolWords();
  const named = (kind: ProfileView['awsCli']): string => (kind === undefined ? words.notRead : t.profileKinds[kind]);
  return view.awsCli === view.jsSdk ? null : (
    <div className="card__body">
      <Notice severity="warning" message={words.differ(named(view.awsCli), named(view.jsSdk))} />
    </div>
  );
}

function KeyLine({ entry }: { readonly entry: ProfileViewKey }): JSX.Element {
  const { view: words } = useProfileToolWords();
  const { name, awsCli, jsSdk, agree, isSecret, file, line } = entry;
  const shown = (value: string | undefined): string =>
    value === undefined ? words.notRead : isSecret ? words.secret : displayText(value);
  return (
    <div className="line key-line">
      <div className="line__words">
        <p className="line__main">
          <span className="key-line__name">{name}</span>
          {!agree && <Badge tone="warn">{words.differs}</Badge>}
        </p>
        {file !== undefined && (
          <p className="line__note selectable">
            <bdi>{`${file}:${line ?? ''}`}</bdi>
          </p>
        )}
      </div>
      {agree ? (
        <bdi className="key-line__value selectable">{shown(awsCli)}</bdi>
      ) : (
        <dl className="key-line__value key-line__both selectable">
          <dt>AWS CLI, boto3</dt>
          <dd>
            <bdi>{shown(awsCli)}</bdi>
          </dd>
          <dt>JS SDK</dt>
          <dd>
            <bdi>{shown(jsSdk)}</bdi>
          </dd>
        </dl>
      )}
    </div>
  );
}
