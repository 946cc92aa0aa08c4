import type { JSX } from 'react';
import { classes } from './classes.ts';
import './countdown-ring.css';

const RADIUS = 6.5;
const LENGTH = 2 * Math.PI * RADIUS;

/** A ring of which `fraction` (0 to 1) is drawn. A picture only: what it shows stands in words beside it. */
export function Ring(props: {
  readonly fraction: number;
  readonly urgency: 'calm' | 'soon' | 'last' | 'ended' | 'unknown';
  readonly size?: 'md' | 'lg';
}): JSX.Element {
  return (
    <svg
      className={classes('ring', `ring--${props.urgency}`, props.size === 'lg' && 'ring--lg')}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <circle className="ring__track" cx="8" cy="8" r={RADIUS} />
      {props.fraction > 0 && (
        <circle
          className="ring__left"
          cx="8"
          cy="8"
          r={RADIUS}
          strokeDasharray={LENGTH}
          strokeDashoffset={LENGTH * (1 - Math.min(props.fraction, 1))}
        />
      )}
    </svg>
  );
}
