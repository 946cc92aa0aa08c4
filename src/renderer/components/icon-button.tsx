import type { ComponentProps, JSX } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';
import './button.css';

/** A button with a picture only; `label` is its name to readers and its hint to the mouse. */
export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: IconName;
  readonly label: string;
  readonly size?: 'sm' | 'md';
  readonly solid?: boolean;
}

/** Draws a picture button. */
export function IconButton({
  icon,
  label,
  size = 'sm',
  solid = false,
  className,
  ...rest
}: IconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      {...rest}
      className={classes('icon-button', size === 'md' && 'icon-button--md', className)}
      aria-label={label}
      title={label}
    >
      <Icon name={icon} solid={solid} />
    </button>
  );
}
