import { plainText } from '../core/app/plain-text.ts';

const MAX_LENGTH = 60;

/** More than two marks on one letter serve no language's names here, and climb into other lines. */
const STACKED_MARKS = /(\p{M}{2})\p{M}+/gu;

/** A name given by others, fit for a menu, a tooltip or a notification: one bounded line of characters that can be seen. */
export function plainName(name: string, maxLength = MAX_LENGTH): string {
  // Counted in code points, so that no letter is cut in half.
  const letters = Array.from(
    plainText(name, maxLength * 8)
      .replaceAll(STACKED_MARKS, '$1')
      .trim(),
  );
  return letters.length > maxLength ? `${letters.slice(0, maxLength - 1).join('')}…` : letters.join('');
}

/** Text as a menu label: a single `&` would mark the next letter as a shortcut on Windows and Linux. */
export function menuLabel(text: string): string {
  return text.replaceAll('&', '&&');
}
