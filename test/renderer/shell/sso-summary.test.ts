import { describe, expect, test } from 'vitest';
import type { SsoSessionState } from '../../../src/shared/app-state.ts';
import { en } from '../../../src/renderer/i18n/en.ts';
import { findingBooks } from '../../../src/renderer/i18n/finding-words.ts';
import { guideBooks } from '../../../src/renderer/i18n/guide-book.ts';
import { ja } from '../../../src/renderer/i18n/ja.ts';
import { zhCn } from '../../../src/renderer/i18n/zh-cn.ts';
import type { Text } from '../../../src/renderer/i18n/text.ts';
import { endingWords } from '../../../src/renderer/model/ending.ts';
import { createFormat } from '../../../src/renderer/model/format.ts';
import { signInWords } from '../../../src/renderer/shell/sso-summary.ts';

type SignedIn = Extract<SsoSessionState['access'], { kind: 'signed-in' }>;

const NOW = Date.parse('2026-11-23T22:30:00Z');

function text(language: Text['language'], timeZone: string): Text {
  const locale = language === 'en' ? 'en-GB' : language;
  const t = { en, ja, 'zh-CN': zhCn }[language];
  return {
    language,
    t,
    settings: undefined,
    format: createFormat(locale, timeZone),
    findings: findingBooks(language),
    guide: guideBooks(language),
  };
}

const RENEWS: SignedIn = {
  kind: 'signed-in',
  tokenExpiresAt: '2026-11-23T23:10:00Z',
  renewsByItself: true,
  registrationExpiresAt: '2027-02-21T08:00:00Z',
};
const ENDS: SignedIn = { ...RENEWS, renewsByItself: false, registrationExpiresAt: undefined };

describe('the sign-in behind everything', () => {
  test('that renews names the latest end that is known, and who knows the rest', () => {
    expect(signInWords(RENEWS, text('en', 'Europe/Berlin'), NOW, true)).toBe(
      'Renews by itself while Rolecall runs. AWS does not say when you have to sign in again; 21 Feb 2027 at the latest.',
    );
    const unknown = { ...RENEWS, registrationExpiresAt: undefined };
    expect(signInWords(unknown, text('en', 'Europe/Berlin'), NOW, true)).toBe(
      'Renews by itself while Rolecall runs. AWS does not say when you have to sign in again.',
    );
  });

  test('does not claim to renew by itself where that is switched off', () => {
    expect(signInWords(RENEWS, text('en', 'Europe/Berlin'), NOW, false)).toMatch(/^Renewed when a role is next used\./);
  });

  test.each([
    ['en', 'Europe/Berlin', 'Ends tomorrow 00:10. It does not renew by itself: sign in again then.'],
    ['en', 'America/New_York', 'Ends 18:10. It does not renew by itself: sign in again then.'],
    ['ja', 'Asia/Tokyo', '8:10 に終わります。自動では更新されないので、そのときサインインし直してください。'],
    ['zh-CN', 'Asia/Shanghai', '07:10 结束。它不会自动续期：届时请重新登录。'],
  ] as const)('in %s and %s its end is said as people there say it', (language, zone, words) => {
    expect(signInWords(ENDS, text(language, zone), NOW, true)).toBe(words);
  });

  test('on the night the clocks go back, the end is by the clock on the wall then', () => {
    const night = { ...ENDS, tokenExpiresAt: '2026-10-25T01:30:00Z' };
    const before = Date.parse('2026-10-25T00:45:00Z');
    // 02:45 by summer time; forty-five minutes later the wall says 02:30.
    expect(signInWords(night, text('en', 'Europe/Berlin'), before, true)).toMatch(/^Ends 02:30\./);
  });
});

describe('an end that is near', () => {
  const ending = { what: 'role', name: 'Admin in 111122223333', endsAt: '2026-11-23T22:40:00Z', needs: 'mfa' } as const;

  test.each([
    ['en', 'The credentials you copied for ⁨Admin in 111122223333⁩ end in 10m.', 'Renewing may ask for an MFA code.'],
    [
      'ja',
      'コピーした ⁨Admin in 111122223333⁩ の認証情報はあと 10 分 で終わります。',
      '更新のときに MFA コードを求められることがあります。',
    ],
    ['zh-CN', '您复制的 ⁨Admin in 111122223333⁩ 的凭证将在 10分钟 后结束。', '续期时可能需要 MFA 验证码。'],
  ] as const)('is said in %s', (language, message, hint) => {
    expect(endingWords(ending, text(language, 'UTC'), NOW)).toEqual({ message, hint });
  });

  test('counts down, and never below zero', () => {
    const words = (nowMs: number) => endingWords(ending, text('en', 'UTC'), nowMs)?.message;
    expect(words(NOW + 9 * 60_000)).toContain('end in 1m.');
    expect(words(NOW + 90 * 60_000)).toContain('end in 0s.');
    expect(endingWords(undefined, text('en', 'UTC'), NOW)).toBeUndefined();
  });
});
