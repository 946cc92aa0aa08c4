import { useId, useRef, type JSX, type SyntheticEvent } from 'react';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { TextInput } from '../components/text-input.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useText } from '../shell/use-text.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { useCommand } from '../shell/use-command.ts';
import '../popover/first-run-panel.css';
import './member.css';

/** Opens the secret store: by its passphrase, or by letting the keyring ask. */
export function UnlockDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { t } = useText();
  const command = useCommand();
  const formId = useId();
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
    <Dialog
      size="small"
      title={words.unlockTitle}
      closeLabel={t.common.close}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button type="submit" form={formId} variant="primary" icon="lock" busy={command.busy}>
            {words.unlockSubmit}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="form"
        noValidate
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          void unlock();
        }}
      >
        <p className="member__lead">{byPassphrase ? words.unlockText : words.unlockKeyring}</p>
        {byPassphrase && (
          <Field label={words.passphrase}>
            {(control) => <TextInput {...control} ref={field} type="password" data-focus-first />}
          </Field>
        )}
        <FailureNotice failure={command.failure} />
      </form>
    </Dialog>
  );
}
