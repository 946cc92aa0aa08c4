import type { JSX } from 'react';
import { TextLink } from '../components/text-link.tsx';
import type { RoleEntry } from '../model/access-entry.ts';
import { displayText } from '../model/display-text.ts';
import { useAccess } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

/** A role may have a profile in every project; more than these are found on their own page. */
const MOST_PROFILES = 5;

/** From a role to its profiles, its Identity Center, and what was done with it. */
export function RoleLinks({ entry }: { readonly entry: RoleEntry }): JSX.Element {
  const { t } = useText();
  const { router } = useShell();
  const { aliases } = useAccess();
  const { target } = entry;
  const profiles = target.kind === 'profile' ? [target.profile] : (aliases.get(entry.key) ?? []);
  return (
    <ul className="page-links">
      {profiles.slice(0, MOST_PROFILES).map((profile) => (
        <li key={profile}>
          <TextLink onFollow={() => router.go('profiles', profile)}>
            <bdi>{t.links.profile(displayText(profile))}</bdi>
          </TextLink>
        </li>
      ))}
      {target.kind === 'sso-role' && (
        <li>
          <TextLink onFollow={() => router.go('sessions', target.ssoSession)}>
            <bdi>{t.links.ssoSession(displayText(target.ssoSession))}</bdi>
          </TextLink>
        </li>
      )}
      <li>
        <TextLink onFollow={() => router.go('activity', entry.key)}>{t.links.activity}</TextLink>
      </li>
    </ul>
  );
}
