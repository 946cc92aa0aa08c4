import { expect, test } from 'vitest';
import { en } from '../../../src/renderer/i18n/en.ts';
import { offeredOpeners, openerName } from '../../../src/renderer/model/openers.ts';
import type { OpenerChoice } from '../../../src/shared/console-opener.ts';

const CHOICES: readonly OpenerChoice[] = [
  { id: 'default', kind: 'default', browser: undefined, profile: undefined },
  { id: 'browser:chrome/Profile 1', kind: 'browser', browser: 'Google Chrome', profile: 'Work\u202E' },
  { id: 'private:firefox', kind: 'private', browser: 'Firefox', profile: undefined },
];

test('each choice says where it opens', () => {
  expect(offeredOpeners(CHOICES, 'default', en).map(({ label }) => label)).toEqual([
    'Default browser',
    'Google Chrome: Work',
    'Firefox: private window',
  ]);
});

test('what is set but not on this machine stays chosen, and says so', () => {
  const offered = offeredOpeners(CHOICES, 'browser:vivaldi/Profile 2', en);
  expect(offered.at(-1)).toEqual({
    value: 'browser:vivaldi/Profile 2',
    label: 'vivaldi: Profile 2 (not on this machine)',
  });
  expect(offeredOpeners(CHOICES, '', en)).toHaveLength(3);
});

test('a rule’s place has a name before the machine’s browsers are known', () => {
  expect(openerName([], 'granted:firefox', en)).toBe('firefox: container (add-on Granted)');
  expect(openerName([], 'multi-session', en)).toBe('Side by side (AWS multi-session)');
});
