import { expect, test } from 'vitest';
import { matchesPattern } from '../../src/shared/matches-pattern.ts';

test.each([
  ['abc', 'abc', true],
  ['abc', '*', true],
  ['', '*', true],
  ['', '', true],
  ['abc', 'a*c', true],
  ['abc', 'a*b*c', true],
  ['abc', '*bc*', true],
  ['abc', 'ab*bc', false],
  ['aa', 'a*a', true],
  ['a', 'a*a', false],
  ['abcabc', 'a*b*b*c', true],
  ['abc', 'b*', false],
  ['a.c', 'a.c', true],
  ['abc', 'a.c', false],
  ['ABC', 'a*C', true],
])('%j matches %j: %j', (text, pattern, expected) => {
  expect(matchesPattern(text, pattern)).toBe(expected);
});

test('a hostile pattern is decided without trying every split', () => {
  expect(matchesPattern('a'.repeat(5000), '*a'.repeat(60) + 'b')).toBe(false);
});
