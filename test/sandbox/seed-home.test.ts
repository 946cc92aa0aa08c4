import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AlreadyExistsError } from '../../src/core/model/errors.ts';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { seedHome } from '../../src/sandbox/seed-home.ts';

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-seed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('the IAM side alone has the user, its key and its roles, and no Identity Center', async () => {
  const { configFile, credentialsFile } = await seedHome(await emptyFolder(), { ssoSession: false });
  const config = await readFile(configFile, 'utf8');
  expect(config).not.toContain('sso');
  expect(config).toContain(
    `[profile admin-role]\nrole_arn = ${DEMO.iam.adminRole}\nmfa_serial = ${DEMO.users.assumeOnly.mfaSerial}\nsource_profile = assume-only\n`,
  );
  expect(await readFile(credentialsFile, 'utf8')).toBe(
    `[assume-only]\naws_access_key_id = ${DEMO.users.assumeOnly.accessKeyId}\naws_secret_access_key = ${DEMO.users.assumeOnly.secretAccessKey}\n`,
  );
});

test('with the Identity Center it is as aws configure sso writes it', async () => {
  const { configFile } = await seedHome(await emptyFolder(), { ssoSession: true, strictUser: true });
  const config = await readFile(configFile, 'utf8');
  expect(config).toContain(`[sso-session demo]\nsso_start_url = ${DEMO.startUrl}\nsso_region = ${DEMO.region}\n`);
  expect(config).toContain('[profile strict-admin]');
});

test('files are for the owner alone, and nothing is overwritten', async () => {
  const home = await emptyFolder();
  const { configFile } = await seedHome(join(home, 'new folder'), { ssoSession: false });
  expect((await stat(configFile)).mode & 0o777).toBe(0o600);
  expect((await stat(join(home, 'new folder', '.aws'))).mode & 0o777).toBe(0o700);
  await expect(seedHome(join(home, 'new folder'), { ssoSession: true })).rejects.toBeInstanceOf(AlreadyExistsError);
  expect(await readFile(configFile, 'utf8')).not.toContain('sso');
});
