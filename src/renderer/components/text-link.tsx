import type { JSX, ReactNode } from 'react';
import './text-link.css';

/** Words that lead to another page of the window. */
export function TextLink(props: {
  readonly onFollow: () => void;
  /** What the way leads to, where the words alone do not say. */
  readonly label?: string;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <button type="button" className="text-link" aria-label={props.label} title={props.label} onClick={props.onFollow}>
      {props.children}
    </button>
  );
}
