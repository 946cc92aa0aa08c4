import { describe, expect, test } from 'vitest';
import { displayWidth, oneLine, table, terminalText } from '../../src/cli/terminal-text.ts';

describe('terminalText', () => {
  test.each([
    ['\u001b[2Jprod', '[2Jprod'],
    ['a\u0008\u0008b', 'ab'],
    ['prod\u202Eved', 'prodved'],
    ['a\u2028b\u0085c', 'abc'],
    ['\uD800x', 'x'],
    ['生产', '生产'],
  ])('%j becomes %j', (raw, safe) => {
    expect(terminalText(raw)).toBe(safe);
  });
});

test('oneLine folds every kind of line break into a space', () => {
  expect(oneLine(' a\r\n b\u2028c ')).toBe('a b c');
});

test('a table lines up under wide and combining characters', () => {
  const lines = table([
    ['NAME', 'ID'],
    ['生产', '1'],
    ['e\u0301', '2'],
  ]).split('\n');
  expect(lines.map((line) => displayWidth(line.slice(0, line.search(/(ID|[12])$/))))).toEqual([6, 6, 6]);
});
