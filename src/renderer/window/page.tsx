import type { JSX, KeyboardEventHandler, ReactNode } from 'react';
import { classes } from '../components/classes.ts';

/** A page of the window: its name, what it is for, and what is on it. */
export function Page(props: {
  readonly title: string;
  readonly lead?: string;
  /** Beside the title. */
  readonly tools?: ReactNode;
  /** The body reaches the edges, as lists do. */
  readonly flush?: boolean;
  /** Everything is held to the width of a text. */
  readonly reading?: boolean;
  readonly onKeyDown?: KeyboardEventHandler;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <main className="page" onKeyDown={props.onKeyDown}>
      <header className={classes('page__head', props.reading === true && 'page__head--reading')}>
        <div className="page__bar">
          <h1 className="page__title">{props.title}</h1>
          {props.tools}
        </div>
        {props.lead !== undefined && <p className="page__lead">{props.lead}</p>}
      </header>
      {/* It scrolls, so the keyboard must reach it. */}
      <div
        tabIndex={0}
        className={classes(
          'page__body',
          props.flush === true && 'page__body--flush',
          props.reading === true && 'page__body--reading',
        )}
      >
        {props.children}
      </div>
    </main>
  );
}
