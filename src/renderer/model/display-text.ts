/** The longest name a row shows; AWS allows 128 characters, hostile replies any number. */
const LONGEST_NAME = 160;

/** Characters that end a line or steer a terminal: they part words, so a space stands for them. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

/** Format, private, unassigned and lone-surrogate characters: nothing to see, some reorder what is around them. */
const UNSEEN = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;

/** More than two marks on one letter serve no language's names here, and climb over neighbouring rows. */
const STACKED_MARKS = /(\p{M}{2})\p{M}+/gu;

/**
 * A name from AWS or from a file, fit to be shown: one line, bounded, without characters that are invisible or reorder others.
 *
 * What looks alike still looks alike afterwards, so the account id must always stand beside it.
 */
export function displayText(raw: string): string {
  // Almost every name is plain already, and lists have thousands of them.
  if (raw.length <= LONGEST_NAME && /^(?:[\x21-\x7e]| (?! ))*$/.test(raw)) {
    return raw.trim();
  }
  const bounded = raw.length > LONGEST_NAME * 4 ? raw.slice(0, LONGEST_NAME * 4) : raw;
  const cleaned = bounded
    .replace(BREAKS, ' ')
    .replace(UNSEEN, '')
    .replace(STACKED_MARKS, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  return cleaned.length > LONGEST_NAME ? `${cleaned.slice(0, LONGEST_NAME - 1).replace(/\p{Cs}$/u, '')}…` : cleaned;
}

/**
 * A name inside a sentence, where no `<bdi>` can stand: wrapped in isolates, so that a name written right to left cannot pull the
 * rest of the sentence along.
 */
export function isolated(raw: string): string {
  return `\u2068${displayText(raw)}\u2069`;
}
