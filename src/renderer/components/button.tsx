import { useLayoutEffect, useRef, type ComponentPropsWithoutRef, type JSX, type RefObject } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';
import './button.css';

/** A button with words. `busy` keeps its place and size while its work is under way. */
export interface ButtonProps extends ComponentPropsWithoutRef<'button'> {
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly size?: 'sm' | 'md';
  readonly icon?: IconName;
  readonly busy?: boolean;
}

/** Draws a button; never a submit button unless asked to be. */
export function Button({
  variant = 'secondary',
  size = 'md',
  icon,
  busy = false,
  children,
  className,
  ...rest
}: ButtonProps): JSX.Element {
  const button = useFocusAfterWork(busy);
  return (
    <button
      type="button"
      {...rest}
      ref={button}
      className={classes('button', `button--${variant}`, size === 'sm' && 'button--sm', className)}
      aria-busy={busy || undefined}
      disabled={rest.disabled === true || busy}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

/** A button that is disabled while it works loses the keyboard; it gets it back, unless something else has it by then. */
function useFocusAfterWork(busy: boolean): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    const { activeElement } = document;
    if (busy) {
      hadFocus.current = activeElement === button.current;
    } else if (hadFocus.current) {
      hadFocus.current = false;
      if (activeElement === document.body || activeElement instanceof HTMLDialogElement) {
        button.current?.focus();
      }
    }
  }, [busy]);
  return button;
}
