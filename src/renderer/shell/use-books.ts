import { useEffect } from 'react';
import type { FetchedWords } from '../i18n/fetched-words.ts';
import type { FindingBook } from '../i18n/finding-words.ts';
import type { GuideBook } from '../i18n/guide-book.ts';
import { useCell } from './use-cell.ts';
import { useText } from './use-text.ts';

/** The words for findings in the language of the screen, for `findingText`; undefined until they have come. */
export function useFindingBook(): FindingBook | undefined {
  return useBook(useText().findings);
}

/** The words of the guide in the language of the screen; undefined until they have come. */
export function useGuideBook(): GuideBook | undefined {
  return useBook(useText().guide);
}

function useBook<Book>(words: FetchedWords<Book>): Book | undefined {
  useEffect(() => words.load(), [words]);
  return useCell(words.book);
}
