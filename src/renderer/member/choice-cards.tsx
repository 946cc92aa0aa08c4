import { useId, type JSX } from 'react';
import { classes } from '../components/classes.ts';
import './member.css';

/** One of a few things to choose from, with what it means. */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly title: string;
  readonly text?: string;
  readonly disabled?: boolean;
}

/** A choice of one from a few, each explained. Radio buttons beneath, so the keyboard works as everywhere. */
export function ChoiceCards<Value extends string>(props: {
  readonly label: string;
  readonly value: Value | undefined;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  /** Small, in a row, without explanations. */
  readonly compact?: boolean;
  /** One below the other, where the explanations are long. */
  readonly stacked?: boolean;
}): JSX.Element {
  const name = useId();
  return (
    <fieldset
      className={classes(
        'choices',
        props.compact === true && 'choices--compact',
        props.stacked === true && 'choices--stacked',
      )}
    >
      <legend className="visually-hidden">{props.label}</legend>
      {props.choices.map((choice) => (
        <label key={choice.value} className="choice">
          <input
            type="radio"
            className="choice__input"
            name={name}
            value={choice.value}
            disabled={choice.disabled}
            checked={choice.value === props.value}
            onChange={() => props.onChange(choice.value)}
          />
          <span className="choice__words">
            <span className="choice__title">{choice.title}</span>
            {choice.text !== undefined && <span className="choice__text">{choice.text}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
