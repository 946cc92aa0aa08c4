import type { JSX } from 'react';
import './core-words.css';

/** What the core says in its own words, English in every language, beside what the screen says: names and numbers are there. */
export function CoreWords({ children }: { readonly children: string | undefined }): JSX.Element | null {
  return children === undefined ? null : (
    <bdi className="core-words selectable" lang="en">
      {children}
    </bdi>
  );
}
