import type { Failure } from '../../shared/reply.ts';
import { createFormat, type Format } from '../model/format.ts';
import type { Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import type { FetchedWords } from './fetched-words.ts';
import { findingBooks, type FindingBook } from './finding-words.ts';
import { guideBooks, type GuideBook } from './guide-book.ts';
import { resolveLocale, type Language } from './language.ts';

/** Everything a view needs to speak: messages, formats, words that come when they are wanted, and which language they are in. */
export interface Text {
  readonly language: Language;
  readonly t: Catalogue;
  readonly format: Format;
  readonly findings: FetchedWords<FindingBook>;
  readonly guide: FetchedWords<GuideBook>;
}

/** English comes with the page; the others are fetched by those who read them, so that all start sooner. */
const CATALOGUES: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: () => Promise.resolve(en),
  'zh-CN': async () => (await import('./zh-cn.ts')).zhCn,
  ja: async () => (await import('./ja.ts')).ja,
};

/** The text of a language on a system with these languages (`navigator.languages`). Rejects where its catalogue cannot be fetched. */
export async function loadText(language: Language, system: readonly string[]): Promise<Text> {
  const t = await CATALOGUES[language]();
  return textOf(language, t, system);
}

/** The text in English, which is always at hand. */
export function englishText(system: readonly string[]): Text {
  return textOf('en', en, system);
}

function textOf(language: Language, t: Catalogue, system: readonly string[]): Text {
  return {
    language,
    t,
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
