import { describe, expect, test } from 'vitest';
import { guideDocument, type GuideDocumentId } from '../../../src/core/session/guide/guide-documents.ts';
import { guideFacts } from '../../../src/core/session/guide/guide-facts.ts';
import { GUIDE_SIDES, guideSteps } from '../../../src/core/session/guide/guide-steps.ts';
import { guideBooks, type GuideBook } from '../../../src/renderer/i18n/guide-book.ts';
import ja from '../../../src/renderer/i18n/guide-ja.json';
import { documentTitle, setupFindingText, stepWords } from '../../../src/renderer/i18n/guide-words.ts';
import zhCn from '../../../src/renderer/i18n/guide-zh-cn.json';
import { namesFor } from '../../../src/renderer/model/guide-answers.ts';
import { FAKE_FINDINGS } from '../fake-member.ts';

const FACTS = guideFacts({});
const NAMES = namesFor({});
const ZH_CN: GuideBook = zhCn;
const JA: GuideBook = ja;
const ENGLISH = guideBooks('en', () => Promise.reject(new Error('nothing is to be fetched'))).book.get();

describe.each([
  ['zh-CN', ZH_CN],
  ['ja', JA],
] as const)('the guide in %s', (language, words) => {
  test.each(GUIDE_SIDES)('has every step of %s and no other, with as many paragraphs', (side) => {
    const steps = guideSteps(side, FACTS);
    expect(Object.keys(words.steps[side] ?? {}).toSorted()).toEqual(steps.map(({ id }) => id).toSorted());
    for (const step of steps) {
      const own = stepWords(words, side, step, NAMES);
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
      const own = stepWords(words, side, step, NAMES).paragraphs.join(' ');
      expect(own).not.toMatch(/\{\w+\}/);
      for (const name of Object.values(NAMES).filter((value) => value !== NAMES.region)) {
        expect([step.id, name, own.includes(name)]).toEqual([step.id, name, core.includes(name)]);
      }
    }
  });

  test('names every document', () => {
    for (const id of Object.keys(words.documents) as GuideDocumentId[]) {
      const document = guideDocument(id, 'json', FACTS);
      expect(documentTitle(words, document)).not.toBe(document.title);
    }
    const used = GUIDE_SIDES.flatMap((side) => guideSteps(side, FACTS).flatMap(({ documents }) => documents));
    expect(Object.keys(words.documents)).toEqual(expect.arrayContaining(used));
  });

  test('says every finding, with what it is about', () => {
    for (const finding of FAKE_FINDINGS.findings) {
      expect(setupFindingText(words, finding).title).not.toBe(finding.title);
    }
    const [identity, role] = FAKE_FINDINGS.findings.map((finding) => setupFindingText(words, finding));
    expect(identity?.detail).toContain('ada');
    expect(role?.title).toContain('898989898989 OrganizationAdmin');
  });

  test('comes when it is wanted', async () => {
    const source = guideBooks(language, () => Promise.resolve(words));
    expect(source.book.get()).toBeUndefined();
    source.load();
    await expect.poll(() => source.book.get()).toBe(words);
  });

  test('keeps what the core says of single cases, as the core’s own words', () => {
    const finding = {
      id: 'key-age',
      verdict: 'unknown',
      title: 'How old the key is',
      detail: 'It broke.',
      fix: undefined,
    } as const;
    expect(setupFindingText(words, finding)).toMatchObject({ detail: '', core: 'It broke.' });
    const hidden = { ...finding, detail: 'The key alone may not look, which is as it should be.' };
    expect(setupFindingText(words, hidden)).toMatchObject({ detail: words.mayNotLook, core: undefined });
  });
});

test('English is the core’s own', () => {
  const [step] = guideSteps('member-iam', FACTS);
  expect(ENGLISH && step && stepWords(ENGLISH, 'member-iam', step, NAMES)).toBe(step);
  const [finding] = FAKE_FINDINGS.findings;
  expect(ENGLISH && finding && setupFindingText(ENGLISH, finding)).toEqual({
    title: finding?.title,
    detail: finding?.detail,
    core: undefined,
  });
});

test('a step the other languages have no words for stays as the core wrote it', () => {
  const step = { id: 'brand-new', title: 'New', paragraphs: ['Text'] };
  expect(stepWords(JA, 'member-iam', step, NAMES)).toBe(step);
});

test.each([
  ['steps without paragraphs', { ...ja, steps: { 'member-iam': { check: { title: 'x' } } } }],
  ['a finding without a title', { ...ja, findings: { device: { good: { detail: 'x' } } } }],
  ['no documents', { ...ja, documents: undefined }],
])('data with %s leave the guide in English', async (_what, data) => {
  const source = guideBooks('ja', () => Promise.resolve(data));
  source.load();
  await expect.poll(() => source.book.get()).toEqual(ENGLISH);
});
