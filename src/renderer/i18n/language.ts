import type { Settings } from '../../shared/settings.ts';

/** Languages the screen speaks in full. */
export const LANGUAGES = ['en', 'zh-CN', 'ja'] as const;

export type Language = (typeof LANGUAGES)[number];

/** How each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文', ja: '日本語' };

/** The language to speak: the one set, else the first of the system's that is spoken here, else English. */
export function resolveLanguage(setting: Settings['language'], system: readonly string[]): Language {
  if (setting !== 'system') {
    return setting;
  }
  for (const tag of system) {
    const language = LANGUAGES.find((candidate) => sameLanguage(candidate, tag));
    if (language !== undefined) {
      return language;
    }
  }
  return 'en';
}

/** The locale for dates and numbers: the system's own variant of the language where it has one (`en-GB`), else the language. */
export function resolveLocale(language: Language, system: readonly string[]): string {
  return system.find((tag) => sameLanguage(language, tag)) ?? language;
}

/** Traditional Chinese is closer to simplified than to English. */
function sameLanguage(language: Language, tag: string): boolean {
  return tag.toLowerCase().split('-')[0] === language.split('-')[0];
}
