import { createCell, type Cell } from '../state/cell.ts';
import type { Language } from './language.ts';

/** Words of one language that are data and come when they are first wanted, since most people never want them. */
export interface FetchedWords<Book> {
  /** Undefined until they have come; empty in English, which the core writes itself, and where they cannot be had. */
  readonly book: Cell<Book | undefined>;
  /** Asks for them. Asking again does nothing, unless they did not come. */
  readonly load: () => void;
}

/** Where such words are in each language that has them, and how they are read; `parse` throws for what are none. */
export interface WordData<Book> {
  readonly urls: Readonly<Record<Exclude<Language, 'en'>, string>>;
  readonly parse: (value: unknown) => Book;
  readonly empty: Book;
}

/** Gets the data at an address of our own, as JSON. */
export type FetchWords = (url: string) => Promise<unknown>;

/** The words in a language. */
export function fetchedWords<Book>(
  language: Language,
  { urls, parse, empty }: WordData<Book>,
  fetchWords: FetchWords = fetchJson,
): FetchedWords<Book> {
  const book = createCell<Book | undefined>(language === 'en' ? empty : undefined);
  let asked = false;
  return {
    book,
    load() {
      if (asked || language === 'en') {
        return;
      }
      asked = true;
      fetchWords(urls[language])
        .then(parse)
        .then(book.set, () => {
          asked = false;
          book.set(empty);
        });
    },
  };
}

/** Gets JSON of our own; throws where it does not come. */
export async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new TypeError(`The words did not come (HTTP ${response.status})`);
  }
  return response.json();
}

/** Whether something is a record whose members are all of one kind. */
export function isRecordOf<T>(
  value: unknown,
  isMember: (member: unknown) => member is T,
): value is Readonly<Record<string, T>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isMember);
}

/** Whether it is text. */
export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** For records whose members are looked at one by one. */
export function isAnything(value: unknown): value is unknown {
  return value !== undefined;
}
