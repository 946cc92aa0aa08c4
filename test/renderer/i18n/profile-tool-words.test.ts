import { describe, expect, test } from 'vitest';
import { enProfileTools } from '../../../src/renderer/i18n/en-profile-tools.ts';
import { jaProfileTools } from '../../../src/renderer/i18n/ja-profile-tools.ts';
import { zhCnProfileTools } from '../../../src/renderer/i18n/zh-cn-profile-tools.ts';
import { messages } from './messages.ts';

const ENGLISH = messages(enProfileTools);
const SAME_EVERYWHERE = new Set(['take.kinds.sso-session']);

describe.each([
  ['zh-CN', zhCnProfileTools],
  ['ja', jaProfileTools],
])('the words for keeping profiles in order in %s', (_, catalogue) => {
  const own = messages(catalogue);

  test('are all there, in the language, with every blank and every name', () => {
    expect([...own.keys()].toSorted()).toEqual([...ENGLISH.keys()].toSorted());
    for (const [key, text] of own) {
      const english = ENGLISH.get(key) ?? '';
      expect([key, text === english]).toEqual([key, SAME_EVERYWHERE.has(key)]);
      expect([key, (text.match(/‹\d›/g) ?? []).toSorted()]).toEqual([key, (english.match(/‹\d›/g) ?? []).toSorted()]);
      for (const name of [
        'Rolecall',
        '~/.aws/sso/cache',
        '[default]',
        '{account}',
        '{session}',
        'SSO',
        'MFA',
        '#sha256=',
      ]) {
        expect([key, name, text.includes(name)]).toEqual([key, name, english.includes(name)]);
      }
    }
  });
});
