import type { JSX, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';
import './badge.css';

/** What a badge stands for, told by words as well as by colour. */
export type BadgeTone = 'neutral' | 'ok' | 'warn' | 'danger' | 'accent';

/** A word or two about the thing beside it. */
export function Badge(props: {
  readonly tone?: BadgeTone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <span className={classes('badge', props.tone !== undefined && `badge--${props.tone}`)}>
      {props.icon !== undefined && <Icon name={props.icon} />}
      {props.children}
    </span>
  );
}
