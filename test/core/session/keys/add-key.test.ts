import { expect, test } from 'vitest';
import { Secret } from '../../../../src/core/model/secret.ts';
import { addKey, type NewKey } from '../../../../src/core/session/keys/add-key.ts';
import { CONFIG, newMember } from '../iam-side.ts';
import { HELPER, startKeySide, type KeySide } from '../key-side.ts';

const KEY: NewKey = {
  profile: 'mine',
  accessKeyId: newMember.accessKeyId,
  secretAccessKey: new Secret(newMember.secretAccessKey),
};

function add(side: KeySide, changes: Partial<NewKey> = {}) {
  const { files, keys, parts } = side;
  const { network, surroundings } = parts;
  const works = { files, keys, network, env: surroundings.env, helperPath: HELPER, platform: 'linux' as const };
  return addKey(works, { ...KEY, ...changes }, new AbortController().signal);
}

test('a pasted key goes into the store, and a profile to use it into the config file', async () => {
  const side = await startKeySide();
  const { identity, previews } = await add(side, { region: 'eu-west-1' });
  expect(identity.arn).toBe('arn:aws:iam::619283746501:user/new.member');
  expect(previews).toHaveLength(1);
  expect(await side.text('config')).toBe(`${CONFIG}
[profile mine]
region = eu-west-1
credential_process = "/opt/Rolecall App/rolecall" credentials --profile mine
rolecall_key = ${newMember.accessKeyId}
`);
  expect(await side.text('config')).not.toContain(newMember.secretAccessKey);
  expect(await side.get('mine')).toMatchObject({ accessKeyId: expect.stringMatching(/^ASIA/) as string });
});

test('a profile that holds settings only takes the key', async () => {
  const side = await startKeySide();
  await side.setFiles('[default]\nregion = eu-west-1\n', '');
  await add(side, { profile: 'default' });
  expect(await side.text('config')).toContain('[default]\nregion = eu-west-1\ncredential_process = ');
});

test('blanks around what was pasted do not matter', async () => {
  const side = await startKeySide();
  await add(side, {
    accessKeyId: ` ${newMember.accessKeyId}\n`,
    secretAccessKey: new Secret(` ${newMember.secretAccessKey} `),
  });
  expect((await side.keys.read(newMember.accessKeyId))?.secretAccessKey.reveal()).toBe(newMember.secretAccessKey);
});

test.each<[string, Partial<NewKey>, string]>([
  ['a temporary key', { accessKeyId: 'ASIAAAAAAAAAAAAAAAAA' }, 'bad-input'],
  ['half an id', { accessKeyId: 'AKIA1' }, 'bad-input'],
  ['an id with a line break', { accessKeyId: 'AKIAAAAAAAAAAAAAAA\nrole_arn=x' }, 'bad-input'],
  ['half a secret', { secretAccessKey: new Secret('short') }, 'bad-input'],
  ['a secret with a line break', { secretAccessKey: new Secret(`${'a'.repeat(20)}\n${'b'.repeat(20)}`) }, 'bad-input'],
  ['a wrong secret', { secretAccessKey: new Secret('x'.repeat(40)) }, 'aws-refused'],
  ['a key AWS does not know', { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA' }, 'aws-refused'],
  ['a profile that has credentials', { profile: 'admin-role' }, 'already-exists'],
  ['a hostile profile name', { profile: 'a]\n[default]' }, 'bad-input'],
  ['a reserved profile name', { profile: '__proto__' }, 'bad-input'],
  ['a region that is none', { region: 'us-east-1.evil.tld' }, 'bad-input'],
])('%s is refused and nothing is kept', async (_name, changes, code) => {
  const side = await startKeySide();
  await expect(add(side, changes)).rejects.toMatchObject({ code });
  expect(await side.text('config')).toBe(CONFIG);
  expect(await side.store.names()).toEqual([]);
});
