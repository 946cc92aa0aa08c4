import type { JSX } from 'react';
import { Notice } from '../components/notice.tsx';
import { displayText } from '../model/display-text.ts';
import { useText } from '../shell/use-text.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { FormDialog } from '../dialogs/form-dialog.tsx';
import { useCommand } from '../shell/use-command.ts';

/** Takes an MFA device from the user for good. */
export function RemoveDeviceDialog(props: {
  readonly profile: string;
  readonly mfaSerial: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { profile, mfaSerial } = props;
  const { t } = useText();
  const command = useCommand();
  const words = t.member.removeDevice;
  const remove = async (): Promise<void> => {
    if ((await command.run('removeMfaDevice', { profile, mfaSerial })) !== undefined) {
      props.onDone();
      props.onClose();
    }
  };
  return (
    <FormDialog
      danger
      size="small"
      title={words.title}
      onClose={props.onClose}
      submit={words.confirm}
      icon="trash"
      busy={command.busy}
      onSubmit={() => void remove()}
    >
      <p className="member__note">
        <bdi>{displayText(mfaSerial)}</bdi>
      </p>
      <Notice severity="warning" message={words.text} hint={words.hint} />
      <FailureNotice failure={command.failure} />
    </FormDialog>
  );
}
