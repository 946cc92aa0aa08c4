import { useEffect, useState, type JSX } from 'react';
import type { FilePreview } from '../../shared/commands.ts';
import type { Reply } from '../../shared/reply.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Diff } from '../components/diff.tsx';
import { Notice } from '../components/notice.tsx';
import { failureText } from '../i18n/text.ts';
import { isolated } from '../model/display-text.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

type Answer = Reply<{ readonly previews: readonly FilePreview[] }>;

/** Shows what protecting a profile (or undoing it) would change in the files, then does it. Nothing is written before. */
export function ProtectDialog(props: {
  readonly profile: string;
  readonly undo: boolean;
  readonly onClose: () => void;
}): JSX.Element {
  const { profile, undo, onClose } = props;
  const text = useText();
  const { t } = text;
  const { client } = useShell();
  const [answer, setAnswer] = useState<Answer | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const command = undo ? 'unprotectProfile' : 'protectProfile';
  useEffect(() => {
    let current = true;
    void client.execute(command, { profile, preview: true }).then((reply) => current && setAnswer(reply));
    return () => {
      current = false;
    };
  }, [client, command, profile]);
  const apply = async (): Promise<void> => {
    setBusy(true);
    const reply = await client.execute(command, { profile, preview: false });
    setBusy(false);
    if (reply.ok) {
      onClose();
    } else {
      setAnswer(reply);
    }
  };
  const words = undo ? t.protect.undo : t.protect.apply;
  return (
    <Dialog
      size="wide"
      title={words.title(isolated(profile))}
      closeLabel={t.common.close}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button variant="primary" busy={busy} disabled={answer?.ok !== true} onClick={() => void apply()}>
            {words.confirm}
          </Button>
        </>
      }
    >
      <p>{words.text}</p>
      {answer?.ok === false && <Notice severity="error" {...failureText(text, answer.failure)} />}
      {answer?.ok === true && answer.value.previews.map((preview) => <Diff key={preview.file} preview={preview} />)}
    </Dialog>
  );
}
