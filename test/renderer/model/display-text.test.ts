import { expect, test } from 'vitest';
import { displayText, isolated } from '../../../src/renderer/model/display-text.ts';
import { HOSTILE_NAMES } from '../hostile-names.ts';

test.each([
  ['Prod\ncredential_process = x', 'Prod credential_process = x'],
  ['prod\u202Eved', 'prodved'],
  ['\u2066x\u2069', 'x'],
  ['pr\u200Bod', 'prod'],
  ['\uFEFFprod', 'prod'],
  ['a\u2028b', 'a b'],
  ['a\u0085b', 'a b'],
  ['\u001b]52;c;ZXZpbA==\u0007', ']52;c;ZXZpbA=='],
  ['lone\uD800surrogate', 'lonesurrogate'],
  ['nul\u0000byte', 'nul byte'],
  ['  two   spaces  ', 'two spaces'],
  ['', ''],
  ['   ', ''],
  ['e\u0301', 'e\u0301'],
  ['عربي', 'عربي'],
])('%j is shown as %j', (raw, shown) => {
  expect(displayText(raw)).toBe(shown);
});

test('no name is longer than a row can bear, and no letter carries a tower of marks', () => {
  expect(displayText('A'.repeat(100_000))).toHaveLength(160);
  expect(displayText('😀'.repeat(200))).not.toMatch(/\p{Cs}/u);
  expect(displayText(`Z${'\u0301'.repeat(40)}`)).toHaveLength(3);
});

test('nothing that reorders, hides or ends a line is left of any hostile name', () => {
  for (const name of HOSTILE_NAMES) {
    expect(displayText(name)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(displayText(displayText(name))).toBe(displayText(name));
  }
});

test('a name in a sentence stands in isolates', () => {
  expect(isolated('prod\u202E')).toBe('\u2068prod\u2069');
});
