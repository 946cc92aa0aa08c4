import { useState, type JSX } from 'react';
import { Button } from '../components/button.tsx';
import { FormDialog } from '../dialogs/form-dialog.tsx';

/** A button that says what will be lost and what stays before it does anything. */
export function ConfirmButton(props: {
  readonly label: string;
  /** What it is for, where others of its label stand beside it. */
  readonly about?: string;
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly disabled?: boolean;
  /** Resolves when it was done, or what kept it from being done was told. */
  readonly onConfirm: () => Promise<unknown>;
}): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const close = (): void => setOpen(false);
  const name = props.about === undefined ? undefined : `${props.label} ${props.about}`;
  const confirm = async (): Promise<void> => {
    setBusy(true);
    await props.onConfirm();
    setBusy(false);
    close();
  };
  return (
    <>
      <Button size="sm" aria-label={name} disabled={props.disabled} onClick={() => setOpen(true)}>
        {props.label}
      </Button>
      {isOpen && (
        <FormDialog
          danger
          size="small"
          title={props.title}
          onClose={close}
          submit={props.confirm}
          busy={busy}
          onSubmit={() => void confirm()}
        >
          <p>{props.text}</p>
        </FormDialog>
      )}
    </>
  );
}
