import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { DEBIAN_AWS, debianClientsMissing, run, temporaryHome } from '../helpers/sandbox-programs.ts';
import { onATerminalTyped } from '../helpers/types-on-a-terminal.ts';
import { testAuthority } from '../helpers/test-authority.ts';

/** With a comment, spaces and a nested block that must outlive everything. */
const CONFIG = `# mine
[default]
region   =   eu-west-1

[profile build]
region = eu-central-1
s3 =
    max_concurrent_requests = 20

[profile child]
source_profile = build
role_arn = arn:aws:iam::111122223333:role/Child

[profile admin]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Admin
region = us-west-2

[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1
sso_registration_scopes = sso:account:access
`;
const KEYS = '[robot]\naws_access_key_id = AKIAEXAMPLEEXAMPLE00\naws_secret_access_key = abc\n';

let home: string;
let env: Record<string, string>;

beforeEach(async (context) => {
  const missing = debianClientsMissing();
  if (missing !== undefined) {
    context.skip(missing);
  }
  [home, env] = await machineWith({ config: CONFIG, credentials: KEYS });
});

async function machineWith(files: Record<string, string>): Promise<[string, Record<string, string>]> {
  const folder = await temporaryHome(files);
  return [folder, { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', HOME: folder, ROLECALL_HOME: join(folder, '.rolecall') }];
}

const rolecall = (...words: string[]) => run([process.execPath, ROLECALL, ...words], env);
const config = (): Promise<string> => readFile(join(home, '.aws', 'config'), 'utf8');
/** What the AWS CLI reads, one line. */
const asTheCliSees = async (profile: string, key: string): Promise<string> =>
  (await run([DEBIAN_AWS, 'configure', 'get', key, '--profile', profile], env)).stdout.trim();

/** Runs a change, first as a preview that writes nothing; gives the id to take it back by. */
async function changed(...words: string[]): Promise<string> {
  const before = await config();
  const shown = await rolecall(...words, '--dry-run');
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toMatch(/^[+-]/m);
  expect(await config()).toBe(before);
  const done = await rolecall(...words);
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(await config()).not.toBe(before);
  return /rolecall undo (\S+)/.exec(done.stdout)?.[1] ?? '';
}

async function takenBack(id: string): Promise<void> {
  expect(await rolecall('undo', id)).toMatchObject({ code: 0, stderr: '' });
  expect(await config()).toBe(CONFIG);
}

describe('a profile', () => {
  test('gets a key and loses one; the AWS CLI reads it so, all else stays, and undo brings every byte back', async () => {
    const id = await changed('profiles', 'set', 'build', 'region=ap-northeast-1', 'output=json');
    expect(await asTheCliSees('build', 'region')).toBe('ap-northeast-1');
    expect(await asTheCliSees('build', 's3.max_concurrent_requests')).toBe('20');
    expect(await config()).toContain('# mine\n[default]\nregion   =   eu-west-1\n');
    await takenBack(id);
    await changed('profiles', 'set', 'build', '--unset', 'region');
    expect(await asTheCliSees('build', 'region')).toBe('');
  });

  test('is added, renamed with those that start from it, made the default, and removed', async () => {
    const added = await changed('profiles', 'add', 'new', 'region=us-east-1');
    expect(await asTheCliSees('new', 'region')).toBe('us-east-1');
    await takenBack(added);

    const renamed = await changed('profiles', 'rename', 'build', 'builder');
    expect(await asTheCliSees('child', 'source_profile')).toBe('builder');
    expect(await asTheCliSees('builder', 's3.max_concurrent_requests')).toBe('20');
    await takenBack(renamed);

    const byDefault = await changed('profiles', 'default', 'admin');
    expect(await asTheCliSees('default', 'sso_role_name')).toBe('Admin');
    await takenBack(byDefault);

    const removed = await changed('profiles', 'remove', 'child');
    expect((await run([DEBIAN_AWS, 'configure', 'list-profiles'], env)).stdout).not.toContain('child');
    await takenBack(removed);
  });

  test('is shown key by key, with what each tool reads and where it stands', async () => {
    const shown = await rolecall('profiles', 'show', 'build', '--json');
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(shown.stdout)).toMatchObject({
      profile: 'build',
      keys: expect.arrayContaining([
        expect.objectContaining({
          name: 'region',
          awsCli: 'eu-central-1',
          file: join(home, '.aws', 'config'),
          line: 6,
        }),
      ]),
    });
    const secret = await rolecall('profiles', 'show', 'robot');
    expect(secret.code).toBe(0);
    expect(secret.stdout).toContain('(secret)');
    expect(secret.stdout).not.toContain('abc');
  });

  test.each([
    ['one that is not there', ['profiles', 'set', 'gone', 'region=eu-west-1'], 1],
    ['a key that is none', ['profiles', 'set', 'build', 'not a key'], 2],
    ['a value of two lines', ['profiles', 'set', 'build', 'region=a\n[profile evil]'], 2],
    ['a name that is taken', ['profiles', 'rename', 'build', 'child'], 1],
    ['one that others start from', ['profiles', 'remove', 'build'], 2],
    ['one that holds an access key', ['profiles', 'remove', 'robot'], 2],
  ])('refuses %s in one line, and writes nothing', async (_what, words, code) => {
    const refused = await rolecall(...words);
    expect(refused).toMatchObject({ code, stdout: '' });
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    expect(await config()).toBe(CONFIG);
    expect(await readFile(join(home, '.aws', 'credentials'), 'utf8')).toBe(KEYS);
  });
});

describe('a set-up for the team', () => {
  /** Exports what this machine has, and goes on as another person with an empty one. */
  async function exported(): Promise<{ readonly text: string; readonly file: string; readonly sha256: string }> {
    const file = join(home, 'team.json');
    const written = await rolecall('set-up', 'export', file, '--profile', 'build', '--json');
    expect(written).toMatchObject({ code: 0, stderr: '' });
    const { sha256 } = JSON.parse(written.stdout) as { sha256: string };
    const text = await readFile(file, 'utf8');
    expect(text).not.toMatch(/AKIA|secret/i);
    [home, env] = await machineWith({});
    return { text, file, sha256 };
  }

  test('goes from file to file: shown, refused without a yes, written', async () => {
    const { file, sha256 } = await exported();
    const shown = await rolecall('set-up', 'import', file, '--dry-run');
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toContain(sha256);
    expect(shown.stdout).toContain('+[sso-session corp]');
    await expect(config()).rejects.toThrow('ENOENT');

    const unasked = await run(['setsid', '--wait', process.execPath, ROLECALL, 'set-up', 'import', file], env);
    expect(unasked).toMatchObject({ code: 2, stdout: '' });
    await expect(config()).rejects.toThrow('ENOENT');

    const words = [process.execPath, ROLECALL, 'set-up', 'import', file];
    const refused = await onATerminalTyped('no\r', words, env);
    expect(refused).toMatchObject({ code: 130, stdout: expect.stringMatching(/rolecall: .*cancelled/) as string });
    await expect(config()).rejects.toThrow('ENOENT');

    const done = await rolecall('set-up', 'import', file, '--yes');
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toMatch(
      /^Imported: 1 Identity Center, 1 profile(, [^.]*)?\. Undo the change of ~\/\.aws with: /,
    );
    const again = await run(['setsid', '--wait', process.execPath, ROLECALL, 'set-up', 'import', file], env);
    expect(again).toMatchObject({ code: 0, stdout: 'There was nothing new to import. Here already: 2.\n', stderr: '' });
    expect(await asTheCliSees('build', 'region')).toBe('eu-central-1');
    expect((await stat(join(home, '.aws', 'config'))).mode & 0o777).toBe(0o600);
    expect(JSON.parse((await rolecall('status', '--json')).stdout)).toMatchObject({
      ssoSessions: [expect.objectContaining({ name: 'corp' })],
    });
  });

  test('comes from an https address whose fingerprint is right, and from none whose is wrong', async () => {
    const { text, sha256 } = await exported();
    const authority = await testAuthority();
    const server = createServer(
      await authority.issue(['127.0.0.1']).then(({ certificate: cert, key }) => ({ cert, key })),
      (_request, response) => response.end(text),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
      server.closeAllConnections();
      server.close();
      await authority.remove();
    });
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/team.json`;
    const bundle = join(home, 'ca.pem');
    await writeFile(bundle, authority.certificate);

    // An authority that nobody knows is not trusted for being on this machine.
    const untrusted = await rolecall('set-up', 'import', url, '--yes');
    expect(untrusted).toMatchObject({ code: 1, stdout: '' });
    env = { ...env, AWS_CA_BUNDLE: bundle };
    const wrong = await rolecall('set-up', 'import', `${url}#sha256=${'0'.repeat(64)}`, '--yes');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('SHA-256');
    await expect(config()).rejects.toThrow('ENOENT');

    expect(await rolecall('set-up', 'import', `${url}#sha256=${sha256}`, '--yes')).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(await config()).toContain('[sso-session corp]');
  });
});

