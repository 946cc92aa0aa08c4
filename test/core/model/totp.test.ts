import { describe, expect, test } from 'vitest';
import { BadInputError } from '../../../src/core/model/errors.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import {
  formatOtpauthUri,
  parseOtpauthUri,
  parseTotpSeed,
  secondsToNextCode,
  totpCode,
  totpStep,
} from '../../../src/core/model/totp.ts';

/** The ASCII secret "12345678901234567890" of RFC 6238 and RFC 4226. */
const RFC_SEED = new Secret('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');

/** RFC 6238 appendix B, SHA-1 rows: the RFC prints eight digits, a six-digit code is their end. */
const RFC_6238 = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
] as const;

/** RFC 4226 appendix D. */
const RFC_4226 = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'];

const seconds = (value: number): Date => new Date(value * 1000);

test.each(RFC_6238)('RFC 6238: at %i s the code ends %s', (at, eightDigits) => {
  expect(totpCode(RFC_SEED, seconds(at)).reveal()).toBe(eightDigits.slice(2));
});

test.each(RFC_4226.map((code, counter) => [counter, code] as const))(
  'RFC 4226: counter %i gives %s',
  (counter, code) => {
    expect(totpCode(RFC_SEED, seconds(counter * 30)).reveal()).toBe(code);
  },
);

test('a code that begins with zeros keeps them', () => {
  const codes = Array.from({ length: 400 }, (_, step) => totpCode(RFC_SEED, seconds(step * 30)).reveal());
  expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
  expect(codes.some((code) => code.startsWith('0'))).toBe(true);
});

test('a code does not show itself when it is printed', () => {
  const code = totpCode(RFC_SEED, seconds(59));
  expect(`${String(code)} ${JSON.stringify({ code })}`).not.toContain('287082');
});

test('the code changes at the 30-second edge and not within the window', () => {
  const at = (ms: number): string => totpCode(RFC_SEED, new Date(ms)).reveal();
  expect(at(30_000)).toBe(at(59_999));
  expect(at(60_000)).not.toBe(at(59_999));
  expect(totpStep(new Date(59_999))).toBe(1);
  expect(totpStep(new Date(60_000))).toBe(2);
});

test.each([
  [0, 30],
  [1, 30],
  [1000, 29],
  [29_000, 1],
  [29_999, 1],
  [30_000, 30],
  [1_763_900_012_345, 28],
])('at %i ms the next code begins in %i s', (ms, expected) => {
  expect(secondsToNextCode(new Date(ms))).toBe(expected);
});

test.each([new Date(Number.NaN), new Date(-1)])('a time that cannot be is refused, not counted from', (at) => {
  expect(() => totpCode(RFC_SEED, at)).toThrow(RangeError);
  expect(() => secondsToNextCode(at)).toThrow(RangeError);
});

