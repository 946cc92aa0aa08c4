import { useState, type JSX } from 'react';
import type { ProfileState } from '../../shared/app-state.ts';
import type { MfaDeviceFact, SetupFinding } from '../../shared/member-commands.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { Select } from '../components/select.tsx';
import { displayText } from '../model/display-text.ts';
import type { StepStatus } from '../model/guide-steps.ts';
import { freeProfileName, rolesFrom } from '../model/key-profiles.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import type { AddedKey } from './member-dialog.ts';
import { SetupCheck } from './setup-check.tsx';
import { useCommand } from '../shell/use-command.ts';
import type { DevicesView } from './use-devices.ts';

/** What the steps of the guide work with. */
export interface GuideWork {
  readonly keyProfile: string | undefined;
  readonly keyProfiles: readonly string[];
  readonly devices: DevicesView;
  readonly userName: string;
  readonly roleName: string;
  /** Empty as long as account and role are not named. */
  readonly roleArn: string;
  readonly onKeyProfile: (profile: string) => void;
  readonly onKeyAdded: (key: AddedKey) => void;
  readonly onFindings: (findings: readonly SetupFinding[]) => void;
  /** Shows the step that has this document or action. */
  readonly onShow: (fix: string) => void;
}

interface ActionProps {
  readonly work: GuideWork;
  readonly status: StepStatus;
}

/** The button of a step, which does it right here; nothing for what is done elsewhere. */
export function GuideAction(props: ActionProps & { readonly action: string | undefined }): JSX.Element | null {
  switch (props.action) {
    case 'add-key':
      return <AddKeyAction {...props} />;
    case 'enrol-device':
      return <EnrolAction {...props} />;
    case 'write-profiles':
      return <WriteProfileAction {...props} />;
    case 'assume-role':
      return <UseRoleAction {...props} />;
    case 'protect-profile':
      return <ProtectAction {...props} />;
    case 'check-setup':
      return <CheckAction {...props} />;
    case 'add-sso-session':
    case 'sign-in':
    case 'sync-profiles':
      return <IdentityCenterAction action={props.action} status={props.status} />;
    default:
      return null;
  }
}

/** The step that is next has the one strong button of the page. */
function variantOf(status: StepStatus): 'primary' | 'secondary' {
  return status === 'next' ? 'primary' : 'secondary';
}

/** What a step came to. */
function Result({ children }: { readonly children: string }): JSX.Element {
  return (
    <p className="step__result">
      <Icon name="check" />
      <bdi>{children}</bdi>
    </p>
  );
}

/** Said where a step needs the key first. */
function KeyFirst(): JSX.Element {
  const { t } = useText();
  return <p className="step__wait">{t.guide.keyFirst}</p>;
}

function AddKeyAction({ work, status }: ActionProps): JSX.Element {
  const { t } = useText();
  const { dialogs } = useShell();
  const profiles = useAppState((state) => state.profiles);
  const add = (): void =>
    dialogs.open({
      kind: 'add-key',
      suggestedName: freeProfileName(work.userName, profiles),
      onDone: work.onKeyAdded,
    });
  return (
    <div className="step__do">
      {work.keyProfiles.length > 0 && (
        <span className="step__choice">
          <span aria-hidden="true">{t.guide.keyProfile}</span>
          <Select
            label={t.guide.keyProfile}
            value={work.keyProfile ?? ''}
            options={work.keyProfiles.map((value) => ({ value, label: displayText(value) }))}
            onChange={work.onKeyProfile}
          />
        </span>
      )}
      <Button icon="key" variant={variantOf(status)} onClick={add}>
        {status === 'done' ? t.guide.actions.addAnotherKey : t.guide.actions.addKey}
      </Button>
    </div>
  );
}

function EnrolAction({ work, status }: ActionProps): JSX.Element {
  const { t } = useText();
  const { dialogs } = useShell();
  const { keyProfile, devices } = work;
  if (keyProfile === undefined) {
    return <KeyFirst />;
  }
  return (
    <>
      {devices.devices?.map((device: MfaDeviceFact) => (
        <Result key={device.mfaSerial}>{displayText(device.mfaSerial)}</Result>
      ))}
      <FailureNotice failure={devices.failure} />
      <div className="step__do">
        <Button
          icon="phone"
          variant={variantOf(status)}
          onClick={() => dialogs.open({ kind: 'enrol-device', profile: keyProfile, onDone: devices.reload })}
        >
          {status === 'done' ? t.guide.actions.enrolAnother : t.guide.actions.enrol}
        </Button>
      </div>
    </>
  );
}

