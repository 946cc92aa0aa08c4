import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { readStaticKey } from '../../../src/core/files/static-key.ts';

const KEY = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG==\n';

test('a long-term key is read from the credentials file', () => {
  const found = readStaticKey('', `[a]\n${KEY}`, 'a');
  expect(found).toMatchObject({ kind: 'long-term', file: 'credentials', key: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } });
  expect(found?.key.secretAccessKey.reveal()).toBe('wJalrXUtnFEMI/K7MDENG==');
  expect(inspect(found, { depth: 9, showHidden: true })).not.toContain('wJalr');
});

test('the credentials file goes before the config file', () => {
  const config = `[profile a]\n${KEY.replace('AKIAIOSFODNN7EXAMPLE', 'AKIACONFIG')}`;
  expect(readStaticKey(config, `[a]\n${KEY}`, 'a')?.key.accessKeyId).toBe('AKIAIOSFODNN7EXAMPLE');
  expect(readStaticKey(config, '', 'a')).toMatchObject({ file: 'config', key: { accessKeyId: 'AKIACONFIG' } });
});

test('temporary credentials have their token, the old name first as in botocore, and their end where a tool noted it', () => {
  const found = readStaticKey(
    '',
    `[a]\n${KEY}aws_session_token = new\naws_security_token = old\nx_security_token_expires = 2026-11-23T13:00:00Z\n`,
    'a',
  );
  expect(found?.kind).toBe('session');
  if (found?.kind === 'session') {
    expect(found.key.sessionToken.reveal()).toBe('old');
    expect(found.key.expiresAt).toEqual(new Date('2026-11-23T13:00:00Z'));
  }
  const vague = readStaticKey('', `[a]\n${KEY}aws_session_token = new\nexpiration = soon\n`, 'a');
  expect(vague).toMatchObject({ kind: 'session', key: { expiresAt: undefined } });
});

test.each([
  ['halves in different files', '[profile a]\naws_access_key_id = AKIA\n', '[a]\naws_secret_access_key = s\n'],
  ['another profile', '', `[b]\n${KEY}`],
  ['a misplaced prefix', '', `[profile a]\n${KEY}`],
  ['an empty secret', '', '[a]\naws_access_key_id = AKIA\naws_secret_access_key =\n'],
  ['nothing', '', ''],
])('%s give no key', (_, config, credentials) => {
  expect(readStaticKey(config, credentials, 'a')).toBeUndefined();
});
