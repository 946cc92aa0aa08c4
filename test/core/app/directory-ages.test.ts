import { expect, test } from 'vitest';
import { DirectoryAges } from '../../../src/core/app/directory-ages.ts';
import { NO_DIRECTORY } from '../../helpers/fake-services.ts';
import { ssoSession } from '../../helpers/electron-state.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-23T12:00:00Z');
const access = {
  kind: 'signed-in',
  tokenExpiresAt: '2026-11-30T12:00:00Z',
  renewsByItself: true,
  registrationExpiresAt: undefined,
} as const;
const known = { ssoSessions: [ssoSession({ access })], directories: { acme: NO_DIRECTORY } };

test('a clock that was set back makes nothing due, and the hours are counted from there', () => {
  const ages = new DirectoryAges();
  expect(ages.due(known, START)).toEqual([]);
  expect(ages.due(known, START - 48 * HOUR)).toEqual([]);
  expect(ages.due(known, START - 43 * HOUR)).toEqual([]);
  expect(ages.due(known, START - 42 * HOUR)).toEqual(['acme']);
  expect(ages.due(known, START - 42 * HOUR)).toEqual([]);
});

test('after a new sign-in, which asks by itself, the hours are counted anew', () => {
  const ages = new DirectoryAges();
  const out = { ...known, ssoSessions: [ssoSession()] };
  ages.due(known, START);
  expect(ages.due(out, START + 7 * HOUR)).toEqual([]);
  expect(ages.due(known, START + 8 * HOUR)).toEqual([]);
  expect(ages.due(known, START + 14 * HOUR)).toEqual(['acme']);
});