describe('"rolecall import"', () => {
  /** As `granted sso populate` writes it. */
  const GRANTED = `[profile acme/Admin]
granted_sso_start_url      = https://acme.awsapps.com/start
granted_sso_region         = eu-central-1
granted_sso_account_id     = 111122223333
granted_sso_role_name      = Admin
credential_process         = granted credential-process --profile acme/Admin
`;

  test('finds other tools, shows what it would take along, takes it, and is undone', async () => {
    await writeFile(join(home, '.aws', 'config'), CONFIG + GRANTED);
    await mkdir(join(home, '.granted'));
    await writeFile(join(home, '.granted', 'config'), 'DefaultBrowser = "FIREFOX"\n');
    expect((await rolecall('import')).stdout).toMatch(/^granted +\S+ +.*1 profile to take over/m);

    const shown = await rolecall('import', 'granted', '--take-over', '--dry-run');
    expect(shown.stdout).toContain('+sso_account_id');
    expect(await config()).toBe(CONFIG + GRANTED);

    const done = await rolecall('import', 'granted', '--take-over');
    expect(done).toMatchObject({ code: 0 });
    expect(await asTheCliSees('acme/Admin', 'sso_role_name')).toBe('Admin');
    expect(await config()).toContain(CONFIG);
    const id = /rolecall undo (\S+)/.exec(done.stdout)?.[1] ?? '';
    expect(await rolecall('undo', id)).toMatchObject({ code: 0, stderr: '' });
    expect(await config()).toBe(CONFIG + GRANTED);
  });

  test('says that there is nothing, and refuses a tool it does not know', async () => {
    expect(await rolecall('import')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^None of /) });
    expect(await rolecall('import', 'netscape')).toMatchObject({ code: 2, stdout: '' });
    const absent = await rolecall('import', 'leapp');
    expect(absent).toMatchObject({ code: 1, stdout: '' });
    expect(absent.stderr.trim().split('\n')).toHaveLength(1);
  });
});
