import type { AppState } from '../../shared/app-state.ts';
import { resolveLanguage, type Language } from '../i18n/language.ts';
import { englishText, loadText, type Text } from '../i18n/text.ts';
import { createCell, type Cell } from '../state/cell.ts';

/** What the page speaks. */
export interface FollowedText {
  readonly text: Cell<Text>;
  /** Whether the language of the first state has come; before, anything drawn would be a flash of another. */
  readonly ready: Cell<boolean>;
}

/** What of the page language and theme change. */
export interface SpeakingPage {
  readonly navigator: Pick<Navigator, 'languages'>;
  readonly document: { readonly documentElement: { lang: string; readonly dataset: DOMStringMap } };
}

/**
 * The language as set, and with it the theme: both are the page's own affair, and change while it stands. English is always at hand,
 * other languages come when they are asked for; one that does not come leaves what is spoken now.
 */
export function followText(
  state: Cell<AppState | undefined>,
  page: SpeakingPage,
  load: (language: Language, system: readonly string[]) => Promise<Text> = loadText,
): FollowedText {
  const root = page.document.documentElement;
  const system = page.navigator.languages;
  const text = createCell(englishText(system));
  const ready = createCell(false);
  let wanted: Language | undefined;
  const speak = (next: Text): void => {
    // Meanwhile another language may have been asked for.
    if (next.language === wanted) {
      root.lang = next.language;
      text.set(next);
    }
    ready.set(true);
  };
  const follow = (): void => {
    const settings = state.get()?.settings;
    if (settings === undefined) {
      return;
    }
    root.dataset['theme'] = settings.theme;
    const language = resolveLanguage(settings.language, system);
    if (language === wanted) {
      return;
    }
    wanted = language;
    if (language === 'en') {
      speak(englishText(system));
    } else {
      load(language, system).then(speak, () => ready.set(true));
    }
  };
  state.subscribe(follow);
  follow();
  return { text, ready };
}
