import { useRef, useState, type ClipboardEvent, type JSX } from 'react';
import { Field } from '../components/field.tsx';
import { TextInput } from '../components/text-input.tsx';
import { RegionInput } from '../dialogs/region-input.tsx';
import { readPastedKey } from '../model/pasted-key.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { FormDialog } from '../dialogs/form-dialog.tsx';
import type { AddedKey } from './member-dialog.ts';
import { useCommand } from '../shell/use-command.ts';
import './member.css';

/**
 * Takes an access key and gives it to the core. The secret lives in its own field only: no state of the page has it, and the field is
 * emptied the moment it is sent.
 */
export function AddKeyDialog(props: {
  readonly suggestedName: string;
  readonly onDone: (key: AddedKey) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useText();
  const { toasts } = useShell();
  const command = useCommand();
  const secret = useRef<HTMLInputElement>(null);
  const [profile, setProfile] = useState(props.suggestedName);
  const [accessKeyId, setAccessKeyId] = useState('');
  const [region, setRegion] = useState('');
  const words = t.member.addKey;

  const send = async (): Promise<void> => {
    const secretAccessKey = takeText(secret.current);
    const added = await command.run('addAccessKey', {
      profile: profile.trim(),
      accessKeyId: accessKeyId.trim(),
      secretAccessKey,
      ...(region === '' ? {} : { region }),
    });
    if (added === undefined) {
      secret.current?.focus();
      return;
    }
    toasts.add('ok', ({ t: { member } }) => ({ message: member.addKey.done, hint: added.arn }));
    const userName = added.arn.split('/').at(-1) ?? '';
    props.onDone({ profile: profile.trim(), accountId: added.accountId, userName });
    props.onClose();
  };
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = readPastedKey(event.clipboardData.getData('text'));
    if (pasted !== undefined && secret.current !== null) {
      event.preventDefault();
      setAccessKeyId(pasted.accessKeyId);
      secret.current.value = pasted.secretAccessKey;
    }
  };
  return (
    <FormDialog
      title={words.title}
      onClose={props.onClose}
      submit={words.submit}
      icon="key"
      busy={command.busy}
      onPaste={onPaste}
      onSubmit={() => void send()}
    >
      <p className="member__lead">{words.text}</p>
      <Field label={words.keyId} hint={words.keyIdHint}>
        {(control) => (
          <TextInput
            {...control}
            data-focus-first
            className="member__mono"
            placeholder="AKIA…"
            value={accessKeyId}
            onChange={(event) => setAccessKeyId(event.target.value)}
          />
        )}
      </Field>
      <Field label={words.secret} hint={words.secretHint}>
        {(control) => <TextInput {...control} ref={secret} type="password" className="member__mono" />}
      </Field>
      <Field label={words.profile} hint={words.profileHint}>
        {(control) => <TextInput {...control} value={profile} onChange={(event) => setProfile(event.target.value)} />}
      </Field>
      <Field label={words.region} hint={words.regionHint}>
        {(control) => <RegionInput control={control} value={region} onValue={(next) => setRegion(next.trim())} />}
      </Field>
      <FailureNotice failure={command.failure} />
    </FormDialog>
  );
}

/** Reads a field and empties it. */
function takeText(field: HTMLInputElement | null): string {
  const text = field?.value ?? '';
  if (field !== null) {
    field.value = '';
  }
  return text;
}
