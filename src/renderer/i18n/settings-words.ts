import type { Catalogue, Translated } from './catalogue.ts';
import { enSettings } from './en-settings.ts';
import { jaSettings } from './ja-settings.ts';
import type { Language } from './language.ts';
import { zhCnSettings } from './zh-cn-settings.ts';

/** What the settings page alone says. It comes with the page, in all languages, so that the start is not the larger for it. */
export type SettingsWords = Translated<typeof enSettings>;

/** A setting's name, and a line about it. */
export interface EntryWords {
  readonly label: string;
  readonly hint: string;
}

const WORDS: Readonly<Record<Language, SettingsWords>> = { en: enSettings, 'zh-CN': zhCnSettings, ja: jaSettings };

/** The words in the language of the screen. */
export function settingsWords(language: Language): SettingsWords {
  return WORDS[language];
}

/** An entry whose words are here, or among those of the pages. */
export type EntryId = keyof SettingsWords['entries'] | keyof Catalogue['settings']['entries'];

/** The words of an entry. */
export function entryWords(language: Language, t: Catalogue, id: EntryId): EntryWords {
  const own: Readonly<Record<string, EntryWords>> = WORDS[language].entries;
  const pages: Readonly<Record<string, EntryWords>> = t.settings.entries;
  return own[id] ?? pages[id] ?? { label: id, hint: '' };
}

/** All by which an entry is found: its words, its name in the settings file, and other words for it, in English too. */
export function entryTexts(language: Language, t: Catalogue, id: EntryId): readonly string[] {
  const { label, hint } = entryWords(language, t, id);
  const also = (words: SettingsWords): string => (words.also as Readonly<Record<string, string>>)[id] ?? '';
  return [label, hint, id, also(WORDS[language]), also(enSettings)];
}
