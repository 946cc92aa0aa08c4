import type { JSX, ReactNode } from 'react';
import { findingText, type CoreFinding } from '../i18n/finding-words.ts';
import { useFindingBook } from '../shell/use-books.ts';
import { Notice, type NoticeProps } from '../components/notice.tsx';

/**
 * A finding as a notice, in the language of the screen; `more` follows its hint. Other languages' words come a moment after the page:
 * until then nothing is said, rather than something in English first.
 */
export function FindingNotice(
  props: Pick<NoticeProps, 'severity' | 'actions' | 'dismiss'> & {
    readonly finding: CoreFinding;
    readonly more?: ReactNode;
  },
): JSX.Element | null {
  const { finding, more, ...around } = props;
  const book = useFindingBook();
  if (book === undefined) {
    return null;
  }
  const { title, why, hint, core } = findingText(book, finding);
  return (
    <Notice
      {...around}
      message={title}
      hint={
        why + hint === '' ? undefined : (
          <>
            {why}
            {hint}
            {more}
          </>
        )
      }
      core={core}
    />
  );
}
