import { describe, expect, test } from 'vitest';
import { decodeBase32, encodeBase32 } from '../../../src/sandbox/mfa/base32.ts';
import { MfaDevices } from '../../../src/sandbox/mfa/mfa-devices.ts';
import { Phone } from '../../../src/sandbox/mfa/phone.ts';
import { totpCode, totpStep } from '../../../src/sandbox/mfa/totp.ts';

const SEED = Buffer.from('12345678901234567890');

describe('RFC 6238', () => {
  // Appendix B, SHA-1, the last six of its eight digits.
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('the code at %i s is %s', (seconds, code) => {
    expect(totpCode(SEED, totpStep(new Date(seconds * 1000)))).toBe(code);
  });
});

describe('Base32', () => {
  // RFC 4648 section 10.
  test.each([
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('of %s is %s', (text, encoded) => {
    expect(encodeBase32(Buffer.from(text))).toBe(encoded);
    expect(decodeBase32(encoded)?.toString()).toBe(text);
  });

  test('is read as people paste it, and nothing else is', () => {
    expect(decodeBase32(' mzxw 6ytb-oi====')?.toString()).toBe('foobar');
    for (const text of ['', '    ', 'MZXW1', 'MZXW8', 'Ｍ', '====']) {
      expect(decodeBase32(text)).toBeUndefined();
    }
  });
});

describe('codes', () => {
  const now = new Date('2026-11-23T12:00:15Z');
  const device = () => new MfaDevices().add({ serialNumber: 'arn', accountId: '1', deviceName: 'd', seed: SEED });

  test('of one window before or after are taken, of two are not', () => {
    const devices = new MfaDevices();
    const code = (steps: number) => totpCode(SEED, totpStep(now) + steps);
    expect(devices.takeCode(device(), code(-1), now)).toBe(true);
    expect(devices.takeCode(device(), code(1), now)).toBe(true);
    expect(devices.takeCode(device(), code(-2), now)).toBe(false);
    expect(devices.takeCode(device(), code(2), now)).toBe(false);
  });

  test('older than the last one taken are refused', () => {
    const devices = new MfaDevices();
    const one = device();
    expect(devices.takeCode(one, totpCode(SEED, totpStep(now)), now)).toBe(true);
    expect(devices.takeCode(one, totpCode(SEED, totpStep(now) - 1), now)).toBe(false);
  });
});

describe('the phone', () => {
  test('scans otpauth addresses and bare keys, each key once', () => {
    const phone = new Phone();
    const uri =
      'otpauth://totp/Amazon%20Web%20Services:mika@619283746501?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Amazon%20Web%20Services';
    expect(phone.scan(uri)).toMatchObject({ label: 'mika@619283746501', issuer: 'Amazon Web Services', seed: SEED });
    phone.scan('gezd gnbv gy3t qojq gezd gnbv gy3t qojq', 'pasted');
    phone.scan('gezd gnbv gy3t qojq gezd gnbv gy3t qojr', 'alike');
    expect(phone.entries.map(({ label }) => label)).toEqual(['pasted', 'alike']);
  });

  test.each([
    '',
    'hello there',
    'otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    'otpauth://totp/x',
    'MZXW6',
    'otpauth:%%',
  ])('does not take %j', (text) => {
    expect(new Phone().scan(text)).toBeUndefined();
  });
});
