import type { ComponentProps, JSX } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';
import './field.css';

/** A field to search with. `boxed` draws a frame of its own; without, it lies in a bar. */
export interface SearchFieldProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly label: string;
  readonly clearLabel: string;
  readonly boxed?: boolean;
}

/** Draws a search field with a button that empties it. */
export function SearchField({
  value,
  onValue,
  label,
  clearLabel,
  boxed = false,
  ...rest
}: SearchFieldProps): JSX.Element {
  return (
    <div className={classes('search', boxed && 'search--boxed')}>
      <Icon name="search" />
      <input
        type="text"
        inputMode="search"
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        placeholder={label}
        aria-label={label}
        {...rest}
        className="search__input"
        value={value}
        onChange={(event) => onValue(event.target.value)}
      />
      {value !== '' && <IconButton icon="close" label={clearLabel} tabIndex={-1} onClick={() => onValue('')} />}
    </div>
  );
}
