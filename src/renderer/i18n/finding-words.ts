import type { WordedCode } from '../../shared/finding-codes.ts';
import { createCell, type Cell } from '../state/cell.ts';
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

/** A language's words for findings. Few people have any, so the words are data that come when they are first wanted. */
export interface FindingSource {
  /** Undefined until they have come; empty in English, which the core writes itself, and where they cannot be had. */
  readonly book: Cell<FindingBook | undefined>;
  /** Asks for them. Asking again does nothing, unless they did not come. */
  readonly load: () => void;
}

/** Gets the data at an address of our own, as JSON. */
export type FetchWords = (url: string) => Promise<unknown>;

const URLS: Readonly<Record<Exclude<Language, 'en'>, string>> = { 'zh-CN': zhCnUrl, ja: jaUrl };
const AS_THE_CORE_SAYS: FindingBook = {};

/** The words for findings in a language. */
export function findingSource(language: Language, fetchWords: FetchWords = fetchJson): FindingSource {
  const book = createCell<FindingBook | undefined>(language === 'en' ? AS_THE_CORE_SAYS : undefined);
  let asked = language === 'en';
  return {
    book,
    load() {
      if (asked || language === 'en') {
        return;
      }
      asked = true;
      fetchWords(URLS[language])
        .then(parseBook)
        .then(book.set, () => {
          asked = false;
          book.set(AS_THE_CORE_SAYS);
        });
    },
  };
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

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new TypeError(`The words did not come (HTTP ${response.status})`);
  }
  return response.json();
}

function parseBook(value: unknown): FindingBook {
  if (!isRecord(value) || !Object.values(value).every(isWords)) {
    throw new TypeError('These are no words for findings');
  }
  return value;
}

function isWords(value: unknown): value is FindingWords {
  return isRecord(value) && [value['title'], value['why'], value['hint']].every((text) => typeof text === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
