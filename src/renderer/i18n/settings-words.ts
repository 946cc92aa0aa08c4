import type { Translated } from './catalogue.ts';
import { enSettings } from './en-settings.ts';
import type { SettingSynonyms } from './setting-synonyms.ts';
import type { Text } from './text.ts';

/** What the settings page alone says. English comes with the page, the others with their language, so that the start is not the larger for it. */
export type SettingsWords = Translated<typeof enSettings>;

/** A setting's name, and a line about it. */
export interface EntryWords {
  readonly label: string;
  readonly hint: string;
}

/** The words in the language of the screen. */
export function settingsWords({ settings }: Text): SettingsWords {
  return settings ?? enSettings;
}

/** An entry whose words are here, or among those of the pages. */
export type EntryId = keyof SettingsWords['entries'] | keyof Text['t']['settings']['entries'];

/** The words of an entry. */
export function entryWords(text: Text, id: EntryId): EntryWords {
  const own: Readonly<Record<string, EntryWords>> = settingsWords(text).entries;
  const pages: Readonly<Record<string, EntryWords>> = text.t.settings.entries;
  return own[id] ?? pages[id] ?? { label: id, hint: '' };
}

/** All by which an entry is found: its words, its name in the settings file, and other words for it in any language. */
export function entryTexts(text: Text, id: EntryId, synonyms: SettingSynonyms): readonly string[] {
  const { label, hint } = entryWords(text, id);
  return [label, hint, id, ...Object.values(synonyms[id] ?? {})];
}
