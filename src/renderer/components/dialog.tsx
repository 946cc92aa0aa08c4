import { useId, useLayoutEffect, useRef, type JSX, type ReactNode } from 'react';
import { useText } from '../shell/use-text.ts';
import { classes } from './classes.ts';
import { IconButton } from './icon-button.tsx';
import './dialog.css';

/** Marks the element of a dialog that gets the keyboard when it opens: `<TextInput data-focus-first />`. */
const FOCUS_FIRST = 'data-focus-first';

/** What a dialog is made of. */
export interface DialogProps {
  readonly title: ReactNode;
  /** What the button in its corner is called where it does more than close. */
  readonly closeLabel?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at its foot. */
  readonly foot?: ReactNode;
  readonly size?: 'small' | 'medium' | 'wide';
  /** The body reaches the edges, as lists do. */
  readonly flush?: boolean;
  readonly role?: 'dialog' | 'alertdialog';
}

/**
 * A modal dialog by the browser's own `<dialog>`: it keeps the keyboard inside, closes on Escape and on a click beside it, and gives
 * the keyboard back. In a page as narrow as the popover it fills the page, unless small.
 */
export function Dialog(props: DialogProps): JSX.Element {
  const ref = useRef<HTMLDialogElement>(null);
  const pressed = useRef<EventTarget>(undefined);
  const titleId = useId();
  const { t } = useText();

  // Before the dialog leaves the page: only then does closing it give the keyboard back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // The browser would choose the first button, which closes; React's autoFocus came before the dialog was shown.
    dialog?.querySelector<HTMLElement>(`[${FOCUS_FIRST}]`)?.focus();
    return () => dialog?.close();
  }, []);

  return (
    <dialog
      ref={ref}
      role={props.role}
      className={classes('dialog', props.size === 'small' && 'dialog--small', props.size === 'wide' && 'dialog--wide')}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onPointerDown={(event) => {
        pressed.current = event.target;
      }}
      onClick={(event) => {
        // Only the backdrop is the dialog itself: its content covers the rest. Text marked beyond the edge ends there too, but began within.
        if (event.target === ref.current && pressed.current === ref.current) {
          props.onClose();
        }
      }}
    >
      <div className="dialog__head">
        <h2 className="dialog__title truncate" id={titleId}>
          {props.title}
        </h2>
        <IconButton icon="close" label={props.closeLabel ?? t.common.close} onClick={props.onClose} />
      </div>
      <div className={classes('dialog__body', props.flush === true && 'dialog__body--flush')}>{props.children}</div>
      {props.foot !== undefined && <div className="dialog__foot">{props.foot}</div>}
    </dialog>
  );
}
