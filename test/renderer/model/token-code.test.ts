import { expect, test } from 'vitest';
import { readTokenCode } from '../../../src/renderer/model/token-code.ts';
import { totpWindow, waitSeconds } from '../../../src/renderer/model/totp-window.ts';

test.each([
  ['', { kind: 'partial', digits: '' }],
  ['12345', { kind: 'partial', digits: '12345' }],
  ['123456', { kind: 'complete', digits: '123456' }],
  ['000000', { kind: 'complete', digits: '000000' }],
  [' 123456 ', { kind: 'complete', digits: '123456' }],
  ['123 456', { kind: 'complete', digits: '123456' }],
  ['123456\n', { kind: 'complete', digits: '123456' }],
  ['1234567', { kind: 'wrong' }],
  ['１２３４５６', { kind: 'complete', digits: '123456' }],
  ['１２３　４5', { kind: 'partial', digits: '12345' }],
  ['１２３４５６７', { kind: 'wrong' }],
  ['①２３４５６', { kind: 'wrong' }],
  ['٣２３４５６', { kind: 'wrong' }],
  ['abcdef', { kind: 'wrong' }],
  ['123456&Action=X', { kind: 'wrong' }],
  ['12-34-56', { kind: 'wrong' }],
] as const)('%j is %j', (raw, read) => {
  expect(readTokenCode(raw)).toEqual(read);
});

test.each([
  ['2026-11-23T12:00:00Z', 30, 1],
  ['2026-11-23T12:00:29Z', 1, 1 / 30],
  ['2026-11-23T12:00:29.900Z', 1, 0.1 / 30],
  ['2026-11-23T12:00:31Z', 29, 29 / 30],
])('at %s the next code comes in %d s', (iso, secondsToNext, fractionLeft) => {
  const window = totpWindow(Date.parse(iso));
  expect(window.secondsToNext).toBe(secondsToNext);
  expect(window.fractionLeft).toBeCloseTo(fractionLeft);
});

test('a clock before 1970 or beyond reason still gives a wait between 1 and 30 s', () => {
  for (const nowMs of [-1, -123_456_789, Number.NaN, Infinity, 8.64e15]) {
    expect(totpWindow(nowMs).secondsToNext).toBeGreaterThanOrEqual(1);
    expect(totpWindow(nowMs).secondsToNext).toBeLessThanOrEqual(30);
  }
});

test('a used code is waited out, never for less than nothing', () => {
  const now = Date.parse('2026-11-23T12:00:18Z');
  expect(waitSeconds('2026-11-23T12:00:30Z', now)).toBe(12);
  expect(waitSeconds('2026-11-23T11:00:00Z', now)).toBe(0);
  expect(waitSeconds(undefined, now)).toBe(0);
  expect(waitSeconds('nonsense', now)).toBe(0);
});
