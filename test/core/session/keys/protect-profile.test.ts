import { chmod, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderBackups } from '../../../../src/core/files/aws-file-backups.ts';
import { editAwsFile } from '../../../../src/core/files/aws-file-editor.ts';
import { systemClock } from '../../../../src/core/model/clock.ts';
import { MemoryStore } from '../../../../src/core/secrets/memory-store.ts';
import type { SecretStore } from '../../../../src/core/secrets/secret-store.ts';
import { DEMO } from '../../../../src/sandbox/demo-facts.ts';
import { assumeOnly, CONFIG, context, CREDENTIALS, typeCode } from '../iam-side.ts';
import { startKeySide } from '../key-side.ts';

const start = startKeySide;

describe('protecting a profile', () => {
  test('moves the key into the store and puts our line in its place', async () => {
    const side = await start();
    await side.protection.protect('assume-only');
    expect(await side.text('credentials')).toBe(
      CREDENTIALS.replace(/aws_access_key_id = .*\naws_secret_access_key = .*\n/, ''),
    );
    expect(await side.text('config')).toContain(`[profile assume-only]
region = ap-northeast-1
credential_process = "/opt/Rolecall App/rolecall" credentials --profile assume-only
rolecall_key = ${assumeOnly.accessKeyId}
`);
    const stored = await side.store.get({ kind: 'access-key', id: assumeOnly.accessKeyId });
    expect(stored?.reveal()).toBe(assumeOnly.secretAccessKey);
  });

  test('makes the roles that want a code credential_process lines too, with their own keys beside', async () => {
    const side = await start();
    await side.protection.protect('assume-only');
    expect(await side.text('config')).toContain(`[profile admin-role]
rolecall_role_arn = ${DEMO.iam.adminRole}
rolecall_mfa_serial = ${assumeOnly.mfaSerial}
rolecall_source_profile = assume-only
credential_process = "/opt/Rolecall App/rolecall" credentials --profile admin-role
`);
  });

  test('leaves roles of other keys alone', async () => {
    const side = await start();
    await side.protection.protect('assume-only');
    expect(await side.text('config')).toContain(CONFIG.slice(CONFIG.indexOf('[profile strict-admin]')));
  });

  test('works afterwards as before, from the store, with the popup', async () => {
    const side = await start();
    await side.protection.protect('assume-only');
    expect(await side.get('admin-role')).toMatchObject({ accountId: DEMO.iam.clientProduction });
    expect(await side.get('audit')).toMatchObject({ accountId: DEMO.iam.clientStaging });
    expect(side.questions).toHaveLength(1);
    expect(side.questions[0]?.title).toContain('admin-role');
  });

  test('and used, no secret of it is anywhere on the disk or in the log', async () => {
    const codes: string[] = [];
    const side = await start({
      answer: async (question, here) => {
        codes.push(await typeCode(question, here));
        return codes.at(-1) ?? '';
      },
    });
    await side.protection.protect('assume-only');
    const { secretAccessKey, sessionToken } = await side.get('admin-role');
    const canaries = [assumeOnly.secretAccessKey, secretAccessKey.reveal(), sessionToken.reveal(), ...codes];
    expect(codes).toHaveLength(1);
    for (const canary of canaries) {
      for (const form of [
        canary,
        encodeURIComponent(canary),
        Buffer.from(canary).toString('hex'),
        Buffer.from(canary).toString('base64').replace(/=+$/, ''),
      ]) {
        expect(await filesWith(side.home, form)).toEqual([]);
        expect(side.log.join()).not.toContain(form);
      }
    }
  });

  test('is shown first, without the secret, and changes nothing then', async () => {
    const side = await start();
    const previews = await side.protection.preview('assume-only');
    expect(previews.map(({ file }) => file)).toEqual([join(side.home, 'config'), join(side.home, 'credentials')]);
    expect(previews.some(({ applied }) => applied)).toBe(false);
    expect(JSON.stringify(previews)).not.toContain(assumeOnly.secretAccessKey);
    expect(await side.text('credentials')).toBe(CREDENTIALS);
    expect(await side.store.names()).toEqual([]);
  });

  test('leaves the secret nowhere on the disk, not even in the copies taken before', async () => {
    const side = await start();
    const lockDir = join(side.home, 'rolecall', 'locks');
    const backups = folderBackups(join(side.home, 'rolecall', 'backups'), systemClock());
    await editAwsFile(
      { lockDir, backups, clock: systemClock(), settleMs: 0 },
      join(side.home, 'credentials'),
      (document) => document.putSection('other', { region: 'eu-west-1' }),
    );
    expect(await filesWith(side.home, assumeOnly.secretAccessKey)).not.toEqual([]);
    await side.protection.protect('assume-only');
    expect(await filesWith(side.home, assumeOnly.secretAccessKey)).toEqual([]);
    expect(await filesWith(side.home, Buffer.from(assumeOnly.secretAccessKey).toString('base64').slice(2, -4))).toEqual(
      [],
    );
  });

  test('done twice changes nothing more', async () => {
    const side = await start();
    await side.protection.protect('assume-only');
    const config = await side.text('config');
    await side.protection.protect('assume-only');
    expect(await side.text('config')).toBe(config);
  });

  test('again, after a role was written, takes that role along, and all of it can be undone byte for byte', async () => {
    const side = await start();
    await side.protection.protect('assume-only');
    await side.protection.protect('assume-only');
    const before = await side.text('config');
    const role = `\n[profile later]\nrole_arn = ${DEMO.iam.stagingAdminRole}\nmfa_serial = ${assumeOnly.mfaSerial}\nsource_profile = assume-only\n`;
    await side.setFiles(before + role, await side.text('credentials'));
    await side.protection.protect('assume-only');
    expect(await side.text('config')).toContain(`[profile later]
rolecall_role_arn = ${DEMO.iam.stagingAdminRole}
rolecall_mfa_serial = ${assumeOnly.mfaSerial}
rolecall_source_profile = assume-only
credential_process = "/opt/Rolecall App/rolecall" credentials --profile later
`);
    expect(await side.get('later')).toMatchObject({ accountId: DEMO.iam.clientStaging });
    await side.protection.unprotect('assume-only');
    expect(await side.text('config')).toBe(CONFIG + role);
    expect(await side.text('credentials')).toContain(assumeOnly.secretAccessKey);
  });

  test('twice and undone once leaves the files as they were, byte for byte', async () => {
    const side = await start();
    await side.protection.protect('assume-only');
    await side.protection.protect('assume-only');
    await side.protection.unprotect('assume-only');
    expect(await side.text('config')).toBe(CONFIG);
    expect(await side.text('credentials')).toBe(CREDENTIALS);
  });

  test('of a profile that holds key and role at once works', async () => {
    const side = await start();
    const both = `[both]
aws_access_key_id = ${assumeOnly.accessKeyId}
aws_secret_access_key = ${assumeOnly.secretAccessKey}
role_arn = ${DEMO.iam.adminRole}
source_profile = both
mfa_serial = ${assumeOnly.mfaSerial}
`;
    await side.setFiles('', both);
    await side.protection.protect('both');
    expect(await side.get('both')).toMatchObject({ accountId: DEMO.iam.clientProduction });
    expect(await filesWith(side.home, assumeOnly.secretAccessKey)).toEqual([]);
    await side.protection.unprotect('both');
    expect(await side.text('credentials')).toBe(both);
  });

  test('of a profile whose name no config header can hold works in the credentials file', async () => {
    const side = await start();
    const credentials = CREDENTIALS.replace('[assume-only]', '[assume only!]');
    await side.setFiles(
      CONFIG.replaceAll('source_profile = assume-only', 'source_profile = assume only!'),
      credentials,
    );
    await side.protection.protect('assume only!');
    expect(await side.text('credentials')).toMatch(
      /credential_process = "[^"]+" credentials --profile id:[0-9a-f]{16}\n/,
    );
    expect(await side.get('admin-role')).toBeDefined();
    const reference = /--profile (id:[0-9a-f]{16})/.exec(await side.text('credentials'))?.[1] ?? '';
    expect(await side.get(reference)).toBeDefined();
    await side.protection.unprotect('assume only!');
    expect(await side.text('credentials')).toBe(credentials);
  });

  test.each([
    ['a role', 'admin-role', 'Protect the profile assume-only'],
    ['a profile that does not exist', 'nope', ''],
  ])('of %s is refused', async (_name, profile, hint) => {
    const side = await start();
    await expect(side.protection.protect(profile)).rejects.toMatchObject({
      code: profile === 'nope' ? 'not-found' : 'bad-input',
      hint: expect.stringContaining(hint) as string,
    });
  });

  test('of a temporary key is refused', async () => {
    const side = await start();
    await side.setFiles('', `[t]\naws_access_key_id = ASIAX\naws_secret_access_key = s\naws_session_token = t\n`);
    await expect(side.protection.protect('t')).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('a crash while protecting', () => {
  test.each([0, 1, 2, 3])('after %i steps: the profile works, and doing it again finishes it', async (steps) => {
    const store = new CountedStore(steps);
    const side = await start({ store });
    await side.protection.protect('assume-only').catch(() => undefined);
    store.left = Number.POSITIVE_INFINITY;
    expect(await side.get('admin-role')).toMatchObject({ accountId: DEMO.iam.clientProduction });
    await side.protection.protect('assume-only');
    expect(await filesWith(side.home, assumeOnly.secretAccessKey)).toEqual([]);
    expect(await side.again().credentials.get({ kind: 'profile', profile: 'readonly-role' }, context())).toBeDefined();
  });

  test('when the files cannot be written, nothing is lost', async (test) => {
    if (process.getuid?.() === 0) {
      test.skip('root writes everywhere');
    }
    const side = await start();
    await chmod(side.home, 0o500);
    await expect(side.protection.protect('assume-only')).rejects.toMatchObject({ code: 'file-failed' });
    await chmod(side.home, 0o700);
    expect(await side.text('credentials')).toBe(CREDENTIALS);
  });
});

describe('taking a protection back', () => {
  test.each([
    ['plain', CONFIG, CREDENTIALS],
    ['with CRLF', CONFIG.replaceAll('\n', '\r\n'), CREDENTIALS.replaceAll('\n', '\r\n')],
    [
      'with comments and odd spaces',
      `# mine\n\n${CONFIG}`,
      `; top\n${CREDENTIALS.replace('[assume-only]\n', '[assume-only]\n# the key\n')}\n# end`,
    ],
    ['without a final newline', CONFIG.trimEnd(), CREDENTIALS.trimEnd()],
    ['without a section in the config file', CONFIG.replace(/\[profile assume-only\][^[]*/, ''), CREDENTIALS],
    [
      'with the key in the config file',
      `${CONFIG}\n[profile k]\naws_access_key_id=AKIAKKKKKKKKKKKKKKKK\naws_secret_access_key=${'k'.repeat(40)}\n`,
      CREDENTIALS,
    ],
  ])('restores both files byte for byte: %s', async (name, config, credentials) => {
    const side = await start();
    await side.setFiles(config, credentials);
    const profile = name.includes('key in the config') ? 'k' : 'assume-only';
    await side.protection.protect(profile);
    expect(await side.text('config')).not.toBe(config);
    await side.protection.unprotect(profile);
    expect(await side.text('config')).toBe(config);
    expect(await side.text('credentials')).toBe(credentials);
    expect(await side.store.get({ kind: 'access-key', id: assumeOnly.accessKeyId })).toBeUndefined();
  });

  test('keeps what others wrote since', async () => {
    const side = await start();
    await side.protection.protect('assume-only');
    await side.setFiles(
      `${await side.text('config')}\n[profile later]\nregion = eu-west-1\n`,
      await side.text('credentials'),
    );
    await side.protection.unprotect('assume-only');
    expect(await side.text('config')).toBe(`${CONFIG}\n[profile later]\nregion = eu-west-1\n`);
    expect(await side.text('credentials')).toBe(CREDENTIALS);
  });

  test('works without the copies: in meaning, if not in bytes', async () => {
    const side = await start();
    await side.protection.protect('assume-only');
    for (const name of await side.store.names()) {
      if (name.kind === 'file-copy') {
        await side.store.delete(name);
      }
    }
    await side.protection.unprotect('assume-only');
    expect(await side.text('config')).toBe(CONFIG);
    expect(await side.text('credentials')).toContain(assumeOnly.secretAccessKey);
    expect(await side.get('admin-role')).toBeDefined();
  });

  test.each([
    ['first', 'assume-only', 'default'],
    ['second', 'default', 'assume-only'],
  ])(
    'of the %s of two profiles that hold the same key leaves the other protected and working',
    async (_which, one, other) => {
      const side = await start();
      const own = `[default]\naws_access_key_id = ${assumeOnly.accessKeyId}\naws_secret_access_key = ${assumeOnly.secretAccessKey}\n`;
      const role = `[profile of-default]\nrole_arn = ${DEMO.iam.adminRole}\nmfa_serial = ${assumeOnly.mfaSerial}\nsource_profile = default\n`;
      await side.setFiles(`${CONFIG}\n${role}`, `${CREDENTIALS}\n${own}`);
      await side.protection.protect('assume-only');
      await side.protection.protect('default');
      await side.protection.unprotect(one);
      for (const name of ['admin-role', 'of-default']) {
        expect(await side.get(name)).toMatchObject({ accountId: DEMO.iam.clientProduction });
      }
      expect((await side.text('credentials')).split(assumeOnly.secretAccessKey)).toHaveLength(2);
      await side.protection.unprotect(other);
      expect(await side.text('config')).toContain(`${CONFIG}\n${role}`);
      expect(await side.text('config')).not.toContain('rolecall');
      expect((await side.text('credentials')).split(assumeOnly.secretAccessKey)).toHaveLength(3);
      expect(await side.store.get({ kind: 'access-key', id: assumeOnly.accessKeyId })).toBeUndefined();
    },
  );

  test('is refused for a profile that is not protected', async () => {
    const side = await start();
    await expect(side.protection.unprotect('assume-only')).rejects.toMatchObject({ code: 'bad-input' });
  });
});

/** A store that fails after so many writes, as a crash would. */
class CountedStore extends MemoryStore implements SecretStore {
  left: number;

  constructor(left: number) {
    super();
    this.left = left;
  }

  override async set(...given: Parameters<MemoryStore['set']>): Promise<void> {
    if (this.left <= 0) {
      throw new Error('crash');
    }
    this.left -= 1;
    return super.set(...given);
  }
}

async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder, { recursive: true });
  const found: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    if ((await stat(path)).isFile() && (await readFile(path, 'latin1')).includes(text)) {
      found.push(name);
    }
  }
  return found;
}
