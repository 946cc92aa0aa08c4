const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u00ad]/gu;
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;

/**
 * A name chosen by somebody else, made fit to show: no control, format or line-separating characters (they hide or turn text
 * around, or are commands to a terminal), no towers of accents, one space at a time, at most `maxLength` characters.
 */
export function displayText(text: string, maxLength = 128): string {
  // Cut first: normalising 100,000 characters takes a while.
  const bounded = text.slice(0, maxLength * 8);
  const clean = bounded
    .replace(/\s+/gu, ' ')
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(STACKED_MARKS, '$1')
    .trim();
  return Array.from(clean).slice(0, maxLength).join('');
}
