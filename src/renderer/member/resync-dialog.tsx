import { useState, type JSX } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { displayText } from '../model/display-text.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { TwoCodes } from './two-codes.tsx';
import { useCommand } from '../shell/use-command.ts';

/** Lets AWS learn the clock of a device anew. */
export function ResyncDialog(props: {
  readonly profile: string;
  readonly mfaSerial: string;
  readonly onClose: () => void;
}): JSX.Element {
  const { profile, mfaSerial, onClose } = props;
  const { t } = useText();
  const { toasts } = useShell();
  const command = useCommand();
  const [tries, setTries] = useState(0);
  const words = t.member.resync;
  const send = async (firstCode: string, secondCode: string): Promise<void> => {
    const done = await command.run('resyncMfaDevice', { profile, mfaSerial, firstCode, secondCode });
    if (done === undefined) {
      setTries((before) => before + 1);
      return;
    }
    toasts.add('ok', ({ t: { member } }) => ({ message: member.resync.done }));
    onClose();
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <p className="member__lead">{words.text}</p>
      <p className="member__note">
        <bdi>{displayText(mfaSerial)}</bdi>
      </p>
      <TwoCodes key={tries} busy={command.busy} onCodes={(first, second) => void send(first, second)} />
      <FailureNotice failure={command.failure} />
    </Dialog>
  );
}
