import type { GuideText } from '../../shared/member-commands.ts';
import type { AnswerName, GuideSide } from '../model/guide-answers.ts';
import { jaGuide } from './ja-guide.ts';
import type { Language } from './language.ts';
import { zhCnGuide } from './zh-cn-guide.ts';

export type GuideNamesShown = Readonly<Record<AnswerName, string>>;

/** A step in another language; the reader's names are filled in. */
export interface StepWords {
  readonly title: string;
  readonly paragraphs: (names: GuideNamesShown) => readonly string[];
}

/** The guide in another language: its steps by side and id, its documents' titles by id. */
export interface GuideWords {
  readonly steps: Readonly<Record<GuideSide, Readonly<Record<string, StepWords>>>>;
  readonly documents: Readonly<Record<string, string>>;
}

type Step = GuideText['steps'][number];

const WORDS: Readonly<Record<Exclude<Language, 'en'>, GuideWords>> = { 'zh-CN': zhCnGuide, ja: jaGuide };

/** A step's title and paragraphs in the language of the screen. The core writes English; a step it has and we have not stays so. */
export function stepWords(
  language: Language,
  side: GuideSide,
  step: Pick<Step, 'id' | 'title' | 'paragraphs'>,
  names: GuideNamesShown,
): { readonly title: string; readonly paragraphs: readonly string[] } {
  const words = language === 'en' ? undefined : WORDS[language].steps[side][step.id];
  return words === undefined ? step : { title: words.title, paragraphs: words.paragraphs(names) };
}

/** A document's title in the language of the screen. */
export function documentTitle(language: Language, document: { readonly id: string; readonly title: string }): string {
  return (language === 'en' ? undefined : WORDS[language].documents[document.id]) ?? document.title;
}