function WriteProfileAction({ work, status }: ActionProps): JSX.Element {
  const { t } = useText();
  const { dialogs } = useShell();
  const profiles = useAppState((state) => state.profiles);
  const { keyProfile } = work;
  if (keyProfile === undefined) {
    return <KeyFirst />;
  }
  const region = profiles.find(({ name }) => name === keyProfile)?.region ?? '';
  return (
    <>
      {rolesFrom(keyProfile, profiles).map((role) => (
        <Result key={role.name}>{`[profile ${displayText(role.name)}] ${displayText(role.roleArn ?? '')}`}</Result>
      ))}
      <div className="step__do">
        <Button
          icon="profiles"
          variant={variantOf(status)}
          onClick={() =>
            dialogs.open({
              kind: 'role-profile',
              sourceProfile: keyProfile,
              suggestedName: freeProfileName(work.roleName === '' ? 'my-role' : work.roleName, profiles),
              roleArn: work.roleArn,
              region,
              onDone: () => {},
            })
          }
        >
          {status === 'done' ? t.guide.actions.writeAnother : t.guide.actions.writeProfile}
        </Button>
      </div>
    </>
  );
}

function UseRoleAction({ work, status }: ActionProps): JSX.Element {
  const { t } = useText();
  const profiles = useAppState((state) => state.profiles);
  const roles = rolesFrom(work.keyProfile, profiles);
  return roles.length === 0 ? (
    <p className="step__wait">{t.guide.profileFirst}</p>
  ) : (
    <>
      {roles.map((role, at) => (
        <RoleLine key={role.name} role={role} variant={at === 0 ? variantOf(status) : 'secondary'} />
      ))}
    </>
  );
}

function RoleLine({ role, variant }: { readonly role: ProfileState; readonly variant: 'primary' | 'secondary' }) {
  const { t } = useText();
  const { state } = useShell();
  const opening = useCommand();
  const copying = useCommand();
  const [opened, setOpened] = useState<string | undefined>(undefined);
  const target = { kind: 'profile', profile: role.name } as const;
  const copy = async (): Promise<void> => {
    const format = state.get()?.settings.copyFormat ?? 'bash';
    const copied = await copying.run('copyCredentials', { target, format });
    setOpened(copied === undefined ? undefined : t.toast.copied(displayText(role.name), t.copyFormats[format]));
  };
  const open = async (): Promise<void> => {
    const shown = await opening.run('openConsole', { target });
    setOpened(shown === undefined ? undefined : t.guide.consoleOpened(shown.shown));
  };
  return (
    <>
      <div className="step__do">
        <bdi className="step__subject">{displayText(role.name)}</bdi>
        <Button icon="open" variant={variant} busy={opening.busy} onClick={() => void open()}>
          {t.menu.openConsole}
        </Button>
        <Button icon="copy" busy={copying.busy} onClick={() => void copy()}>
          {t.row.copy}
        </Button>
      </div>
      {opened !== undefined && (
        <div role="status">
          <Result>{opened}</Result>
        </div>
      )}
      <FailureNotice failure={opening.failure ?? copying.failure} />
    </>
  );
}

function ProtectAction({ work, status }: ActionProps): JSX.Element {
  const { t } = useText();
  const { dialogs } = useShell();
  const { keyProfile } = work;
  if (keyProfile === undefined) {
    return <KeyFirst />;
  }
  return status === 'done' ? (
    <Result>{t.guide.allProtected}</Result>
  ) : (
    <div className="step__do">
      <Button
        icon="lock"
        variant={variantOf(status)}
        onClick={() =>
          dialogs.open({ kind: 'profiles', dialog: { kind: 'protect', profile: keyProfile, undo: false } })
        }
      >
        {t.profiles.protect}
      </Button>
    </div>
  );
}

function CheckAction({ work, status }: ActionProps): JSX.Element {
  const { t } = useText();
  return work.keyProfile === undefined ? (
    <KeyFirst />
  ) : (
    <SetupCheck
      key={work.keyProfile}
      primary={status === 'next'}
      profile={work.keyProfile}
      onFindings={work.onFindings}
      fixOf={(fix) => ({ label: t.guide.showFix, run: () => work.onShow(fix) })}
    />
  );
}

function IdentityCenterAction(props: {
  readonly action: 'add-sso-session' | 'sign-in' | 'sync-profiles';
  readonly status: StepStatus;
}): JSX.Element {
  const { t } = useText();
  const shell = useShell();
  const run = (): void => {
    const state = shell.state.get();
    switch (props.action) {
      case 'add-sso-session':
        return shell.dialogs.open({ kind: 'add-sso-session', startUrl: state?.app.sandbox?.startUrl ?? '' });
      case 'sign-in': {
        const session = state?.ssoSessions.find(({ access }) => access.kind !== 'signed-in');
        return session === undefined ? shell.router.go('sessions') : shell.actions.signIn(session.id);
      }
      case 'sync-profiles':
        return shell.router.go('profiles');
    }
  };
  return (
    <div className="step__do">
      <Button variant={variantOf(props.status)} onClick={run}>
        {t.guide.actions[props.action]}
      </Button>
    </div>
  );
}
