import { useEffect } from 'react';
import type { FindingBook } from '../i18n/finding-words.ts';
import { useCell } from './use-cell.ts';
import { useText } from './use-text.ts';

/** The words for findings in the language of the screen, for `findingText`; undefined until they have come. */
export function useFindingBook(): FindingBook | undefined {
  const { findings } = useText();
  useEffect(() => findings.load(), [findings]);
  return useCell(findings.book);
}
