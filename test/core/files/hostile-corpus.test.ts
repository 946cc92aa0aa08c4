import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { folderBackups } from '../../../src/core/files/aws-file-backups.ts';
import { editAwsFile, type AwsFileEditorDeps } from '../../../src/core/files/aws-file-editor.ts';
import { readAwsProfiles } from '../../../src/core/files/effective-profiles.ts';
import { parseIni } from '../../../src/core/files/ini-document.ts';
import { newSectionText } from '../../../src/core/files/ini-new-text.ts';
import { readAsJs } from '../../../src/core/files/js-reading.ts';
import { removeManagedBlock, replaceManagedBlock } from '../../../src/core/files/managed-block.ts';
import { profileNames } from '../../../src/core/files/profile-name.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { hasBotocore, jsSdkReader, readWithBotocore, readWithJsSdk } from './oracles.ts';

const hostile = JSON.parse(
  readFileSync(new URL('../../fixtures/hostile-strings.json', import.meta.url), 'utf8'),
) as readonly string[];

const home = mkdtempSync(join(tmpdir(), 'rolecall-hostile-'));
const clock = systemClock();
const deps: AwsFileEditorDeps = {
  lockDir: join(home, 'locks'),
  backups: folderBackups(join(home, 'backups'), clock),
  clock,
  settleMs: 0,
};

afterAll(() => rmSync(home, { recursive: true, force: true }));

const USERS = '# mine\r\n[default]\r\nregion=eu-west-1\r\ns3 =\r\n  a = 1\r\n[profile mine]\nrole_arn : x';

test('accounts with hostile names become profiles that three parsers read alike, and no byte of the user’s changes', async (ctx) => {
  const sdk = jsSdkReader();
  if (sdk === undefined || !hasBotocore()) {
    ctx.skip('the JS SDK’s or botocore’s own reader is not here');
    return;
  }
  const path = join(home, 'config');
  writeFileSync(path, USERS);
  const roles = hostile.map((accountName, index) => ({
    accountId: String(index).padStart(12, '0'),
    accountName,
    roleName: 'Admin',
    ssoSession: 'corp',
  }));
  const names = profileNames(roles, { taken: ['default', 'mine'] });
  const planned = new Map(names.map((name, index) => [name, roles[index]?.accountId]));
  const block = [...planned].map(([name, accountId]) =>
    newSectionText(`profile ${name}`, { sso_session: 'corp', sso_account_id: accountId ?? '', sso_role_name: 'Admin' }),
  );
  await editAwsFile(deps, path, (document) => replaceManagedBlock(document, block.join('\n')));

  const text = readFileSync(path, 'utf8');
  expect(text.startsWith(USERS)).toBe(true);
  expect(text.slice(USERS.length)).toMatch(/^[\r\n\x20-\x7e]*$/);
  const [real] = readWithBotocore([text]);
  const js = (await readWithJsSdk(sdk, text)).config;
  const own = readAwsProfiles(text, '');
  expect(planned.size).toBe(hostile.length);
  for (const [name, accountId] of planned) {
    const values = { sso_session: 'corp', sso_account_id: accountId, sso_role_name: 'Admin' };
    expect(real?.[`profile ${name}`]).toEqual(values);
    expect(js[name]).toEqual(values);
    expect(own.profiles.find((profile) => profile.name === name)?.accountId).toBe(accountId);
  }
  // No key and no section but those planned.
  expect(Object.keys(real ?? {}).toSorted()).toEqual(
    ['default', 'profile mine', ...[...planned.keys()].map((name) => `profile ${name}`)].toSorted(),
  );
  expect(own.profiles).toHaveLength(planned.size + 2);
  expect(existsSync('/tmp/pwn')).toBe(false);

  await editAwsFile(deps, path, removeManagedBlock);
  expect(readFileSync(path, 'utf8')).toBe(USERS);
});

