import type { JSX } from 'react';
import { classes } from './classes.ts';
import { ICONS, type IconName } from './icon-paths.ts';
import './icon.css';

/** A picture beside a word; it says nothing by itself, so readers of the screen pass it over. */
export function Icon(props: {
  readonly name: IconName;
  readonly size?: 'sm' | 'md';
  readonly solid?: boolean;
}): JSX.Element {
  return (
    <svg
      className={classes(
        'icon',
        `icon--${props.name}`,
        props.size === 'md' && 'icon--md',
        props.solid === true && 'icon--solid',
      )}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={ICONS[props.name]} />
    </svg>
  );
}
