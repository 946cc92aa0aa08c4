import { useId, type JSX, type ReactNode } from 'react';
import { Icon } from './icon.tsx';
import './field.css';

/** What a control in a field must carry so that its label, hint and error belong to it. */
export interface FieldControl {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** A control with its label above, and beneath it a hint or what is wrong with it. */
export function Field(props: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly children: (control: FieldControl) => ReactNode;
}): JSX.Element {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = props.error !== undefined || (props.hint !== undefined && props.hint !== '');
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {props.label}
      </label>
      {props.children({
        id,
        'aria-describedby': hasNote ? noteId : undefined,
        'aria-invalid': props.error === undefined ? undefined : true,
      })}
      {props.error !== undefined ? (
        <p className="field__error" id={noteId} role="alert">
          <Icon name="error" />
          <span>{props.error}</span>
        </p>
      ) : (
        hasNote && (
          <p className="field__hint" id={noteId}>
            {props.hint}
          </p>
        )
      )}
    </div>
  );
}
