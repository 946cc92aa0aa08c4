import type { JSX } from 'react';
import { TextLink } from '../components/text-link.tsx';
import { displayText } from '../model/display-text.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

const MOST_SHOWN = 6;

/** From an Identity Center to the profiles that get their credentials from it. */
export function SessionProfiles({ ssoSession }: { readonly ssoSession: string }): JSX.Element | null {
  const { t, format } = useText();
  const { router } = useShell();
  const all = useAppState((state) => state.profiles);
  const profiles = all.filter((profile) => profile.ssoSession === ssoSession);
  return profiles.length === 0 ? null : (
    <div className="line">
      <span className="card__note">{t.links.profiles}</span>
      <ul className="page-links page-links--row" aria-label={t.links.profiles}>
        {profiles.slice(0, MOST_SHOWN).map(({ name }) => (
          <li key={name}>
            <TextLink onFollow={() => router.go('profiles', name)}>
              <bdi>{displayText(name)}</bdi>
            </TextLink>
          </li>
        ))}
        {profiles.length > MOST_SHOWN && (
          <li>
            <TextLink onFollow={() => router.go('profiles')}>
              {t.links.moreProfiles(format.number(profiles.length - MOST_SHOWN))}
            </TextLink>
          </li>
        )}
      </ul>
    </div>
  );
}
