import { useId, type JSX } from 'react';
import { Switch } from '../components/switch.tsx';

/** A switch with what it does in words beside it. */
export function ToggleLine(props: {
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}): JSX.Element {
  const id = useId();
  return (
    <div className="toggle-line">
      <div className="toggle-line__words">
        <label htmlFor={id}>{props.label}</label>
        <p className="toggle-line__hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      </div>
      <Switch control={{ id, 'aria-describedby': `${id}-hint` }} checked={props.checked} onChange={props.onChange} />
    </div>
  );
}
