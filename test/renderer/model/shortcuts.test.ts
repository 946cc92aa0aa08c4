import { expect, test } from 'vitest';
import { SHORTCUTS, shortcutKeys, shortcutOf } from '../../../src/renderer/model/shortcuts.ts';

const NONE = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

test.each([
  [{ key: 'Enter' }, 'console'],
  [{ key: 'Enter', altKey: true }, 'destination'],
  [{ key: 'c', ctrlKey: true }, 'copy'],
  [{ key: 'C', ctrlKey: true, shiftKey: true }, 'copy-as'],
  [{ key: '?', shiftKey: true }, 'keys'],
  [{ key: '?' }, 'keys'],
  [{ key: 'c' }, undefined],
  [{ key: 'c', metaKey: true }, undefined],
  [{ key: 'Enter', ctrlKey: true }, undefined],
])('on Linux %j is %s', (press, shortcut) => {
  expect(shortcutOf({ ...NONE, ...press }, 'linux')).toBe(shortcut);
});

test('on macOS Command takes the place of Ctrl', () => {
  expect(shortcutOf({ ...NONE, key: 'c', metaKey: true }, 'darwin')).toBe('copy');
  expect(shortcutOf({ ...NONE, key: 'c', ctrlKey: true }, 'darwin')).toBeUndefined();
  expect(shortcutKeys('copy-as', 'darwin')).toEqual(['⇧', '⌘', 'C']);
  expect(shortcutKeys('copy-as', 'linux')).toEqual(['Ctrl', 'Shift', 'C']);
});

test('no two shortcuts share their keys', () => {
  const keys = SHORTCUTS.map((shortcut) => shortcutKeys(shortcut, 'linux').join('+'));
  expect(new Set(keys).size).toBe(keys.length);
});
