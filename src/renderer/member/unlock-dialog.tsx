import { useRef, type JSX } from 'react';
import { Field } from '../components/field.tsx';
import { TextInput } from '../components/text-input.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useText } from '../shell/use-text.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { FormDialog } from '../dialogs/form-dialog.tsx';
import { useCommand } from '../shell/use-command.ts';
import './member.css';

/** Opens the secret store: by its passphrase, or by letting the keyring ask. */
export function UnlockDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { t } = useText();
  const command = useCommand();
  const field = useRef<HTMLInputElement>(null);
  const byPassphrase = useAppState((state) => state.secretStore.backend === 'passphrase');
  const words = t.member.store;
  const unlock = async (): Promise<void> => {
    const passphrase = field.current?.value ?? '';
    if (field.current !== null) {
      field.current.value = '';
    }
    if ((await command.run('unlockSecretStore', byPassphrase ? { passphrase } : {})) === undefined) {
      field.current?.focus();
    } else {
      onClose();
    }
  };
  return (
    <FormDialog
      size="small"
      title={words.unlockTitle}
      onClose={onClose}
      submit={words.unlockSubmit}
      icon="lock"
      busy={command.busy}
      onSubmit={() => void unlock()}
    >
      <p className="member__lead">{byPassphrase ? words.unlockText : words.unlockKeyring}</p>
      {byPassphrase && (
        <Field label={words.passphrase}>
          {(control) => <TextInput {...control} ref={field} type="password" data-focus-first />}
        </Field>
      )}
      <FailureNotice failure={command.failure} />
    </FormDialog>
  );
}
