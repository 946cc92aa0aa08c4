import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { missingProgram, startSession } from '../core/secrets/desktop-session.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { answerInBrowser } from '../helpers/sandbox.ts';
import {
  DEBIAN_AWS,
  debianClientsMissing,
  proxiedEnvironment,
  run,
  temporaryHome,
} from '../helpers/sandbox-programs.ts';

/** With a comment and spaces that must outlive everything. */
const CONFIG = `# mine
[default]
region   =   eu-west-1

[sso-session demo]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_registration_scopes = sso:account:access
`;
const KEYS = '[old]\naws_access_key_id = AKIAEXAMPLEEXAMPLE00\naws_secret_access_key = abc\n';

let sandbox: Sandbox;
let home: string;
let ours: Record<string, string>;
let theirs: Record<string, string>;

beforeEach(async (context) => {
  const missing = debianClientsMissing();
  if (missing !== undefined) {
    context.skip(missing);
  }
  sandbox = await createSandbox();
  onTestFinished(() => sandbox.close());
  home = await temporaryHome({ config: CONFIG });
  const place = { ROLECALL_HOME: join(home, '.rolecall') };
  theirs = { ...(await proxiedEnvironment(sandbox, home)), ...place };
  ours = { PATH: process.env['PATH'] ?? '', HOME: home, ...place, ...sandbox.env() };
});

function rolecall(...words: string[]) {
  return run([process.execPath, ROLECALL, ...words], ours);
}

/** Signs in as a person does: opens the address that is printed, and clicks. */
async function signIn(): Promise<void> {
  const opened = new Set<string>();
  const ended = await run([process.execPath, ROLECALL, 'sign-in', 'demo', '--no-browser'], ours, {
    onError(stderr) {
      const url = /https?:\/\/\S*authorize\S*/.exec(stderr)?.[0];
      if (url !== undefined && !opened.has(url)) {
        opened.add(url);
        void answerInBrowser(url);
      }
    },
  });
  expect(ended.code).toBe(0);
}

const config = (): Promise<string> => readFile(join(home, '.aws', 'config'), 'utf8');
const buckets = (profile: string) => run([DEBIAN_AWS, 's3', 'ls', '--profile', profile], theirs);
const ONLY_DEVELOPMENT = ['--accounts', DEMO.accounts.development, '--roles', 'Admin*'];

/** Makes profiles for one account, and gives the name of one. */
async function syncOne(): Promise<string> {
  const synced = await rolecall('profiles', 'sync', ...ONLY_DEVELOPMENT, '--region', DEMO.region, '--json');
  expect(synced.code).toBe(0);
  const { added } = JSON.parse(synced.stdout) as { added: string[] };
  expect(added).toHaveLength(1);
  return added[0] ?? '';
}

describe('"rolecall profiles sync"', () => {
  test('shows first, writes profiles that the AWS CLI uses, and is undone byte for byte', async () => {
    expect(await rolecall('profiles', 'sync')).toMatchObject({ code: 3, stdout: '' });
    await signIn();
    const shown = await rolecall('profiles', 'sync', ...ONLY_DEVELOPMENT, '--region', DEMO.region, '--dry-run');
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(/^\+sso_role_name = Admin/m);
    expect(shown.stdout).toMatch(/Nothing was written. It would be: 1 added, 0 removed, 0 renamed, 0 unchanged\.\n$/);
    expect(await config()).toBe(CONFIG);

    const profile = await syncOne();
    expect(await config()).toContain(`[profile ${profile}]`);
    expect(await config()).toContain(CONFIG);
    expect(await buckets(profile)).toMatchObject({ code: 0, stderr: '' });
    // The rules are as last time.
    expect((await rolecall('profiles', 'sync')).stdout).toBe('Profiles: 0 added, 0 removed, 0 renamed, 1 unchanged.\n');

    const { edits } = JSON.parse((await rolecall('undo', '--json')).stdout) as { edits: { id: string }[] };
    expect(edits).toMatchObject([{ kind: 'sync-profiles', subject: 'demo', state: 'done' }]);
    const id = edits[0]?.id ?? '';
    expect((await rolecall('undo', id, '--dry-run')).stdout).toContain(`-[profile ${profile}]`);
    expect(await config()).toContain(`[profile ${profile}]`);
    expect((await rolecall('undo', id)).stdout).toBe(`Took change ${id} back.\n`);
    expect(await config()).toBe(CONFIG);
    expect(await rolecall('undo', id)).toMatchObject({ code: 1, stdout: '' });
    expect((await rolecall('undo')).stdout).toMatch(/^ID .*\n.*undo.*\n.*sync-profiles .*undone\n$/);
  });

  test.each([
    [['--output', 'xml'], 2],
    [['--region', 'nowhere'], 2],
    [['--sso-session', 'gone'], 1],
  ])('refuses %s with one line, and writes nothing', async (words, code) => {
    await signIn();
    const refused = await rolecall('profiles', 'sync', ...words);
    expect(refused).toMatchObject({ code, stdout: '' });
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    expect(await config()).toBe(CONFIG);
  });
});

test('a template with a line break and brackets makes names, never lines or sections', async () => {
  await signIn();
  const template = 'x]\n[profile evil]\ncredential_process = id #{account}';
  expect(await rolecall('profiles', 'sync', ...ONLY_DEVELOPMENT, '--template', template)).toMatchObject({ code: 0 });
  expect(await config()).not.toMatch(/^\s*(?:\[profile evil\]|credential_process)/m);
  const listed = await run([DEBIAN_AWS, 'configure', 'list-profiles'], theirs);
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  expect(listed.stdout.trim().split('\n')).toHaveLength(2);
});

