import type { ComponentProps, JSX } from 'react';
import { classes } from './classes.ts';
import './field.css';

/** A line of text; never corrected, completed or remembered by the browser. */
export function TextInput({ className, ...rest }: ComponentProps<'input'>): JSX.Element {
  return (
    <input
      type="text"
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      {...rest}
      className={classes('input', className)}
    />
  );
}
