import type { JSX } from 'react';
import { matchRanges, type SearchText } from '../model/match-word.ts';
import { Highlight } from './highlight.tsx';
import './highlight.css';

/** An account's twelve digits in three groups. The gaps are drawn, not written: copied, it is the id as AWS takes it. */
export function AccountId(props: { readonly id: SearchText; readonly words?: readonly string[] }): JSX.Element {
  const { id, words = [] } = props;
  const marked = words.some((word) => matchRanges(id, word).length > 0);
  return (
    <bdi className="account-id">
      {marked || id.shown.length !== 12 ? (
        <Highlight text={id} words={words} />
      ) : (
        [0, 4, 8].map((from) => <span key={from}>{id.shown.slice(from, from + 4)}</span>)
      )}
    </bdi>
  );
}
