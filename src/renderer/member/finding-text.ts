import type { SetupFinding } from '../../shared/member-commands.ts';
import type { Text } from '../i18n/text.ts';

type FindingWords = Text['t']['member']['check']['findings'];

/**
 * A finding in the language of the screen. The core words each in English, to the point; in other languages what it is about is said in
 * that language, and the core's own words follow as the detail.
 */
export function findingText(text: Text, finding: SetupFinding): { readonly title: string; readonly detail: string } {
  const [id = ''] = finding.id.split(' ');
  const words = text.t.member.check.findings;
  return text.language === 'en' || !isKnown(words, id)
    ? finding
    : { title: words[id], detail: `${finding.title}${/[.。]$/.test(finding.title) ? '' : '.'} ${finding.detail}` };
}

function isKnown(words: FindingWords, id: string): id is keyof FindingWords {
  return Object.hasOwn(words, id);
}