describe('"rolecall vault"', () => {
  test('moves the token out of ~/.aws, the profile works through credential_process, and off brings every byte back', async (context) => {
    const missing = missingProgram(['dbus-run-session', 'gnome-keyring-daemon', 'dbus-send']);
    if (missing !== undefined) {
      context.skip(missing);
    }
    // The keyring's own home, so that it leaves nothing between our files.
    const keyringHome = await mkdtemp(join(tmpdir(), 'rolecall-keyring-'));
    const session = await startSession({ home: keyringHome, keyring: 'unlocked' });
    onTestFinished(async () => {
      await session.stop();
      await rm(keyringHome, { recursive: true, force: true });
    });
    const { DBUS_SESSION_BUS_ADDRESS = '', XDG_RUNTIME_DIR = '' } = session.env;
    ours = { ...ours, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR };
    // The AWS CLI runs the helper, which finds Rolecall's AWS by the endpoint overrides; Debian's CLI does not know them.
    theirs = { ...ours, ...theirs, PATH: ours['PATH'] ?? '' };
    await signIn();
    const profile = await syncOne();
    const before = { config: await config(), cache: await cacheFiles() };
    expect(Object.keys(before.cache)).toHaveLength(1);

    const shown = await rolecall('vault', 'on', 'demo', '--dry-run');
    expect(shown.stdout).toMatch(/^\+credential_process = /m);
    expect(await cacheFiles()).toEqual(before.cache);
    expect(await config()).toBe(before.config);

    expect(await rolecall('vault', 'on', 'demo')).toMatchObject({ code: 0, stdout: 'Vault mode of demo is on.\n' });
    expect(await cacheFiles()).toEqual({});
    expect(await config()).toContain('credential_process = ');
    expect((await rolecall('status')).stdout).toMatch(/demo .* signed in/);
    expect(await buckets(profile)).toMatchObject({ code: 0, stderr: '' });
    expect(await cacheFiles()).toEqual({});

    expect(await rolecall('vault', 'off', 'demo')).toMatchObject({ code: 0, stdout: 'Vault mode of demo is off.\n' });
    expect(await config()).toBe(before.config);
    expect(await cacheFiles()).toEqual(before.cache);
    expect(await buckets(profile)).toMatchObject({ code: 0, stderr: '' });
  });

  test('without a secret store changes nothing and says why', async () => {
    await signIn();
    const before = { config: await config(), cache: await cacheFiles() };
    const refused = await rolecall('vault', 'on', 'demo');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    expect({ config: await config(), cache: await cacheFiles() }).toEqual(before);
  });
});

test('"rolecall doctor" finds a credentials file that others can read, and closes it', async () => {
  const file = join(home, '.aws', 'credentials');
  await writeFile(file, KEYS);
  await chmod(file, 0o644);
  const looked = await rolecall('doctor', '--offline', '--json');
  const { findings } = JSON.parse(looked.stdout) as {
    findings: { id: string; severity: string; file?: string; canFix: boolean }[];
  };
  expect(looked.code).toBe(findings.some(({ severity }) => severity === 'error') ? 1 : 0);
  const found = findings.find((finding) => finding.file === file && finding.canFix);
  expect(found).toBeDefined();
  expect((await rolecall('doctor', '--offline')).stdout).toContain(`--fix '${found?.id}'`);

  expect((await rolecall('doctor', '--fix', found?.id ?? '', '--dry-run')).stdout).toBe('-mode 0644\n+mode 0600\n');
  expect((await stat(file)).mode & 0o777).toBe(0o644);
  const fixed = await rolecall('doctor', '--fix', found?.id ?? '');
  expect(fixed).toMatchObject({ code: 0, stderr: '' });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).toBe(KEYS);
  expect(await rolecall('doctor', '--fix', found?.id ?? '')).toMatchObject({ code: 1, stdout: '' });

  const undoId = /rolecall undo (\d+)/.exec(fixed.stdout)?.[1] ?? '';
  expect(await rolecall('undo', undoId)).toMatchObject({ code: 0, stderr: '' });
  expect((await stat(file)).mode & 0o777).toBe(0o644);
});

test('"rolecall doctor" shows which profiles the tools see differently', async () => {
  const both = '[profile both]\nregion = a\nlogin_session = x\ncredential_process = /bin/true\n';
  await writeFile(join(home, '.aws', 'config'), both);
  const { stdout } = await rolecall('doctor', '--offline');
  expect(stdout).toContain('\n  both: its aws login session; its credential_process\n');
  expect(JSON.parse((await rolecall('doctor', '--offline', '--json')).stdout)).toMatchObject({
    differences: [{ profile: 'both', awsCli: 'login', jsSdk: 'process' }],
  });
});

test('"rolecall doctor" ends with 1 for an error, and names its line', async () => {
  await writeFile(join(home, '.aws', 'config'), `${CONFIG}[profile twice]\nregion = a\nregion = b\n`);
  const looked = await rolecall('doctor');
  expect(looked.code).toBe(1);
  expect(looked.stdout).toMatch(/^error: /);
  expect(looked.stdout).toContain(`${join(home, '.aws', 'config')}:11`);
});

/** Every file of the AWS CLI's cache of tokens that holds a token. */
async function cacheFiles(): Promise<Readonly<Record<string, string>>> {
  const folder = join(home, '.aws', 'sso', 'cache');
  const names = await readdir(folder).catch((): string[] => []);
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
  );
  return Object.fromEntries(files.filter(([, text]) => text.includes('accessToken')));
}
