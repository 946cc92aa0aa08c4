import { expect, test } from 'vitest';
import { textsFor, type Texts } from '../../src/main/texts.ts';

test.each([
  [['en-GB'], 'Open Rolecall'],
  [['zh-CN', 'en'], '打开 Rolecall'],
  [['zh-Hans-SG'], '打开 Rolecall'],
  [['zh'], '打开 Rolecall'],
  [['zh-TW', 'ja'], 'Rolecall を開く'],
  [['zh-Hant-HK'], 'Open Rolecall'],
  [['ja-JP'], 'Rolecall を開く'],
  [['de-DE', 'ja'], 'Rolecall を開く'],
  [['de-DE'], 'Open Rolecall'],
  [['jam'], 'Open Rolecall'],
  [[], 'Open Rolecall'],
])('a system set to %j', (languages, expected) => {
  expect(textsFor('system', languages).openApp).toBe(expected);
});

test('the user’s own choice comes before the system’s', () => {
  expect(textsFor('ja', ['en-GB']).openApp).toBe('Rolecall を開く');
});

test('every text is there in every language, and none was left in English', () => {
  const english = plain(textsFor('en', []));
  for (const language of ['zh-CN', 'ja'] as const) {
    const texts = plain(textsFor(language, []));
    expect(Object.keys(texts)).toEqual(Object.keys(english));
    const same = Object.keys(texts).filter((key) => texts[key] === english[key]);
    expect(same).toEqual([]);
  }
});

/** The texts with functions called once. */
function plain(texts: Texts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]: [string, unknown]) => [
      key,
      typeof text === 'function' ? JSON.stringify(text(2, 3)) : JSON.stringify(text),
    ]),
  );
}
