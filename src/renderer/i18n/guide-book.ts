import {
  fetchedWords,
  isAnything,
  isRecordOf,
  isText,
  type FetchedWords,
  type FetchWords,
  type WordData,
} from './fetched-words.ts';
import jaUrl from './guide-ja.json?url';
import zhCnUrl from './guide-zh-cn.json?url';
import type { Language } from './language.ts';

/** A step in another language; the reader's names stand as `{roleName}`. */
export interface StepWords {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** A finding in another language. What it is about, a role, a user, a number of days, stands as `{subject}`. */
export interface SetupWords {
  readonly title: string;
  readonly detail?: string;
}

type Table<T> = Readonly<Record<string, T | undefined>>;

/** The guide in another language: its steps by side and id, its documents' titles by id. What is not in it stays as the core wrote it. */
export interface GuideBook {
  readonly steps: Table<Table<StepWords>>;
  readonly documents: Table<string>;
  /** By the finding's id, then by its verdict. What has no detail keeps the core's. */
  readonly findings: Table<Table<SetupWords>>;
  /** The detail of what could not be looked at, as it should be. */
  readonly mayNotLook: string;
}

const DATA: WordData<GuideBook> = {
  urls: { 'zh-CN': zhCnUrl, ja: jaUrl },
  parse(value) {
    if (!isGuideBook(value)) {
      throw new TypeError('These are no words of the guide');
    }
    return value;
  },
  empty: { steps: {}, documents: {}, findings: {}, mayNotLook: '' },
};

/** The words of the guide in a language. */
export function guideBooks(language: Language, fetchWords?: FetchWords): FetchedWords<GuideBook> {
  return fetchedWords(language, DATA, fetchWords);
}

function isGuideBook(value: unknown): value is GuideBook {
  return (
    isRecordOf(value, isAnything) &&
    isRecordOf(value['steps'], (side): side is Table<StepWords> => isRecordOf(side, isStep)) &&
    isRecordOf(value['documents'], isText) &&
    isRecordOf(value['findings'], (kind): kind is Table<SetupWords> => isRecordOf(kind, isSetupWords)) &&
    isText(value['mayNotLook'])
  );
}

function isStep(value: unknown): value is StepWords {
  return (
    isRecordOf(value, isAnything) &&
    isText(value['title']) &&
    Array.isArray(value['paragraphs']) &&
    value['paragraphs'].every(isText)
  );
}

function isSetupWords(value: unknown): value is SetupWords {
  return isRecordOf(value, isText) && value['title'] !== undefined;
}
