import type { JSX, ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';
import './empty-state.css';

/** Where nothing is: what that means, and the one thing to do about it. */
export function EmptyState(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: ReactNode;
  readonly children?: ReactNode;
}): JSX.Element {
  return (
    <div className="empty">
      <span className="empty__picture">
        <Icon name={props.icon} size="md" />
      </span>
      <h2 className="empty__title">{props.title}</h2>
      {props.text !== undefined && <p className="empty__text">{props.text}</p>}
      {props.children !== undefined && <div className="empty__actions">{props.children}</div>}
    </div>
  );
}
