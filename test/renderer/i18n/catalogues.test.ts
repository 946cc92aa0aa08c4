import { describe, expect, test } from 'vitest';
import { en } from '../../../src/renderer/i18n/en.ts';
import { enSettings } from '../../../src/renderer/i18n/en-settings.ts';
import { jaSettings } from '../../../src/renderer/i18n/ja-settings.ts';
import { zhCnSettings } from '../../../src/renderer/i18n/zh-cn-settings.ts';
import { ja } from '../../../src/renderer/i18n/ja.ts';
import { resolveLanguage, resolveLocale } from '../../../src/renderer/i18n/language.ts';
import { settingsWords } from '../../../src/renderer/i18n/settings-words.ts';
import { englishText, loadText } from '../../../src/renderer/i18n/text.ts';
import { zhCn } from '../../../src/renderer/i18n/zh-cn.ts';

type Blank = (...blanks: unknown[]) => string;

/** Every message by its path, blanks filled in with words that can be found again. */
function messages(catalogue: object, path = ''): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(catalogue) as [string, unknown][]) {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') {
      found.set(here, value);
    } else if (typeof value === 'function') {
      const blanks = Array.from({ length: value.length }, (_, at) => `‹${at}›`);
      found.set(here, (value as Blank)(...blanks));
    } else if (typeof value === 'object' && value !== null) {
      for (const [inner, text] of messages(value, here)) {
        found.set(inner, text);
      }
    }
  }
  return found;
}

/** The whole of what is said: the pages' words, and those that come with the settings page. */
const ENGLISH = messages({ ...en, onSettings: enSettings });

/** Names of products and formats are the same everywhere. */
const SAME_EVERYWHERE =
  /^(copyFormats\.(bash|fish|powershell|cmd|json)|profileKinds\.(sso|login)|sso\.label|profiles\.facts\.ssoSession|profileTools\.take\.kinds\.sso-session|guide\.steps\..*\.action)$/;

describe.each([
  ['zh-CN', zhCn, zhCnSettings],
  ['ja', ja, jaSettings],
])('the catalogue of %s', (_language, catalogue, onSettings) => {
  const own = messages({ ...catalogue, onSettings });

  test('has every message and no other', () => {
    expect([...own.keys()].toSorted()).toEqual([...ENGLISH.keys()].toSorted());
  });

  test('leaves nothing in English', () => {
    const untranslated = [...own].filter(([key, text]) => text === ENGLISH.get(key) && !SAME_EVERYWHERE.test(key));
    expect(untranslated).toEqual([]);
  });

  test('leaves nothing empty that English says', () => {
    expect([...own].filter(([key, text]) => text.trim() === '' && ENGLISH.get(key) !== '')).toEqual([]);
  });

  test('fills in every blank that English fills in, except counts that have no plural there', () => {
    for (const [key, text] of own) {
      const wanted = (ENGLISH.get(key)?.match(/‹\d›/g) ?? []).toSorted();
      expect([key, (text.match(/‹\d›/g) ?? []).toSorted()]).toEqual([key, wanted]);
    }
  });

  test('keeps names, commands and files as they are', () => {
    for (const [key, text] of own) {
      for (const name of [
        'Rolecall',
        'Identity Center',
        '~/.aws',
        'rolecall host',
        '{region}',
        '[sso-session …]',
        'https://',
      ]) {
        expect([key, name, text.includes(name)]).toEqual([key, name, (ENGLISH.get(key) ?? '').includes(name)]);
      }
    }
  });
});

test.each([
  ['system', ['fr-FR', 'ja-JP', 'en'], 'ja'],
  ['system', ['zh-Hant-TW'], 'zh-CN'],
  ['system', ['pt-BR'], 'en'],
  ['system', [], 'en'],
  ['ja', ['en-US'], 'ja'],
] as const)('the setting %s on a system of %j speaks %s', (setting, system, language) => {
  expect(resolveLanguage(setting, system)).toBe(language);
});

test('dates follow the system’s own kind of the language', () => {
  expect(resolveLocale('en', ['de-DE', 'en-GB'])).toBe('en-GB');
  expect(resolveLocale('ja', ['en-GB'])).toBe('ja');
  const { format } = englishText(['en-GB']);
  expect(format.moment('2026-11-23T17:40:00Z', Date.parse('2026-11-23T12:00:00Z'))).toMatch(/^\d\d:40$/);
});

test.each([
  ['en', en, enSettings],
  ['zh-CN', zhCn, zhCnSettings],
  ['ja', ja, jaSettings],
] as const)('%s comes with its messages and those of the settings page', async (language, messages, onSettings) => {
  const text = await loadText(language, []);
  expect(text.t).toBe(messages);
  expect(settingsWords(text)).toBe(onSettings);
});
