import type { GuideText, SetupFinding } from '../../shared/member-commands.ts';
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
  /** By the finding's id, then by its verdict. What has no detail keeps the core's. */
  readonly findings: Readonly<Record<string, Readonly<Partial<Record<SetupFinding['verdict'], FindingWords>>>>>;
  /** The detail of what could not be looked at, as it should be. */
  readonly mayNotLook: string;
}

/** A finding in another language. `subject` is what it is about: a role, a user, a number of days. */
export interface FindingWords {
  readonly title: (subject: string) => string;
  readonly detail?: (subject: string) => string;
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

/** A finding in the language of the screen; one we have no words for stays as the core wrote it. */
export function findingWords(
  language: Language,
  finding: SetupFinding,
): { readonly title: string; readonly detail: string } {
  const [kind = '', arn = ''] = finding.id.split(' ');
  const words = language === 'en' ? undefined : WORDS[language].findings[kind]?.[finding.verdict];
  if (language === 'en' || words === undefined) {
    return finding;
  }
  const subject = subjectOf(kind, arn, finding);
  const mayNotLook = finding.verdict === 'unknown' && finding.detail.startsWith('The key alone may not look');
  return {
    title: words.title(subject),
    detail: mayNotLook ? WORDS[language].mayNotLook : (words.detail?.(subject) ?? finding.detail),
  };
}

/** What stands in a finding besides its words: the core gives it as text only. */
function subjectOf(kind: string, arn: string, finding: SetupFinding): string {
  switch (kind) {
    case 'role-needs-mfa': {
      const [, , , , accountId = '', path = ''] = arn.split(':');
      return `${accountId} ${path.split('/').at(-1) ?? ''}`;
    }
    case 'identity':
      return /user (.+)\.$/.exec(finding.detail)?.[1] ?? '';
    case 'key-age':
      return /\d+/.exec(finding.title)?.[0] ?? '';
    default:
      return '';
  }
}
