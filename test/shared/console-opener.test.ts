import * as v from 'valibot';
import { expect, test } from 'vitest';
import { openerId, parseOpener } from '../../src/shared/console-opener.ts';
import { OpenerIdSchema } from '../../src/shared/console-opener-schema.ts';

test.each([
  ['default', { kind: 'default' }],
  ['multi-session', { kind: 'multi-session' }],
  ['browser:chrome', { kind: 'browser', browser: 'chrome', profile: undefined }],
  ['browser:chrome/Profile 1', { kind: 'browser', browser: 'chrome', profile: 'Profile 1' }],
  ['private:edge', { kind: 'private', browser: 'edge', profile: undefined }],
  ['granted:firefox/仕事', { kind: 'granted', browser: 'firefox', profile: '仕事' }],
])('%s is read', (id, opener) => {
  expect(parseOpener(id)).toEqual(opener);
  expect(v.is(OpenerIdSchema, id)).toBe(true);
});

test.each([
  '',
  'browser:',
  'browser:/usr/bin/chromium',
  'browser:../x',
  'browser:chrome/..',
  'browser:chrome/a/b',
  'browser:chrome/a\\b',
  'browser:chrome/a\nb',
  'browser:Chrome',
  'shell:rm',
  `browser:chrome/${'x'.repeat(129)}`,
])('%j names no way to open a console', (id) => {
  expect(parseOpener(id)).toBeUndefined();
  expect(v.is(OpenerIdSchema, id)).toBe(false);
});

test('an id is made as it is read', () => {
  expect(parseOpener(openerId('browser', 'brave', 'Default'))).toEqual({
    kind: 'browser',
    browser: 'brave',
    profile: 'Default',
  });
});
