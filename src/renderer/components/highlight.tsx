import type { JSX, ReactNode } from 'react';
import { matchRanges, type MatchRange, type SearchText } from '../model/match-word.ts';
import './highlight.css';

/** A text with the words of a query marked where they were found. Isolated, so that no name reorders what stands beside it. */
export function Highlight(props: { readonly text: SearchText; readonly words: readonly string[] }): JSX.Element {
  const { text, words } = props;
  if (words.length === 0) {
    return <bdi>{text.shown}</bdi>;
  }
  const ranges = mergeRanges(words.flatMap((word) => matchRanges(text, word)));
  const parts: ReactNode[] = [];
  let done = 0;
  for (const [from, to] of ranges) {
    parts.push(text.shown.slice(done, from), <mark key={from}>{text.shown.slice(from, to)}</mark>);
    done = to;
  }
  return (
    <bdi>
      {parts}
      {text.shown.slice(done)}
    </bdi>
  );
}

function mergeRanges(ranges: readonly MatchRange[]): readonly MatchRange[] {
  const merged: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) {
      last[1] = Math.max(last[1], to);
    } else {
      merged.push([from, to]);
    }
  }
  return merged;
}
