import { useState, type JSX } from 'react';
import type { RotationFact } from '../../shared/member-commands.ts';
import { Button } from '../components/button.tsx';
import { classes } from '../components/classes.ts';
import { Dialog } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import { Notice } from '../components/notice.tsx';
import { isolated } from '../model/display-text.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { useCommand } from '../shell/use-command.ts';
import './member.css';

const STAGES = ['created', 'swapped', 'deactivated', 'deleted'] as const;

/** How many of the four are behind a rotation that stands here. */
const DONE: Readonly<Record<RotationFact['stage'], number>> = { creating: 0, created: 1, swapped: 2, deactivated: 3 };

/** Changes the access key of a user, and deletes the old one only on the user's word. */
export function RotateDialog(props: {
  readonly profile: string;
  readonly rotation: RotationFact | undefined;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { profile, onDone, onClose } = props;
  const { t } = useText();
  const { toasts } = useShell();
  const rotate = useCommand();
  const end = useCommand();
  const [rotation, setRotation] = useState(props.rotation);
  const words = t.member.rotate;
  const isWaiting = rotation?.stage === 'deactivated';
  const begin = async (): Promise<void> => {
    const reached = await rotate.run('rotateAccessKey', { profile });
    if (reached !== undefined) {
      setRotation(reached);
      onDone();
    }
  };
  const finish = async (how: 'delete-old-key' | 'back-to-old-key'): Promise<void> => {
    if ((await end.run('endRotation', { profile, how })) !== undefined) {
      toasts.add('ok', ({ t: { member } }) => ({ message: member.rotate.ended[how] }));
      onDone();
      onClose();
    }
  };
  return (
    <Dialog
      title={words.title(isolated(profile))}
      onClose={onClose}
      foot={
        isWaiting ? (
          <>
            <Button disabled={end.busy} onClick={() => void finish('back-to-old-key')}>
              {words.back}
            </Button>
            <Button variant="danger" icon="trash" busy={end.busy} onClick={() => void finish('delete-old-key')}>
              {words.delete}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>{t.common.cancel}</Button>
            <Button variant="primary" icon="refresh" busy={rotate.busy} onClick={() => void begin()}>
              {rotation === undefined ? words.begin : words.goOn}
            </Button>
          </>
        )
      }
    >
      <p className="member__lead">{words.text}</p>
      <Stages done={rotation === undefined ? 0 : DONE[rotation.stage]} busy={rotate.busy} rotation={rotation} />
      {rotate.busy && (
        <p className="member__note" role="status">
          {words.working}
        </p>
      )}
      {isWaiting && <Notice severity="info" message={words.waiting} hint={words.waitingHint} />}
      <FailureNotice failure={rotate.failure ?? end.failure} />
    </Dialog>
  );
}

function Stages(props: {
  readonly done: number;
  readonly busy: boolean;
  readonly rotation: RotationFact | undefined;
}): JSX.Element {
  const { t } = useText();
  const { done, rotation } = props;
  const keys = { created: rotation?.newAccessKeyId, deactivated: rotation?.oldAccessKeyId };
  return (
    <ol className="stages">
      {STAGES.map((stage, at) => {
        const key = at < done ? keys[stage as keyof typeof keys] : undefined;
        return (
          <li key={stage} className={classes('stage', at < done && 'stage--done', props.busy && 'stage--busy')}>
            <span className="stage__sign">{at < done ? <Icon name="check" /> : at + 1}</span>
            <span className="stage__words">
              {t.member.rotate.stages[stage]}
              {key !== undefined && <code className="stage__key">{key}</code>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
