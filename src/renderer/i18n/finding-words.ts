import type { WordedCode } from '../../shared/finding-codes.ts';
import {
  fetchedWords,
  isAnything,
  isRecordOf,
  isText,
  type FetchedWords,
  type FetchWords,
  type WordData,
} from './fetched-words.ts';
import jaUrl from './findings-ja.json?url';
import zhCnUrl from './findings-zh-cn.json?url';
import type { Language } from './language.ts';

/** What a kind of finding is, why it hurts and what to do, in another language and for all of its kind. */
export interface FindingWords {
  readonly title: string;
  readonly why: string;
  readonly hint: string;
  /** The core's own words name nothing more, so nothing of them is shown. */
  readonly full?: boolean;
}

/** The words of one language by kind; a kind that is not in it stays as the core wrote it. */
export type FindingBook = Readonly<Partial<Record<WordedCode, FindingWords>>>;

const DATA: WordData<FindingBook> = {
  urls: { 'zh-CN': zhCnUrl, ja: jaUrl },
  parse(value) {
    if (!isRecordOf(value, isWords)) {
      throw new TypeError('These are no words for findings');
    }
    return value;
  },
  empty: {},
};

/** The words for findings in a language. */
export function findingBooks(language: Language, fetchWords?: FetchWords): FetchedWords<FindingBook> {
  return fetchedWords(language, DATA, fetchWords);
}

/** A finding, or what else the core words by kind. */
export interface CoreFinding {
  readonly code: WordedCode;
  readonly title: string;
  readonly why?: string;
  readonly hint: string;
}

/** A finding as the screen says it. `core` are the core's own words, which name names; undefined where they would add nothing. */
export interface ShownFinding extends Pick<FindingWords, 'title' | 'why' | 'hint'> {
  readonly core: string | undefined;
}

/**
 * A finding in the language of the screen. The core words each finding in English, to the point; in other languages its kind is said in
 * that language, and the core's own words follow as the detail.
 */
export function findingText(book: FindingBook, { code, title, why = '', hint }: CoreFinding): ShownFinding {
  const words = book[code];
  if (words === undefined) {
    return { title, why, hint, core: undefined };
  }
  const core = words.full === true ? undefined : [title, hint].filter(Boolean).join(' ');
  return { title: words.title, why: words.why, hint: words.hint, core };
}

function isWords(value: unknown): value is FindingWords {
  return isRecordOf(value, isAnything) && ['title', 'why', 'hint'].every((name) => isText(value[name]));
}
