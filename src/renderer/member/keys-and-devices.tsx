import { useState, type JSX } from 'react';
import type { ProfileState } from '../../shared/app-state.ts';
import type { CommandResult } from '../../shared/commands.ts';
import type { MfaDeviceFact } from '../../shared/member-commands.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { Notice } from '../components/notice.tsx';
import { displayText } from '../model/display-text.ts';
import { keyProfileOf } from '../model/key-profiles.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useNow } from '../shell/use-now.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { SetupCheck } from './setup-check.tsx';
import { useCommand } from '../shell/use-command.ts';
import './member.css';

const OLD_KEY_MS = 90 * 86_400_000;

type KeyFacts = CommandResult<'accessKeyFacts'>;

/** The access key and the MFA devices behind a profile; nothing where it starts from no key. AWS is asked only on the user's word. */
export function KeysAndDevices({ profile }: { readonly profile: ProfileState }): JSX.Element | null {
  const owner = useAppState((state) => keyProfileOf(profile, state.profiles)?.name);
  return owner === undefined ? null : <OwnersKeys key={owner} owner={owner} isOwn={owner === profile.name} />;
}

function OwnersKeys({ owner, isOwn }: { readonly owner: string; readonly isOwn: boolean }): JSX.Element {
  const { t } = useText();
  const shell = useShell();
  const listing = useCommand();
  const asking = useCommand();
  const [devices, setDevices] = useState<readonly MfaDeviceFact[] | undefined>(undefined);
  const [facts, setFacts] = useState<KeyFacts | undefined>(undefined);
  const words = t.member.keys;
  const list = async (): Promise<void> => {
    setDevices((await listing.run('listMfaDevices', { profile: owner }))?.devices);
  };
  const ask = async (): Promise<void> => {
    setFacts(await asking.run('accessKeyFacts', { profile: owner }));
  };
  const openRotation = (): void =>
    shell.dialogs.open({
      kind: 'rotate-key',
      profile: owner,
      rotation: facts?.rotation,
      onDone: () => void ask(),
    });
  return (
    <section className="card keys-card" aria-label={words.title}>
      <header className="card__head">
        <div className="card__words">
          <h3 className="card__title">{words.title}</h3>
          {!isOwn && (
            <p className="card__note">
              {words.of} <bdi>{displayText(owner)}</bdi>
            </p>
          )}
        </div>
      </header>
      <KeyLine facts={facts} busy={asking.busy} onAsk={() => void ask()} onRotate={openRotation} />
      {facts?.rotation !== undefined && (
        <div className="line">
          <Notice
            severity="warning"
            message={words.rotationWaits}
            hint={facts.rotation.oldAccessKeyId}
            actions={
              <Button size="sm" onClick={openRotation}>
                {words.rotationShow}
              </Button>
            }
          />
        </div>
      )}
      <LineFailure failure={asking.failure} />
      <DeviceLines owner={owner} devices={devices} busy={listing.busy} onList={() => void list()} />
      <LineFailure failure={listing.failure} />
      <div className="line line--top">
        <SetupCheck profile={owner} fixOf={() => undefined} />
      </div>
    </section>
  );
}

function LineFailure({ failure }: { readonly failure: Parameters<typeof FailureNotice>[0]['failure'] }) {
  return failure === undefined ? null : (
    <div className="line">
      <FailureNotice failure={failure} />
    </div>
  );
}

function KeyLine(props: {
  readonly facts: KeyFacts | undefined;
  readonly busy: boolean;
  readonly onAsk: () => void;
  readonly onRotate: () => void;
}): JSX.Element {
  const { t, format } = useText();
  const { facts } = props;
  const now = useNow(10_000);
  const words = t.member.keys;
  const createdMs = facts?.createdAt === undefined ? undefined : Date.parse(facts.createdAt);
  const isOld = createdMs !== undefined && now - createdMs > OLD_KEY_MS;
  return (
    <div className="line setting">
      <div className="line__words">
        <p className="line__main">
          {words.key}
          {facts !== undefined && <code className="selectable">{facts.accessKeyId}</code>}
          {isOld && <Badge tone="warn">{words.old}</Badge>}
        </p>
        <p className="line__note">
          {facts === undefined
            ? words.keyHint
            : [
                words.user(displayText(facts.userName)),
                facts.createdAt === undefined ? words.ageUnknown : words.made(format.ago(facts.createdAt, now)),
              ].join(' · ')}
        </p>
      </div>
      {facts === undefined && (
        <Button size="sm" busy={props.busy} onClick={props.onAsk}>
          {words.ask}
        </Button>
      )}
      <Button size="sm" icon="refresh" onClick={props.onRotate}>
        {words.rotate}
      </Button>
    </div>
  );
}

function DeviceLines(props: {
  readonly owner: string;
  readonly devices: readonly MfaDeviceFact[] | undefined;
  readonly busy: boolean;
  readonly onList: () => void;
}): JSX.Element {
  const { t } = useText();
  const { dialogs } = useShell();
  const { owner, devices } = props;
  const words = t.member.keys;
  return (
    <>
      <div className="line setting">
        <div className="line__words">
          <p>{words.devices}</p>
          <p className="line__note">{devices?.length === 0 ? words.noDevices : words.devicesHint}</p>
        </div>
        {devices === undefined && (
          <Button size="sm" busy={props.busy} onClick={props.onList}>
            {words.list}
          </Button>
        )}
        <Button
          size="sm"
          icon="plus"
          onClick={() => dialogs.open({ kind: 'enrol-device', profile: owner, onDone: props.onList })}
        >
          {words.enrol}
        </Button>
      </div>
      {devices?.map((device) => (
        <DeviceLine key={device.mfaSerial} owner={owner} device={device} onChanged={props.onList} />
      ))}
    </>
  );
}

function DeviceLine(props: {
  readonly owner: string;
  readonly device: MfaDeviceFact;
  readonly onChanged: () => void;
}): JSX.Element {
  const { t, format } = useText();
  const { dialogs } = useShell();
  const { owner: profile, device } = props;
  const { mfaSerial } = device;
  const now = useNow(10_000);
  const words = t.member.keys;
  return (
    <div className="line setting device">
      <div className="line__words">
        <p className="line__main">
          <bdi>{displayText(device.deviceName)}</bdi>
          {device.hasSeedHere && <Badge tone="accent">{words.keptHere}</Badge>}
        </p>
        <p className="line__note">
          <bdi className="selectable">{displayText(mfaSerial)}</bdi>
          {device.enabledAt !== undefined && ` · ${words.enrolled(format.ago(device.enabledAt, now))}`}
        </p>
      </div>
      <Button size="sm" onClick={() => dialogs.open({ kind: 'resync-device', profile, mfaSerial })}>
        {words.resync}
      </Button>
      <IconButton
        icon="trash"
        label={words.remove}
        onClick={() => dialogs.open({ kind: 'remove-device', profile, mfaSerial, onDone: props.onChanged })}
      />
    </div>
  );
}
