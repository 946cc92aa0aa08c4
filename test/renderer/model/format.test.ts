import { describe, expect, test } from 'vitest';
import { createFormat } from '../../../src/renderer/model/format.ts';

const NOW = Date.parse('2026-11-23T15:08:00Z');

describe('a span', () => {
  const { duration } = createFormat('en', 'UTC');
  test.each([
    [0, '0s'],
    [58, '58s'],
    [84, '1m 24s'],
    [120, '2m'],
    [2_590, '43m'],
    [3_600, '1h'],
    [3_900, '1h 5m'],
    [90_000, '1d 1h'],
    [-5, '0s'],
    [Number.NaN, '0s'],
  ])('of %d seconds is %s', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });

  test('is said in the language of the screen', () => {
    expect(createFormat('ja').duration(2_520)).toBe('42 分');
    expect(createFormat('zh-CN').duration(2_520)).toBe('42分钟');
  });
});

describe('a moment', () => {
  const { moment } = createFormat('en-GB', 'Europe/Berlin');
  test.each([
    ['2026-11-23T17:40:00Z', '18:40'],
    ['2026-11-23T23:10:00Z', 'tomorrow 00:10'],
    ['2026-11-22T10:00:00Z', 'yesterday 11:00'],
    ['2026-11-27T08:00:00Z', 'Fri 09:00'],
    ['2027-02-23T08:00:00Z', '23 Feb 2027'],
    ['nonsense', '–'],
  ])('%s is %s', (iso, words) => {
    expect(moment(iso, NOW)).toBe(words);
  });
});

test('days have names near by', () => {
  const { day } = createFormat('en-GB', 'Europe/Berlin');
  expect(day('2026-11-23T08:00:00Z', NOW)).toBe('Today');
  expect(day('2026-11-22T08:00:00Z', NOW)).toBe('Yesterday');
  expect(day('2026-11-20T08:00:00Z', NOW)).toBe('Friday 20 November');
});

test('what is past is said in its largest unit', () => {
  const { ago } = createFormat('en', 'UTC');
  expect(ago('2026-11-23T15:05:00Z', NOW)).toBe('3 minutes ago');
  expect(ago('2026-11-23T13:05:00Z', NOW)).toBe('2 hours ago');
});

test.each([
  'en',
  'en-US',
  'en-GB',
  'en-AU',
  'en-CA',
  'en-IE',
  'en-NZ',
  'zh-CN',
  'ja',
  'ja-JP',
  'en-IN',
  'en-ZA',
  'en-DE',
])('numbers in %s are those of Intl', (locale) => {
  const { number } = createFormat(locale);
  for (const value of [
    0,
    7,
    42,
    999,
    1_000,
    12_345,
    999_999,
    1_000_000,
    20_000_000_000,
    -1_234,
    0.5,
    1_234.5,
    Number.NaN,
  ]) {
    expect(number(value)).toBe(new Intl.NumberFormat(locale).format(value));
  }
});

test.each(['en', 'en-US', 'en-GB', 'en-IE', 'en-AU', 'en-CA', 'zh-CN', 'ja', 'ja-JP', 'de', 'xx'])(
  'the time of a day is written in %s as Intl writes it, through a whole day',
  (locale) => {
    const intl = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
    const { time } = createFormat(locale);
    for (let minute = 0; minute < 24 * 60; minute += 7) {
      const at = new Date(2026, 10, 23, 0, minute);
      expect(time(at.toISOString())).toBe(intl.format(at));
    }
  },
);
