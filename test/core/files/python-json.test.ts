import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAwsDate, parseAwsDate } from '../../../src/core/files/aws-date.ts';
import { pythonJson } from '../../../src/core/files/python-json.ts';
import { askPython, hasBotocore } from './oracles.ts';

test('2,000 values are written as the real json.dumps writes them', (ctx) => {
  if (!hasBotocore()) {
    ctx.skip('python3 is not installed');
  }
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        'a',
        '"',
        '\\',
        '/',
        '\n',
        '\t',
        '\u007f',
        '\u0001',
        '\u00e9',
        '\u2028',
        '\ud83d\ude00',
        '\uffff',
      ),
      fc.string({ minLength: 1, maxLength: 1 }),
    ),
  });
  const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
  const values = fc.sample(fc.dictionary(text, fc.oneof(leaf, fc.array(leaf), fc.dictionary(text, leaf))), {
    numRuns: 2_000,
    seed: 1,
  });
  const script = `
import json, sys
json.dump([[json.dumps(v), json.dumps(v, sort_keys=True), json.dumps(v, sort_keys=True, separators=(',', ':'))] for v in json.load(sys.stdin)], sys.stdout)
`;
  const plain = JSON.parse(JSON.stringify(values)) as readonly unknown[];
  const real = askPython(script, plain) as readonly (readonly string[])[];
  plain.forEach((value, index) => {
    expect([pythonJson(value, { sortKeys: true }), pythonJson(value, { sortKeys: true, isCompact: true })]).toEqual(
      real[index]?.slice(1),
    );
  });
  expect(pythonJson({ b: 1, a: undefined, c: [] })).toBe('{"b": 1, "c": []}');
});

test.each([
  ['2026-11-23T20:46:12Z', '2026-11-23T20:46:12Z'],
  ['2026-11-23T20:46:12.123Z', '2026-11-23T20:46:12Z'],
  ['2026-11-23T20:46:12UTC', '2026-11-23T20:46:12Z'],
  ['2026-11-23T20:46:12 UTC', '2026-11-23T20:46:12Z'],
  ['2026-11-23T20:46:12', '2026-11-23T20:46:12Z'],
  ['2026-11-23T20:46:12.123456', '2026-11-23T20:46:12Z'],
  ['2026-11-23 21:46:12+01:00', '2026-11-23T20:46:12Z'],
  ['2026-11-23T15:46:12-0500', '2026-11-23T20:46:12Z'],
])('the date %s is read, and written as all tools read it', (text, expected) => {
  const date = parseAwsDate(text);
  expect(date === undefined ? undefined : formatAwsDate(date)).toBe(expected);
});

test.each([
  '',
  'soon',
  '2026-13-01T00:00:00Z',
  '2026-11-23',
  1_764_000_000,
  null,
  undefined,
  '2026-11-23T20:46:12Zx',
  '9'.repeat(1_000_000),
])('the date %.20s is none', (value) => {
  expect(parseAwsDate(value)).toBeUndefined();
});
