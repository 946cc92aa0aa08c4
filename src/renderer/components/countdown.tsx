import type { JSX } from 'react';
import { ringFraction, urgency } from '../model/expiry.ts';
import { useText } from '../shell/use-text.ts';
import { useTimeLeft } from '../shell/use-now.ts';
import { classes } from './classes.ts';
import { Ring } from './ring.tsx';
import './countdown-ring.css';

/** The ring and the words that say how long something still holds. */
export function Countdown(props: { readonly expiresAt: string; readonly ringOnly?: boolean }): JSX.Element {
  const { t, format } = useText();
  const left = useTimeLeft(props.expiresAt);
  const words = left.kind === 'left' ? format.duration(left.seconds) : t.expiry[left.kind];
  return (
    <span
      className={classes('countdown', `countdown--${urgency(left)}`)}
      title={t.expiry.endsAt(format.full(props.expiresAt))}
    >
      <Ring fraction={ringFraction(left)} urgency={urgency(left)} />
      <span className={props.ringOnly === true ? 'visually-hidden' : undefined}>{words}</span>
    </span>
  );
}
