import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ringFraction, tickMs, timeLeft, urgency } from '../../../src/renderer/model/expiry.ts';
import { createFormat } from '../../../src/renderer/model/format.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');

test.each([
  ['2026-11-23T13:00:00Z', { kind: 'left', seconds: 3600 }],
  ['2026-11-23T12:00:01Z', { kind: 'left', seconds: 1 }],
  ['2026-11-23T12:00:00Z', { kind: 'ended' }],
  ['2026-11-23T11:59:59Z', { kind: 'ended' }],
  ['1970-01-01T00:00:00Z', { kind: 'ended' }],
  ['soon', { kind: 'unknown' }],
  ['', { kind: 'unknown' }],
  [undefined, { kind: 'unknown' }],
] as const)('until %s there is %j', (expiresAt, left) => {
  expect(timeLeft(expiresAt, NOW)).toEqual(left);
});

test('whatever the clock says, no countdown is negative or NaN', () => {
  const format = createFormat('en', 'UTC');
  const jumps = fc.constantFrom(
    -7_200_000,
    7_200_000,
    -86_400_000,
    86_400_000,
    -NOW,
    Date.parse('2100-01-01') - NOW,
    Number.NaN,
    Infinity,
  );
  fc.assert(
    fc.property(fc.date({ noInvalidDate: false }), jumps, fc.integer(), (end, jump, wobble) => {
      const iso = Number.isNaN(end.getTime()) ? 'Invalid Date' : end.toISOString();
      const left = timeLeft(iso, NOW + jump + wobble);
      const words = left.kind === 'left' ? format.duration(left.seconds) : left.kind;
      expect(words).not.toMatch(/NaN|-|Infinity|undefined/);
      expect(ringFraction(left)).toBeGreaterThanOrEqual(0);
      expect(ringFraction(left)).toBeLessThanOrEqual(1);
      expect([1_000, 10_000]).toContain(tickMs(left));
    }),
  );
});

test('the last two minutes count by the second, the last ten warn', () => {
  expect(tickMs({ kind: 'left', seconds: 120 })).toBe(1_000);
  expect(tickMs({ kind: 'left', seconds: 121 })).toBe(10_000);
  expect(urgency({ kind: 'left', seconds: 120 })).toBe('last');
  expect(urgency({ kind: 'left', seconds: 600 })).toBe('soon');
  expect(urgency({ kind: 'left', seconds: 601 })).toBe('calm');
  expect(urgency({ kind: 'ended' })).toBe('ended');
});
