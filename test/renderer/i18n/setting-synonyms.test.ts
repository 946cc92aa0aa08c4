import { expect, test } from 'vitest';
import { en } from '../../../src/renderer/i18n/en.ts';
import { enSettings } from '../../../src/renderer/i18n/en-settings.ts';
import { englishText } from '../../../src/renderer/i18n/text.ts';
import { LANGUAGES } from '../../../src/renderer/i18n/language.ts';
import { fetchSynonyms } from '../../../src/renderer/i18n/setting-synonyms.ts';
import synonyms from '../../../src/renderer/i18n/setting-synonyms.json';
import { entryTexts } from '../../../src/renderer/i18n/settings-words.ts';

test('every setting has other words in every language', () => {
  const ids = [...Object.keys(en.settings.entries), ...Object.keys(enSettings.entries)];
  expect(Object.keys(synonyms).toSorted()).toEqual(ids.toSorted());
  for (const [id, words] of Object.entries(synonyms)) {
    expect([id, Object.keys(words)]).toEqual([id, LANGUAGES]);
    expect([id, Object.values(words).filter((text) => text.trim() === '')]).toEqual([id, []]);
  }
});

test('a setting is found by its own words before the others have come, and by those of any language after', async () => {
  const text = englishText([]);
  expect(entryTexts(text, 'theme', {})).toEqual(['Appearance', expect.stringContaining('Light'), 'theme']);
  const fetched = await fetchSynonyms(() => Promise.resolve(synonyms));
  expect(entryTexts(text, 'theme', fetched).join(' ')).toMatch(/night mode.*深色.*ダーク/);
});

test.each([null, 'words', { theme: 'dark' }, { theme: { en: 1 } }])('%j is no list of such words', async (value) => {
  await expect(fetchSynonyms(() => Promise.resolve(value))).rejects.toThrow(TypeError);
});
