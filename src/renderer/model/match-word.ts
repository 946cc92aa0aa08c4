import { foldText } from '../../shared/fold-text.ts';

/** A text made ready to be searched. */
export interface SearchText {
  /** As it is shown; ranges of a match refer to it. */
  readonly shown: string;
  /** `shown` in lower case and without accents; as long as `shown`, so that places agree. */
  readonly folded: string;
}

/** The first letters of the words of a text, folded. Most texts are ruled out by these alone. */
export function initialsOf(text: SearchText): string {
  let initials = '';
  for (let at = 0; at < text.folded.length; at += 1) {
    if (isWordStart(text.shown, at)) {
      initials += text.folded.charAt(at);
    }
  }
  return initials;
}

/** How well a word matched: 0 not at all, more is better. */
export type MatchScore = number;

/** A part of the shown text, from and up to (exclusive). */
export type MatchRange = readonly [from: number, to: number];

const WHOLE = 120;
const START = 100;
const WORD_START = 80;
const INSIDE = 50;
const INITIALS = 40;

/** Makes a text searchable. Letters whose folding would change the length keep their own form. */
export function searchText(shown: string): SearchText {
  return { shown, folded: foldText(shown) };
}

/**
 * How well one folded word of a query fits a text: the whole of it, its start, the start of a word in it, somewhere inside, or as
 * initials of its words (`pua` and `poweacc` both find PowerUserAccess).
 */
export function matchWord(text: SearchText, word: string): MatchScore {
  const at = text.folded.indexOf(word);
  if (at === 0) {
    return word.length === text.folded.length ? WHOLE : START;
  }
  if (at > 0) {
    return isWordStart(text.shown, at) || hasMatchAtWordStart(text, word, at) ? WORD_START : INSIDE;
  }
  return matchInitials(text, word);
}

/** How well one folded word fits the starts of a text's words; for a text in which it does not stand as it is. */
export function matchInitials(text: SearchText, word: string): MatchScore {
  return word.length >= 2 && initialRanges(text, word) !== undefined ? INITIALS : 0;
}

/** Where a word was found in the shown text, to be marked; empty when it was not. */
export function matchRanges(text: SearchText, word: string): readonly MatchRange[] {
  const at = bestPlace(text, word);
  return at >= 0 ? [[at, at + word.length]] : (initialRanges(text, word) ?? []);
}

function bestPlace(text: SearchText, word: string): number {
  const first = text.folded.indexOf(word);
  for (let at = first; at >= 0; at = text.folded.indexOf(word, at + 1)) {
    if (isWordStart(text.shown, at)) {
      return at;
    }
  }
  return first;
}

function hasMatchAtWordStart(text: SearchText, word: string, after: number): boolean {
  for (let at = text.folded.indexOf(word, after + 1); at >= 0; at = text.folded.indexOf(word, at + 1)) {
    if (isWordStart(text.shown, at)) {
      return true;
    }
  }
  return false;
}

/** The word spread over the starts of words, each part going on as far as it fits; tried greedily, then from the next start. */
function initialRanges(text: SearchText, word: string): readonly MatchRange[] | undefined {
  const { shown, folded } = text;
  for (let first = folded.indexOf(word.charAt(0)); first >= 0; first = folded.indexOf(word.charAt(0), first + 1)) {
    if (isWordStart(shown, first)) {
      const ranges = spread(shown, folded, word, first);
      if (ranges !== undefined) {
        return ranges;
      }
    }
  }
  return undefined;
}

function spread(shown: string, folded: string, word: string, first: number): readonly MatchRange[] | undefined {
  const ranges: [number, number][] = [];
  for (let place = first, done = 0; place < folded.length;) {
    if (folded[place] === word[done] && (isWordStart(shown, place) || ranges.at(-1)?.[1] === place)) {
      const last = ranges.at(-1);
      if (last?.[1] === place) {
        last[1] = place + 1;
      } else {
        ranges.push([place, place + 1]);
      }
      done += 1;
      if (done === word.length) {
        return ranges;
      }
    }
    place += 1;
  }
  return undefined;
}

/** The first letter, a letter after something that is none, a capital after a small letter, a digit after a letter. */
function isWordStart(shown: string, at: number): boolean {
  if (at === 0) {
    return true;
  }
  const before = shown.charCodeAt(at - 1);
  const here = shown.charCodeAt(at);
  if (!isWordUnit(before)) {
    return isWordUnit(here);
  }
  return (isUpper(here) && !isUpper(before)) || (isDigit(here) && !isDigit(before));
}

function isUpper(unit: number): boolean {
  return unit >= 65 && unit <= 90;
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

function isWordUnit(unit: number): boolean {
  return isUpper(unit) || isDigit(unit) || (unit >= 97 && unit <= 122) || unit > 127;
}
