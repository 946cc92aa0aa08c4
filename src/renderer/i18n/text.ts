import type { Failure } from '../../shared/reply.ts';
import { createFormat, type Format } from '../model/format.ts';
import type { Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import { resolveLocale, type Language } from './language.ts';

/** Everything a view needs to speak: messages, formats, and which language they are in. */
export interface Text {
  readonly language: Language;
  readonly t: Catalogue;
  readonly format: Format;
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
  return { language, t, format: createFormat(resolveLocale(language, system)) };
}

/** The text in English, which is always at hand. */
export function englishText(system: readonly string[]): Text {
  return { language: 'en', t: en, format: createFormat(resolveLocale('en', system)) };
}

/**
 * A failure in the language of the screen. The core words each failure in English, to the point; in other languages its kind is
 * said in that language, and the core's own words follow as the detail.
 */
export function failureText(text: Text, failure: Failure): { readonly message: string; readonly hint: string } {
  return text.language === 'en'
    ? { message: failure.message, hint: failure.hint }
    : { message: text.t.failures[failure.code], hint: [failure.message, failure.hint].filter(Boolean).join(' ') };
}
