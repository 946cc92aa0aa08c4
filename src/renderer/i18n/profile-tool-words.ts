import { useText } from '../shell/use-text.ts';
import type { Translated } from './catalogue.ts';
import { enProfileTools } from './en-profile-tools.ts';
import { jaProfileTools } from './ja-profile-tools.ts';
import type { Language } from './language.ts';
import { zhCnProfileTools } from './zh-cn-profile-tools.ts';

/** Words for keeping profiles in order; the others are held to the form of the English. */
export type ProfileToolWords = Translated<typeof enProfileTools>;

const WORDS: Readonly<Record<Language, ProfileToolWords>> = {
  en: enProfileTools,
  'zh-CN': zhCnProfileTools,
  ja: jaProfileTools,
};

/** They come with the page and the dialogs that say them, so the start of the screen does not wait for them. */
export function useProfileToolWords(): ProfileToolWords {
  return WORDS[useText().language];
}