describe('seeds as people paste them', () => {
  test.each([
    'gezdgnbvgy3tqojqgezdgnbvgy3tqojq',
    'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ',
    ' GEZD-GNBV-GY3T-QOJQ-GEZD-GNBV-GY3T-QOJQ\r\n',
    'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ======',
    'GEZDGNBVGY3T\u00a0QOJQGEZDGNBV\tGY3TQOJQ',
  ])('%j is read', (text) => {
    expect(parseTotpSeed(text).reveal()).toBe(RFC_SEED.reveal());
    expect(totpCode(new Secret(text), seconds(59)).reveal()).toBe('287082');
  });

  test('a length that is no multiple of eight is read when Base32 can have it', () => {
    // 18 characters: 90 bits, of which the last two are left over, as authenticators do.
    expect(parseTotpSeed('GEZDGNBVGY3TQOJQGF').reveal()).toBe('GEZDGNBVGY3TQOJQGF');
    expect(totpCode(new Secret('GEZDGNBVGY3TQOJQGF'), seconds(59)).reveal()).toBe(
      totpCode(new Secret('GEZDGNBVGY3TQOJQGE'), seconds(59)).reveal(),
    );
  });

  test.each([
    ['nothing', ''],
    ['only spaces', '   '],
    ['only padding', '======'],
    ['too short', 'GEZDGNBV'],
    ['a cut-off seed', 'GEZDGNBVGY3TQOJQG'],
    ['a length no Base32 text has', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZ'],
    ['a zero for an O', 'GEZDGNBVGY3TQ0JQGEZDGNBVGY3TQOJQ'],
    ['padding inside', 'GEZDGNBV=GY3TQOJQGEZDGNBVGY3TQOJQ'],
    ['full-width letters', 'ＧＥＺＤGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'],
    ['a Cyrillic letter', 'GEZDGNBVGY3TQОJQGEZDGNBVGY3TQOJQ'],
    ['a sharp s, which upper-cases to two letters', 'ßEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'],
    ['a NUL', 'GEZDGNBVGY3TQOJQ\u0000GEZDGNBVGY3TQOJQ'],
    ['an otpauth address', 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ'],
    ['a hundred thousand letters', 'A'.repeat(100_000)],
    ['a lone surrogate', 'GEZDGNBVGY3TQOJQ\uD800'],
  ])('%s is refused without repeating it', (_what, text) => {
    const refusal = failureOf(() => parseTotpSeed(text));
    expect(refusal).toBeInstanceOf(BadInputError);
    if (text.trim().length > 4) {
      expect(`${refusal?.message} ${(refusal as BadInputError).hint}`).not.toContain(text.trim());
    }
    expect(() => totpCode(new Secret(text), seconds(59))).toThrow(BadInputError);
  });
});

describe('the text of a QR code', () => {
  test('AWS text gives seed, issuer and account name', () => {
    const enrolment = parseOtpauthUri(
      'otpauth://totp/Amazon%20Web%20Services:alice@123456789012?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Amazon%20Web%20Services',
    );
    expect(enrolment.seed.reveal()).toBe(RFC_SEED.reveal());
    expect(enrolment.issuer).toBe('Amazon Web Services');
    expect(enrolment.accountName).toBe('alice@123456789012');
  });

  test('the defaults may be spelt out, in any case', () => {
    const text = 'OTPAUTH://TOTP/x?secret=gezdgnbvgy3tqojqgezdgnbvgy3tqojq&algorithm=sha1&digits=6&period=30';
    expect(parseOtpauthUri(text)).toMatchObject({ issuer: undefined, accountName: 'x' });
  });

  test('what is written reads back', () => {
    const text = formatOtpauthUri({ seed: RFC_SEED, issuer: 'A&B: "c"', accountName: 'é/?#%:x' });
    expect(String(text)).toBe('[secret]');
    const enrolment = parseOtpauthUri(text.reveal());
    expect(enrolment.seed.reveal()).toBe(RFC_SEED.reveal());
    expect(enrolment.issuer).toBe('A&B: "c"');
  });

  const seed = 'secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  test.each([
    '',
    'https://evil.example/?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    `otpauth://hotp/x?${seed}&counter=0`,
    `otpauth://steam/x?${seed}`,
    `otpauth://totp/x?${seed}&algorithm=SHA256`,
    `otpauth://totp/x?${seed}&digits=8`,
    `otpauth://totp/x?${seed}&period=60`,
    `otpauth://totp/x?${seed}&period=3e1`,
    `otpauth://totp/x?${seed}&${seed}`,
    'otpauth://totp/x',
    'otpauth://totp/x?secret=',
    'otpauth://totp/x?secret=0189',
    'otpauth-migration://offline?data=CjEKCkhlbGxv',
    `otpauth://[/x?${seed}`,
    `otpauth://totp/x?${seed}&issuer=${'x'.repeat(10_000)}`,
  ])('%.80s is refused', (text) => {
    expect(() => parseOtpauthUri(text)).toThrow(BadInputError);
  });

  test('a label that is wrongly encoded does not lose the seed', () => {
    expect(parseOtpauthUri(`otpauth://totp/%E0%A4%A?${seed}`).accountName).toBe('%E0%A4%A');
  });
});

function failureOf(action: () => unknown): Error | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
