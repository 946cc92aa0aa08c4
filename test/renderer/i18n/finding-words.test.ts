import { describe, expect, test } from 'vitest';
import { findingBooks, findingText, type FindingWords } from '../../../src/renderer/i18n/finding-words.ts';
import ja from '../../../src/renderer/i18n/findings-ja.json';
import zhCn from '../../../src/renderer/i18n/findings-zh-cn.json';
import { DOCTOR_CODES, NOTICE_CODES, PROBLEM_CODES } from '../../../src/shared/finding-codes.ts';

type Book = Readonly<Record<string, FindingWords>>;

const JA: Book = ja;
const ZH_CN: Book = zhCn;
const CODES = [...PROBLEM_CODES, ...DOCTOR_CODES, ...NOTICE_CODES];

describe.each([
  ['ja', JA, /[\u3041-\u30ff\u4e00-\u9fff]/],
  ['zh-CN', ZH_CN, /[\u4e00-\u9fff]/],
] as const)('the words for findings in %s', (language, book, script) => {
  test('are there for everything that the core words by kind, and for nothing else', () => {
    expect(Object.keys(book).toSorted()).toEqual(CODES.toSorted());
  });

  test('say what is so, why it hurts and what to do, in sentences of that language', () => {
    for (const [code, { title, why, hint }] of Object.entries(book)) {
      for (const text of [title, why, hint]) {
        expect([code, text, script.test(text) && text.endsWith('。')]).toEqual([code, text, true]);
      }
    }
  });

  test('leave no English sentence', () => {
    const english = /\b(?:the|and|your|you|with|is|are|not|of|to)\b/i;
    // What tools say, and commands, are quoted as they are.
    const spoken = ({ title, why, hint }: FindingWords): string =>
      `${title} ${why} ${hint}`.replaceAll(/[「“][A-Z][^」”]*[」”]/g, '');
    expect(
      Object.values(book)
        .map(spoken)
        .filter((text) => english.test(text)),
    ).toEqual([]);
  });

  test('are fetched once, when they are first wanted', async () => {
    const asked: string[] = [];
    const source = findingBooks(language, (url) => {
      asked.push(url);
      return Promise.resolve(book);
    });
    expect([source.book.get(), asked]).toEqual([undefined, []]);
    source.load();
    source.load();
    await expect.poll(() => source.book.get()).toBe(book);
    expect(asked).toEqual([expect.stringMatching(/findings-[\w-]+\.json/)]);
  });
});

test('keys, variables, files and names are the same in both languages', () => {
  const names = (words: FindingWords | undefined): readonly string[] => {
    const text = Object.values(words ?? {}).join(' ');
    const found = text.match(
      /[A-Za-z]+(?:_[A-Za-z]+)+|~\/\.aws[\w/]*|\b(?:AWS CLI|boto3|JS SDK|Rolecall|IAM Identity Center|MFA)\b/g,
    );
    return [...new Set(found)].toSorted();
  };
  for (const code of CODES) {
    expect([code, names(ZH_CN[code])]).toEqual([code, names(JA[code])]);
  }
});

const FINDING = { code: 'clock', title: 'It is 9 minutes ahead.', why: 'AWS refuses it.', hint: 'Set it.' } as const;

test('in English the core’s own words are all that is said', () => {
  const source = findingBooks('en', () => Promise.reject(new Error('nothing is to be fetched')));
  source.load();
  const { title, why, hint } = FINDING;
  expect(findingText(source.book.get() ?? {}, FINDING)).toEqual({ title, why, hint, core: undefined });
});

test('in another language the kind is said, and the core’s own words follow', () => {
  expect(findingText(JA, FINDING)).toEqual({ ...JA['clock'], core: 'It is 9 minutes ahead. Set it.' });
});

test('the core’s own words stay away where they would name nothing more, in every language alike', () => {
  const { title, why, hint } = JA['no-source'] ?? FINDING;
  expect(findingText(JA, { ...FINDING, code: 'no-source' })).toEqual({ title, why, hint, core: undefined });
  for (const code of CODES) {
    expect([code, ZH_CN[code]?.full]).toEqual([code, JA[code]?.full]);
  }
});

test.each([
  ['are not there', () => Promise.reject(new TypeError('not fetched'))],
  ['are no list', () => Promise.resolve(['x'])],
  ['lack a sentence', () => Promise.resolve({ clock: { title: 'x', why: 'y' } })],
] as const)('words that %s leave what the core says, and are asked for again', async (_what, fetchWords) => {
  let times = 0;
  const source = findingBooks('ja', () => {
    times += 1;
    return fetchWords();
  });
  source.load();
  await expect.poll(() => source.book.get()).toEqual({});
  source.load();
  await expect.poll(() => times).toBe(2);
});
