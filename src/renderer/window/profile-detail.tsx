import type { JSX } from 'react';
import type { ProfileState } from '../../shared/app-state.ts';
import { targetKey } from '../../shared/role-target.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { CodeLine } from '../components/code-line.tsx';
import { useProfileToolWords } from '../i18n/profile-tool-words.ts';
import { KeysAndDevices } from '../member/keys-and-devices.tsx';
import type { RoleEntry } from '../model/access-entry.ts';
import { cliSnippets } from '../model/cli-snippets.ts';
import { displayText } from '../model/display-text.ts';
import { isGuarded } from '../model/guard.ts';
import { EffectiveKeys } from '../profiles/effective-keys.tsx';
import type { ProfileDialog } from '../profiles/profile-dialog.ts';
import { useRoleActions } from '../popover/use-role-actions.ts';
import { useAccess } from '../shell/use-app-state.ts';
import { useGuardFacts } from '../shell/use-guard-facts.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { ProfileUse } from './profile-use.tsx';
import { ProblemList } from './problem-list.tsx';

/** One profile: what it comes to, what is wrong with it, and what can be done with it. */
export function ProfileDetail({ profile }: { readonly profile: ProfileState }): JSX.Element {
  const { t } = useText();
  const words = useProfileToolWords();
  const entry = useProfileEntry(profile);
  const facts = useGuardFacts();
  return (
    <div className="profile">
      <h2 className="profile__title">
        <bdi>{displayText(profile.name)}</bdi>
        <Badge>{t.profileKinds[profile.kind]}</Badge>
        {entry !== undefined && isGuarded(entry, facts) && (
          <Badge tone="danger" icon="shield">
            {t.row.guarded}
          </Badge>
        )}
        {profile.protected && (
          <Badge tone="ok" icon="lock">
            {t.profiles.protected}
          </Badge>
        )}
        {profile.managed && <Badge tone="accent">{t.profiles.managed}</Badge>}
        {profile.isDefault === true && <Badge tone="accent">{words.isDefault}</Badge>}
      </h2>
      <ProfileButtons profile={profile} entry={entry} />
      {profile.problems.length > 0 && <ProblemList problems={profile.problems} profile={profile.name} />}
      <Effective profile={profile} />
      {profile.kind !== 'settings-only' && <ProfileUse profile={profile} entry={entry} />}
      <EffectiveKeys profile={profile} />
      <KeysAndDevices profile={profile} />
      {entry !== undefined && cliSnippets(entry, [profile.name]).map((line) => <CodeLine key={line} code={line} />)}
    </div>
  );
}

function ProfileButtons({
  profile,
  entry,
}: {
  readonly profile: ProfileState;
  readonly entry: RoleEntry | undefined;
}): JSX.Element {
  const { t } = useText();
  const { dialogs } = useShell();
  const actions = useRoleActions();
  const protect = (undo: boolean): void =>
    dialogs.open({ kind: 'profiles', dialog: { kind: 'protect', profile: profile.name, undo } });
  const protectable = profile.kind === 'static' || profile.kind === 'assume-role';
  return (
    <div className="profile__buttons">
      {entry !== undefined && profile.canFederate && (
        <Button variant="primary" icon="open" onClick={() => actions.open(entry)}>
          {t.menu.openConsole}
        </Button>
      )}
      {entry !== undefined && (
        <Button icon="copy" aria-haspopup="menu" onClick={(event) => actions.showCopyMenu(entry, event.currentTarget)}>
          {t.inspector.copyAs}
        </Button>
      )}
      {profile.protected ? (
        <Button icon="lock" onClick={() => protect(true)}>
          {t.profiles.unprotect}
        </Button>
      ) : (
        protectable && (
          <Button icon="lock" onClick={() => protect(false)}>
            {t.profiles.protect}
          </Button>
        )
      )}
      <EditButtons profile={profile} />
    </div>
  );
}

/** What changes the profile in the files. */
function EditButtons({ profile }: { readonly profile: ProfileState }): JSX.Element {
  const { page: words } = useProfileToolWords();
  const { dialogs } = useShell();
  const { name } = profile;
  const open = (dialog: ProfileDialog): void => dialogs.open({ kind: 'profiles', dialog });
  const canBeDefault = name !== 'default' && profile.isDefault !== true && profile.kind !== 'settings-only';
  return (
    <div className="profile__buttons">
      <Button icon="edit" onClick={() => open({ kind: 'edit', profile: name })}>
        {words.edit}
      </Button>
      {canBeDefault && (
        <Button icon="check" onClick={() => open({ kind: 'make-default', profile: name })}>
          {words.makeDefault}
        </Button>
      )}
      <Button icon="trash" onClick={() => open(removalOf(profile))}>
        {words.remove}
      </Button>
    </div>
  );
}

/** The next sync would write a profile of ours again: to remove it is to leave its role out. */
function removalOf({ name, managed, ssoSession, accountId, roleName }: ProfileState): ProfileDialog {
  return managed && ssoSession !== undefined && accountId !== undefined && roleName !== undefined
    ? { kind: 'sync', ssoSession, leaveOut: { account: accountId, role: roleName } }
    : { kind: 'remove', profile: name };
}

/** The profile after every file, section and default had its say. */
function Effective({ profile }: { readonly profile: ProfileState }): JSX.Element {
  const { t } = useText();
  const facts = [
    [t.profiles.facts.account, profile.accountId],
    [t.profiles.facts.role, profile.roleArn ?? profile.roleName],
    [t.profiles.facts.ssoSession, profile.ssoSession],
    [t.profiles.facts.source, profile.sourceProfile],
    [t.profiles.facts.mfa, profile.mfaSerial],
    [t.profiles.facts.region, profile.region],
    [t.profiles.facts.output, profile.output],
    [t.profiles.facts.place, `${profile.file}:${profile.line}`],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => value !== undefined && <FactLine key={name} name={name} value={value} />)}
    </dl>
  );
}

function FactLine({ name, value }: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <bdi>{displayText(value)}</bdi>
      </dd>
    </>
  );
}

/** What opens and copies this profile: itself, or the role of the Identity Center that it names. */
function useProfileEntry(profile: ProfileState): RoleEntry | undefined {
  const { find } = useAccess();
  const own = find(targetKey({ kind: 'profile', profile: profile.name }));
  const { ssoSession, accountId, roleName } = profile;
  return (
    own ??
    (ssoSession !== undefined && accountId !== undefined && roleName !== undefined
      ? find(targetKey({ kind: 'sso-role', ssoSession, accountId, roleName }))
      : undefined)
  );
}
