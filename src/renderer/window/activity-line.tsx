import type { JSX } from 'react';
import type { ActivityEntry } from '../../shared/app-state.ts';
import { targetKey, targetOfKey } from '../../shared/role-target.ts';
import { AccountId } from '../components/account-id.tsx';
import { Badge, type BadgeTone } from '../components/badge.tsx';
import { Icon } from '../components/icon.tsx';
import type { IconName } from '../components/icon-paths.ts';
import { TextLink } from '../components/text-link.tsx';
import { askerText } from '../model/asker-text.ts';
import { displayText } from '../model/display-text.ts';
import { searchText } from '../model/match-word.ts';
import type { AccessModel } from '../state/access-model.ts';
import { useAccess } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

const ICON: Readonly<Record<ActivityEntry['what'], IconName>> = {
  credentials: 'key',
  console: 'open',
  copy: 'copy',
  'sign-in': 'sign-in',
  'sign-out': 'sign-out',
  export: 'terminal',
  exec: 'terminal',
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

/** One thing that happened: what, with which role, who asked from where, when, and how it ended. */
export function ActivityLine({ entry }: { readonly entry: ActivityEntry }): JSX.Element {
  const { t, format } = useText();
  const { asker, detail, outcome } = entry;
  const notes = [
    askerText(asker, t.asker),
    ...(asker.parents.length === 0 ? [] : [`${t.asker.startedBy} ${asker.parents.map(displayText).join(' ← ')}`]),
    ...(detail === '' ? [] : [displayText(detail)]),
  ];
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
          {notes.map((note, at) => (
            <span key={note}>
              {at > 0 && ' · '}
              <bdi>{note}</bdi>
            </span>
          ))}
        </p>
      </div>
      {outcome !== 'ok' && <Badge tone={TONE[outcome]}>{t.activity.outcomes[outcome]}</Badge>}
      <time className="card__note numeric" dateTime={entry.at} title={format.full(entry.at)}>
        {format.time(entry.at)}
      </time>
    </div>
  );
}

/** The name of a role by its key: the account and role, or the profile. */
export function roleWords(key: string, find: AccessModel['find']): string {
  const entry = find(key);
  const target = targetOfKey(key);
  if (entry !== undefined) {
    return [entry.account.name.shown, entry.role.shown].filter(Boolean).join(' ');
  }
  return target === undefined
    ? displayText(key)
    : displayText(target.kind === 'profile' ? target.profile : `${target.accountId} ${target.roleName}`);
}

/** Leads to what it names: the role in the table, the profile, the Identity Center. */
function TargetName({ entry }: { readonly entry: ActivityEntry }): JSX.Element | null {
  const { find } = useAccess();
  const { router } = useShell();
  const { target, ssoSession } = entry;
  if (target === undefined) {
    return ssoSession === undefined ? null : (
      <TextLink onFollow={() => router.go('sessions', ssoSession)}>
        <bdi>{displayText(ssoSession)}</bdi>
      </TextLink>
    );
  }
  const key = targetKey(target);
  const known = find(key);
  const accountId = target.kind === 'profile' ? known?.account.accountId : target.accountId;
  return (
    <>
      <TextLink
        onFollow={() => (target.kind === 'profile' ? router.go('profiles', target.profile) : router.go('access', key))}
      >
        <bdi>{roleWords(key, find)}</bdi>
      </TextLink>
      {accountId !== undefined && <AccountId id={searchText(accountId)} />}
    </>
  );
}
