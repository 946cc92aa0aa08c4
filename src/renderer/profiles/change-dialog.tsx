import type { JSX } from 'react';
import type { CommandInput } from '../../shared/commands.ts';
import type { ProfileToolWords } from '../i18n/profile-tool-words.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { FormDialog } from '../dialogs/form-dialog.tsx';
import { useCommand } from '../shell/use-command.ts';
import { useShell } from '../shell/shell-context.tsx';
import { Previews } from './previews.tsx';
import { tellDone } from './tell-done.ts';
import { usePreview } from './use-preview.ts';

/** The commands that are shown first and then made, with nothing to fill in. */
type Change =
  'makeDefaultProfile' | 'removeProfile' | 'undoEdit' | 'setTokenMode' | 'protectProfile' | 'unprotectProfile';

/** Says what a change is for, shows what it does to the files, and makes it. Nothing is written before. */
export function ChangeDialog<Name extends Change>(props: {
  readonly command: Name;
  readonly input: CommandInput<Name>;
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  /** Told when it is made; what shows by itself needs no word. */
  readonly done?: (words: ProfileToolWords) => string;
  readonly danger?: boolean;
  /** It may be made though no file changes. */
  readonly movesMore?: boolean;
  readonly onClose: () => void;
}): JSX.Element {
  const { command, onClose } = props;
  const shell = useShell();
  const run = useCommand();
  const preview = usePreview(command, { ...props.input, preview: true });
  const previews = preview.value?.previews;
  const apply = async (): Promise<void> => {
    const result = await run.run(command, props.input);
    if (result !== undefined) {
      onClose();
      if (props.done !== undefined) {
        tellDone(shell, props.done, 'undoId' in result ? result.undoId : undefined);
      }
    }
  };
  const canApply =
    preview.isCurrent &&
    preview.failure === undefined &&
    (props.movesMore === true || (previews !== undefined && previews.length > 0));
  return (
    <FormDialog
      danger={props.danger}
      size="wide"
      title={props.title}
      onClose={onClose}
      submit={props.confirm}
      busy={run.busy}
      disabled={!canApply}
      onSubmit={() => void apply()}
    >
      <p className="member__lead">{props.text}</p>
      <FailureNotice failure={run.failure ?? preview.failure} />
      {preview.failure === undefined && <Previews previews={previews} />}
    </FormDialog>
  );
}
