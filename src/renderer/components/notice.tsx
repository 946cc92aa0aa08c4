import type { JSX, ReactNode } from 'react';
import { classes } from './classes.ts';
import { CoreWords } from './core-words.tsx';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';
import type { IconName } from './icon-paths.ts';
import './notice.css';

/** How grave a notice is. */
export type NoticeSeverity = 'ok' | 'info' | 'warning' | 'error';

const ICON: Readonly<Record<NoticeSeverity, IconName>> = {
  ok: 'check',
  info: 'info',
  warning: 'warning',
  error: 'error',
};

/** What a notice consists of. */
export interface NoticeProps {
  readonly severity: NoticeSeverity;
  readonly message: ReactNode;
  readonly hint?: ReactNode;
  /** What the core says in its own words, beside what the screen says. */
  readonly core?: string | undefined;
  readonly actions?: ReactNode;
  readonly dismiss?: { readonly label: string; readonly run: () => void };
  readonly floating?: boolean;
}

/** Something to know, with at most a hint, an action and a way to put it away. */
export function Notice(props: NoticeProps): JSX.Element {
  return (
    <div className={classes('notice', `notice--${props.severity}`, props.floating === true && 'toast')}>
      <Icon name={ICON[props.severity]} />
      <div className="notice__words">
        <p className="notice__message">{props.message}</p>
        {props.hint !== undefined && props.hint !== '' && <p className="notice__hint">{props.hint}</p>}
        <CoreWords>{props.core}</CoreWords>
        {props.actions !== undefined && props.actions !== false && (
          <div className="notice__actions">{props.actions}</div>
        )}
      </div>
      {props.dismiss !== undefined && (
        <IconButton icon="close" label={props.dismiss.label} onClick={props.dismiss.run} />
      )}
    </div>
  );
}
