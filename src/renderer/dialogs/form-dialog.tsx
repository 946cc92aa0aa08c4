import { useId, type ClipboardEventHandler, type JSX } from 'react';
import { Button, type ButtonProps } from '../components/button.tsx';
import { Dialog, type DialogProps } from '../components/dialog.tsx';
import { useText } from '../shell/use-text.ts';

/** What a dialog with one form is made of. */
export interface FormDialogProps extends Pick<DialogProps, 'title' | 'size' | 'onClose' | 'children'> {
  /** What the button says that sends the form. */
  readonly submit: string;
  readonly icon?: ButtonProps['icon'];
  /** What it was sent for is under way. */
  readonly busy: boolean;
  /** It cannot be sent as it stands. */
  readonly disabled?: boolean;
  readonly onSubmit: () => void;
  readonly onPaste?: ClipboardEventHandler;
}

/** A dialog with one form, whose buttons stay in sight at the dialog's foot. */
export function FormDialog(props: FormDialogProps): JSX.Element {
  const { t } = useText();
  const formId = useId();
  return (
    <Dialog
      size={props.size}
      title={props.title}
      closeLabel={t.common.close}
      onClose={props.onClose}
      foot={
        <>
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            icon={props.icon}
            busy={props.busy}
            disabled={props.disabled}
          >
            {props.submit}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="form"
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
