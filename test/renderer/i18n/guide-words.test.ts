import { describe, expect, test } from 'vitest';
import { guideDocument, type GuideDocumentId } from '../../../src/core/session/guide/guide-documents.ts';
import { guideFacts } from '../../../src/core/session/guide/guide-facts.ts';
import { GUIDE_SIDES, guideSteps } from '../../../src/core/session/guide/guide-steps.ts';
import { documentTitle, findingWords, stepWords } from '../../../src/renderer/i18n/guide-words.ts';
import { jaGuide } from '../../../src/renderer/i18n/ja-guide.ts';
import { zhCnGuide } from '../../../src/renderer/i18n/zh-cn-guide.ts';
import { namesFor } from '../../../src/renderer/model/guide-answers.ts';
import { FAKE_FINDINGS } from '../fake-member.ts';

const FACTS = guideFacts({});
const NAMES = namesFor({});
const FOREIGN = [
  ['zh-CN', zhCnGuide],
  ['ja', jaGuide],
] as const;

describe.each(FOREIGN)('the guide in %s', (language, words) => {
  test.each(GUIDE_SIDES)('has every step of %s and no other, with as many paragraphs', (side) => {
    const steps = guideSteps(side, FACTS);
    expect(Object.keys(words.steps[side]).toSorted()).toEqual(steps.map(({ id }) => id).toSorted());
    for (const step of steps) {
      const own = stepWords(language, side, step, NAMES);
      expect([step.id, own.title !== step.title, own.paragraphs.length]).toEqual([
        step.id,
        true,
        step.paragraphs.length,
      ]);
    }
  });

  test.each(GUIDE_SIDES)('fills in the names that the core fills in, on the side of %s', (side) => {
    for (const step of guideSteps(side, FACTS)) {
      const core = step.paragraphs.join(' ');
      const own = stepWords(language, side, step, NAMES).paragraphs.join(' ');
      for (const name of Object.values(NAMES).filter((value) => value !== NAMES.region)) {
        expect([step.id, name, own.includes(name)]).toEqual([step.id, name, core.includes(name)]);
      }
    }
  });

  test('names every document', () => {
    for (const id of Object.keys(words.documents) as GuideDocumentId[]) {
      const document = guideDocument(id, 'json', FACTS);
      expect(documentTitle(language, document)).not.toBe(document.title);
    }
    const used = GUIDE_SIDES.flatMap((side) => guideSteps(side, FACTS).flatMap(({ documents }) => documents));
    expect(Object.keys(words.documents)).toEqual(expect.arrayContaining(used));
  });

  test('says every finding, with what it is about', () => {
    for (const finding of FAKE_FINDINGS.findings) {
      expect(findingWords(language, finding).title).not.toBe(finding.title);
    }
    const [identity, role] = FAKE_FINDINGS.findings.map((finding) => findingWords(language, finding));
    expect(identity?.detail).toContain('ada');
    expect(role?.title).toContain('898989898989 OrganizationAdmin');
  });
});

test('English is the core’s own', () => {
  const [step] = guideSteps('member-iam', FACTS);
  expect(step && stepWords('en', 'member-iam', step, NAMES)).toBe(step);
});

test('a step the other languages have no words for stays as the core wrote it', () => {
  const step = { id: 'brand-new', title: 'New', paragraphs: ['Text'] };
  expect(stepWords('ja', 'member-iam', step, NAMES)).toBe(step);
});
