import type { Failure } from '../../shared/reply.ts';
import { createFormat, type Format } from '../model/format.ts';
import type { Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import type { FetchedWords } from './fetched-words.ts';
import { findingBooks, type FindingBook } from './finding-words.ts';
import { guideBooks, type GuideBook } from './guide-book.ts';
import { resolveLocale, type Language } from './language.ts';
import type { SettingsWords } from './settings-words.ts';

/** Everything a view needs to speak: messages, formats, words that come when they are wanted, and which language they are in. */
export interface Text {
  readonly language: Language;
  readonly t: Catalogue;
  /** Undefined in English: see `settingsWords`. */
  readonly settings: SettingsWords | undefined;
  readonly format: Format;
  readonly findings: FetchedWords<FindingBook>;
  readonly guide: FetchedWords<GuideBook>;
}

/** The messages of a language. */
type Messages = Pick<Text, 't' | 'settings'>;

const ENGLISH: Messages = { t: en, settings: undefined };

/** English comes with the page; the others are fetched by those who read them, so that all start sooner. */
const MESSAGES: Readonly<Record<Language, () => Promise<Messages>>> = {
  en: () => Promise.resolve(ENGLISH),
  'zh-CN': async () => (await import('./zh-cn.ts')).zhCnMessages,
  ja: async () => (await import('./ja.ts')).jaMessages,
};

/** The text of a language on a system with these languages (`navigator.languages`). Rejects where its messages cannot be fetched. */
export async function loadText(language: Language, system: readonly string[]): Promise<Text> {
  return textOf(language, await MESSAGES[language](), system);
}

/** The text in English, which is always at hand. */
export function englishText(system: readonly string[]): Text {
  return textOf('en', ENGLISH, system);
}

function textOf(language: Language, messages: Messages, system: readonly string[]): Text {
  return {
    language,
    ...messages,
    format: createFormat(resolveLocale(language, system)),
    findings: findingBooks(language),
    guide: guideBooks(language),
  };
}

/** A failure as the screen says it. `core` are the core's own words where something else is said. */
export interface ShownFailure {
  readonly message: string;
  readonly hint: string;
  readonly core: string | undefined;
}

/**
 * A failure in the language of the screen. The core words each failure in English, to the point; in other languages its kind is
 * said in that language, and the core's own words follow as the detail.
 */
export function failureText({ language, t }: Text, { code, message, hint }: Failure): ShownFailure {
  return language === 'en'
    ? { message, hint, core: undefined }
    : { message: t.failures[code], hint: '', core: [message, hint].filter(Boolean).join(' ') };
}
