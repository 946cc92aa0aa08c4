import { useText } from '../shell/use-text.ts';
import type { Translated } from './catalogue.ts';
import type { enProfileTools } from './en-profile-tools.ts';

/** Words for keeping profiles in order; the others are held to the form of the English. */
export type ProfileToolWords = Translated<typeof enProfileTools>;

/** These words in the language of the screen. */
export function useProfileToolWords(): ProfileToolWords {
  return useText().t.profileTools;
}
