import type { GuideText, SetupFinding } from '../../shared/member-commands.ts';
import type { AnswerName, GuideSide } from '../model/guide-answers.ts';
import type { GuideBook, StepWords } from './guide-book.ts';

export type GuideNamesShown = Readonly<Record<AnswerName, string>>;

type Step = GuideText['steps'][number];

/** A step's title and paragraphs in the language of the screen. The core writes English; a step it has and the book has not stays so. */
export function stepWords(
  book: GuideBook,
  side: GuideSide,
  step: Pick<Step, 'id' | 'title' | 'paragraphs'>,
  names: GuideNamesShown,
): StepWords {
  const words = book.steps[side]?.[step.id];
  return words === undefined
    ? step
    : { title: words.title, paragraphs: words.paragraphs.map((text) => filledIn(text, names)) };
}

/** A document's title in the language of the screen. */
export function documentTitle(book: GuideBook, { id, title }: { readonly id: string; readonly title: string }): string {
  return book.documents[id] ?? title;
}

/** What was found out about a set-up as the screen says it. `core` are the core's own words where they tell more. */
export interface ShownSetupFinding {
  readonly title: string;
  readonly detail: string;
  readonly core: string | undefined;
}

/** A finding in the language of the screen; one that the book has no words for stays as the core wrote it. */
export function setupFindingText(book: GuideBook, finding: SetupFinding): ShownSetupFinding {
  const [kind = '', arn = ''] = finding.id.split(' ');
  const words = book.findings[kind]?.[finding.verdict];
  if (words === undefined) {
    return { title: finding.title, detail: finding.detail, core: undefined };
  }
  const subject = subjectOf(kind, arn, finding);
  const mayNotLook = finding.verdict === 'unknown' && finding.detail.startsWith('The key alone may not look');
  const detail = mayNotLook ? book.mayNotLook : words.detail;
  return {
    title: filledIn(words.title, { subject }),
    detail: filledIn(detail ?? '', { subject }),
    core: detail === undefined ? finding.detail : undefined,
  };
}

/** A text with its blanks, such as `{roleName}`, filled in; a blank that nobody fills stays. */
function filledIn(text: string, blanks: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (blank, name: string) => blanks[name] ?? blank);
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