test('a hostile string given as a value is refused, or read back to the letter by all three', async (ctx) => {
  const sdk = jsSdkReader();
  if (sdk === undefined || !hasBotocore()) {
    ctx.skip('the JS SDK’s or botocore’s own reader is not here');
    return;
  }
  const accepted: { readonly value: string; readonly text: string }[] = [];
  for (const value of hostile) {
    try {
      const document = parseIni(USERS)
        .setKey('default', 'role_session_name', value)
        .addSection('profile new', { role_session_name: value });
      accepted.push({ value, text: document.serialise() });
    } catch (error) {
      expect(error).toMatchObject({ code: 'bad-input' });
    }
  }
  expect(accepted.length).toBeGreaterThan(20);
  const real = readWithBotocore(accepted.map(({ text }) => text));
  for (const [index, { value, text }] of accepted.entries()) {
    expect(real[index]).toEqual({
      default: { region: 'eu-west-1', s3: { a: '1' }, role_session_name: value },
      'profile mine': { role_arn: 'x' },
      'profile new': { role_session_name: value },
    });
    const js = (await readWithJsSdk(sdk, text)).config;
    expect(js['new']).toEqual({ role_session_name: value });
    expect(js['default']?.['role_session_name']).toBe(value);
    expect(readAsJs(text, 'config').get('new')?.get('role_session_name')).toBe(value);
  }
});

test('a hostile string given as a section or key is refused, or is one section of that name to all three', async (ctx) => {
  const sdk = jsSdkReader();
  if (sdk === undefined || !hasBotocore()) {
    ctx.skip('the JS SDK’s or botocore’s own reader is not here');
    return;
  }
  const accepted: { readonly name: string; readonly text: string }[] = [];
  for (const name of hostile) {
    expect(() => parseIni(USERS).setKey('default', `${name}=`, 'x')).toThrow('plain lower-case name');
    try {
      accepted.push({ name, text: parseIni('').addSection(`profile ${name}`, { region: 'x' }).serialise() });
    } catch (error) {
      expect(error).toMatchObject({ code: 'bad-input' });
    }
  }
  const real = readWithBotocore(accepted.map(({ text }) => text));
  for (const [index, { name, text }] of accepted.entries()) {
    expect(real[index]).toEqual({ [`profile ${name}`]: { region: 'x' } });
    expect((await readWithJsSdk(sdk, text)).config).toEqual({ [name]: { region: 'x' } });
  }
});

test.each<[what: string, bytes: Buffer]>([
  ['CRLF', Buffer.from('[a]\r\nx = 1\r\n')],
  ['no final line end', Buffer.from('[a]\nx = 1')],
  ['tab indents', Buffer.from('[a]\n\tx = 1\n\ty = 2\n')],
  ['a block', Buffer.from('[a]\ns3 =\n  x = 1\n')],
  ['NULs', Buffer.from('[a]\nx = \u0000\n')],
  ['no bytes', Buffer.from('')],
  [
    '50,000 sections',
    Buffer.from(Array.from({ length: 50_000 }, (_, index) => `[profile p${index}]\nx = 1\n`).join('')),
  ],
  ['a byte order mark', Buffer.from('\ufeff[a]\nx = 1\n')],
  ['latin-1 bytes', Buffer.from('[a]\n# caf\u00e9\n', 'latin1')],
  ['a section twice', Buffer.from('[a]\n[a]\n')],
  ['a header that does not end', Buffer.from('[profile a\nx = 1\n')],
])('a config file with %s is edited with every byte kept, or refused and left alone', async (what, bytes) => {
  const folder = join(home, what.replace(/\W/g, '-'));
  mkdirSync(folder);
  const path = join(folder, 'config');
  writeFileSync(path, bytes);
  try {
    await editAwsFile({ ...deps, backups: folderBackups(join(folder, 'backups'), clock) }, path, (document) =>
      document.addSection('profile added', { region: 'x' }),
    );
    expect(Buffer.compare(readFileSync(path).subarray(0, bytes.length), bytes)).toBe(0);
    expect(readFileSync(path, 'utf8')).toContain('[profile added]');
  } catch (error) {
    expect(error).toMatchObject({ code: 'file-unsafe' });
    expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
  }
});
