import type { JSX } from 'react';
import type { SetUpResult } from '../../shared/profile-commands.ts';
import { Badge, type BadgeTone } from '../components/badge.tsx';
import { useProfileToolWords } from '../i18n/profile-tool-words.ts';
import { displayText } from '../model/display-text.ts';
import { useText } from '../shell/use-text.ts';
import { Previews } from './previews.tsx';

const TONES: Readonly<Record<SetUpResult['items'][number]['action'], BadgeTone>> = {
  add: 'ok',
  same: 'neutral',
  conflict: 'warn',
};

/** What a set-up is, who vouches for it, and what it would add. */
export function SetUpShown({ setUp }: { readonly setUp: SetUpResult }): JSX.Element {
  const { format } = useText();
  const { take: words } = useProfileToolWords();
  return (
    <>
      <p className="member__note">
        {setUp.host !== undefined && <b>{setUp.host} </b>}
        <span className="member__mono">SHA-256 {setUp.sha256}</span>
      </p>
      <ul className="card edits">
        {setUp.items.map(({ kind, name, action, why }) => (
          <li key={`${kind} ${name}`} className="line">
            <div className="line__words">
              <p className="line__main">
                <span>{words.kinds[kind]}</span>
                <bdi className="role-row__account truncate">{displayText(name)}</bdi>
              </p>
              {why !== undefined && <p className="line__note">{why}</p>}
            </div>
            <Badge tone={TONES[action]}>{words.actions[action]}</Badge>
          </li>
        ))}
      </ul>
      <p className="member__note">{words.marks(format.number(setUp.marks), format.number(setUp.guardRules.length))}</p>
      <Previews previews={setUp.previews} />
    </>
  );
}
