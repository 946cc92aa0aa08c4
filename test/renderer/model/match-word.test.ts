import { expect, test } from 'vitest';
import { foldText } from '../../../src/shared/fold-text.ts';
import { matchRanges, matchWord, searchText } from '../../../src/renderer/model/match-word.ts';

test.each([
  ['AdministratorAccess', 'adm', [[0, 3]]],
  ['AdministratorAccess', 'access', [[13, 19]]],
  [
    'PowerUserAccess',
    'pua',
    [
      [0, 1],
      [5, 6],
      [9, 10],
    ],
  ],
  [
    'PowerUserAccess',
    'powacc',
    [
      [0, 3],
      [9, 12],
    ],
  ],
  [
    'data-platform_2',
    'dp2',
    [
      [0, 1],
      [5, 6],
      [14, 15],
    ],
  ],
  ['Team 42', '42', [[5, 7]]],
  ['prod-eu prod', 'prod', [[0, 4]]],
  ['subprod prod', 'prod', [[8, 12]]],
  ['東京 Production', '東京', [[0, 2]]],
  ['AdministratorAccess', 'xyz', []],
  ['AdministratorAccess', 'dmstr', []],
] as const)('in %s, %s is found at %j', (text, word, ranges) => {
  expect(matchRanges(searchText(text), word)).toEqual(ranges);
  expect(matchWord(searchText(text), word) > 0).toBe(ranges.length > 0);
});

test('folding keeps the length, so that marks stand where the letters are', () => {
  for (const text of ['İstanbul', 'ﬁnance', 'Ｐｒｏｄ', 'é', 'e\u0301', 'ß', '𝒫rod', '👩‍💻']) {
    expect(foldText(text)).toHaveLength(text.length);
  }
});

test('accents and width do not hide a name', () => {
  expect(matchWord(searchText('Zürich'), foldText('zurich'))).toBeGreaterThan(0);
  expect(matchWord(searchText('ｐｒｏｄ'), foldText('prod'))).toBeGreaterThan(0);
});

test('one letter is not looked for among initials', () => {
  expect(matchWord(searchText('Power'), 'z')).toBe(0);
});
