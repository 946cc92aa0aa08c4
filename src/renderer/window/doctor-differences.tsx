import { useState, type JSX } from 'react';
import type { ToolDifference } from '../../shared/care-commands.ts';
import { Button } from '../components/button.tsx';
import { TextLink } from '../components/text-link.tsx';
import { displayText } from '../model/display-text.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

const FIRST_SHOWN = 10;

/** Profiles of which the families of tools make different things, side by side. */
export function DoctorDifferences({ differences }: { readonly differences: readonly ToolDifference[] }): JSX.Element {
  const { t, format } = useText();
  const { router } = useShell();
  const [shown, setShown] = useState(FIRST_SHOWN);
  const kindWords = (kind: ToolDifference['awsCli']): string =>
    kind === undefined ? t.doctor.unseen : t.profileKinds[kind];
  return (
    <section className="card" aria-label={t.doctor.differences}>
      <header className="card__head">
        <div className="card__words">
          <h2 className="card__title">{t.doctor.differences}</h2>
          <p className="card__note">{t.doctor.differencesText}</p>
        </div>
      </header>
      <table className="differences">
        <thead>
          <tr>
            <th scope="col">{t.links.profiles}</th>
            <th scope="col">AWS CLI, boto3</th>
            <th scope="col">AWS SDK for JavaScript</th>
          </tr>
        </thead>
        <tbody>
          {differences.slice(0, shown).map(({ profile, awsCli, jsSdk }) => (
            <tr key={profile}>
              <th scope="row">
                <TextLink onFollow={() => router.go('profiles', profile)}>
                  <bdi>{displayText(profile)}</bdi>
                </TextLink>
              </th>
              <td>{kindWords(awsCli)}</td>
              <td>{kindWords(jsSdk)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {differences.length > shown && (
        <div className="line">
          <Button size="sm" onClick={() => setShown(differences.length)}>
            {t.doctor.more(format.number(differences.length - shown))}
          </Button>
        </div>
      )}
    </section>
  );
}
