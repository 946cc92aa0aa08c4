import type { Failure } from '../../shared/reply.ts';
import type { Settings } from '../../shared/settings.ts';
import { createFormat, type Format } from '../model/format.ts';
import type { Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';
import { resolveLanguage, resolveLocale, type Language } from './language.ts';
import { zhCn } from './zh-cn.ts';

/** Everything a view needs to speak: messages, formats, and which language they are in. */
export interface Text {
  readonly language: Language;
  readonly t: Catalogue;
  readonly format: Format;
}

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, 'zh-CN': zhCn, ja };

/** The text for a setting of language on a system with these languages (`navigator.languages`). */
export function textFor(setting: Settings['language'], system: readonly string[]): Text {
  const language = resolveLanguage(setting, system);
  return { language, t: CATALOGUES[language], format: createFormat(resolveLocale(language, system)) };
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
