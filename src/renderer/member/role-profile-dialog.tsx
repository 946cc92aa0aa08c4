import { useState, type JSX } from 'react';
import { Field } from '../components/field.tsx';
import { TextInput } from '../components/text-input.tsx';
import { RegionInput } from '../dialogs/region-input.tsx';
import { isolated } from '../model/display-text.ts';
import { holdsKey } from '../model/key-profiles.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useText } from '../shell/use-text.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { FormDialog } from '../dialogs/form-dialog.tsx';
import { Previews } from '../profiles/previews.tsx';
import { usePreview } from '../profiles/use-preview.ts';
import { useCommand } from '../shell/use-command.ts';
import { useDevices } from './use-devices.ts';
import './member.css';

/**
 * Writes the profile of a role, shown before it is written. Where it starts from an access key a device may be wanted: the one AWS has for
 * the user, until another is typed. A role that is reached from a role takes none.
 */
export function RoleProfileDialog(props: {
  readonly sourceProfile: string;
  readonly suggestedName: string;
  readonly roleArn: string;
  readonly region: string;
  /** Given the name of the profile. */
  readonly onDone: (profile: string) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { sourceProfile } = props;
  const { t } = useText();
  const command = useCommand();
  const byKey = useAppState(({ profiles }) => profiles.some((each) => each.name === sourceProfile && holdsKey(each)));
  const { devices } = useDevices(byKey ? sourceProfile : undefined);
  const [profile, setProfile] = useState(props.suggestedName);
  const [roleArn, setRoleArn] = useState(props.roleArn);
  const [ownSerial, setOwnSerial] = useState<string | undefined>(undefined);
  const [region, setRegion] = useState(props.region);
  const mfaSerial = ownSerial ?? devices?.[0]?.mfaSerial ?? '';
  const wanted = {
    profile: profile.trim(),
    roleArn: roleArn.trim(),
    sourceProfile,
    ...(mfaSerial.trim() === '' ? {} : { mfaSerial: mfaSerial.trim() }),
    ...(region === '' ? {} : { region }),
  };
  const isWhole = wanted.profile !== '' && wanted.roleArn !== '';
  const preview = usePreview('addRoleProfile', isWhole ? { ...wanted, preview: true } : undefined);
  const words = t.member.roleProfile;
  const write = async (): Promise<void> => {
    if ((await command.run('addRoleProfile', wanted)) !== undefined) {
      props.onDone(wanted.profile);
      props.onClose();
    }
  };
  return (
    <FormDialog
      size="wide"
      title={words.title}
      onClose={props.onClose}
      submit={words.submit}
      icon="profiles"
      busy={command.busy}
      disabled={!preview.isCurrent || preview.failure !== undefined}
      onSubmit={() => void write()}
    >
      <p className="member__lead">{words.text(isolated(sourceProfile))}</p>
      <div className="member__pair">
        <Field label={words.profile} hint={words.profileHint}>
          {(control) => <TextInput {...control} value={profile} onChange={(event) => setProfile(event.target.value)} />}
        </Field>
        <Field label={words.region} hint={words.regionHint}>
          {(control) => <RegionInput control={control} value={region} onValue={(next) => setRegion(next.trim())} />}
        </Field>
      </div>
      <Field label={words.roleArn} hint={words.roleArnHint}>
        {(control) => (
          <TextInput
            {...control}
            data-focus-first
            placeholder="arn:aws:iam::111122223333:role/NAME"
            value={roleArn}
            onChange={(event) => setRoleArn(event.target.value)}
          />
        )}
      </Field>
      {byKey && (
        <Field label={words.device} hint={devices?.length === 0 ? words.noDevice : words.deviceHint}>
          {(control) => (
            <TextInput
              {...control}
              placeholder="arn:aws:iam::111122223333:mfa/NAME"
              value={mfaSerial}
              onChange={(event) => setOwnSerial(event.target.value)}
            />
          )}
        </Field>
      )}
      <FailureNotice failure={command.failure ?? preview.failure} />
      {isWhole && preview.failure === undefined && <Previews previews={preview.value?.previews} />}
    </FormDialog>
  );
}
