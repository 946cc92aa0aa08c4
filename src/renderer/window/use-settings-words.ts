import { settingsWords, type SettingsWords } from '../i18n/settings-words.ts';
import { useText } from '../shell/use-text.ts';

/** The words of the settings page in the language of the screen. */
export function useSettingsWords(): SettingsWords {
  return settingsWords(useText());
}
