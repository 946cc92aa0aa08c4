import { useId, type ClipboardEventHandler, type JSX, type ReactNode } from 'react';
import { Button, type ButtonProps } from '../components/button.tsx';
import { Dialog, type DialogProps } from '../components/dialog.tsx';
import { useText } from '../shell/use-text.ts';
import './dialogs.css';

/** What a dialog for one thing is made of. */
export interface FormDialogProps extends Pick<DialogProps, 'title' | 'size' | 'onClose' | 'children'> {
  /** What stands above the form, from edge to edge. */
  readonly above?: ReactNode;
  /** What the button says that does it. */
  readonly submit: string;
  readonly icon?: ButtonProps['icon'];
  /** Something is lost by it. */
  readonly danger?: boolean;
  /** It is under way. */
  readonly busy: boolean;
  /** It cannot be done as things stand. */
  readonly disabled?: boolean;
  readonly onSubmit: () => void;
  readonly onPaste?: ClipboardEventHandler;
}

/**
 * A dialog for one thing that is done or left: a form to fill in, or a question. Its two buttons stay in sight at its foot. Where no
 * field takes the keyboard it is at the one that leaves things as they are.
 */
export function FormDialog(props: FormDialogProps): JSX.Element {
  const { t } = useText();
  const formId = useId();
  const isFlush = props.above !== undefined;
  return (
    <Dialog
      role={props.danger === true ? 'alertdialog' : undefined}
      flush={isFlush}
      size={props.size}
      title={props.title}
      onClose={props.onClose}
      foot={
        <>
          <Button data-focus-first onClick={props.onClose}>
            {t.common.cancel}
          </Button>
          <Button
            type="submit"
            form={formId}
            variant={props.danger === true ? 'danger' : 'primary'}
            icon={props.icon}
            busy={props.busy}
            disabled={props.disabled}
          >
            {props.submit}
          </Button>
        </>
      }
    >
      {props.above}
      <form
        id={formId}
        className={isFlush ? 'dialog__body' : 'form'}
        noValidate
        autoComplete="off"
        onPaste={props.onPaste}
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
      >
        {props.children}
      </form>
    </Dialog>
  );
}
