import type { JSX } from 'react';
import type { FieldControl } from './field.tsx';
import './field.css';

/** On or off, at once. Named by its field, or by `label`. */
export function Switch(props: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label?: string;
  readonly control?: Partial<FieldControl>;
  readonly disabled?: boolean;
}): JSX.Element {
  return (
    <input
      {...props.control}
      type="checkbox"
      role="switch"
      className="switch"
      aria-label={props.label}
      checked={props.checked}
      disabled={props.disabled}
      onChange={(event) => props.onChange(event.target.checked)}
    />
  );
}
