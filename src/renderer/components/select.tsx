import type { JSX } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { FieldControl } from './field.tsx';
import './field.css';

/** One choice of a select. */
export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** A choice of one from a few, by the platform's own list. Named by its field, or by `label` where it stands alone. */
export function Select<Value extends string>(props: {
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly label?: string;
  readonly control?: Partial<FieldControl>;
  readonly size?: 'sm' | 'md';
  readonly wide?: boolean;
}): JSX.Element {
  return (
    <span className={classes('select-box', props.wide === true && 'select-box--wide')}>
      <select
        {...props.control}
        className={classes('select', props.size === 'sm' && 'select--sm')}
        aria-label={props.label}
        value={props.value}
        onChange={(event) => {
          const chosen = props.options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) {
            props.onChange(chosen.value);
          }
        }}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" />
    </span>
  );
}
