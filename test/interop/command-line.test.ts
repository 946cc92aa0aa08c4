import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { socketPlace } from '../../src/core/broker/socket-place.ts';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { generateOrganization } from '../../src/sandbox/generate-organization.ts';
import { demoOrganization } from '../../src/sandbox/demo-organization.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { coreOnSandbox } from '../helpers/core-on-sandbox.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import {
  DEBIAN_AWS,
  debianClientsMissing,
  proxiedEnvironment,
  run,
  temporaryHome,
  type Finished,
} from '../helpers/sandbox-programs.ts';
import { answerInBrowser, startSandbox } from '../helpers/sandbox.ts';

const SECTION = `[sso-session demo]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_registration_scopes = sso:account:access
`;
/** A sign-in's address, of either method. */
const ADDRESS = /https?:\/\/\S*(?:authorize|user_code)\S*/;

let sandbox: Sandbox;
let home: string;
let env: Record<string, string>;

async function setUp(config: string, options: SandboxOptions = {}): Promise<void> {
  sandbox = await startSandbox(options);
  home = await temporaryHome({ config });
  env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    ROLECALL_HOME: join(home, '.rolecall'),
    TZ: 'UTC',
    ...sandbox.env(),
  };
}

function rolecall(words: string, onError?: (stderr: string) => void): Promise<Finished> {
  return run([process.execPath, ROLECALL, ...words.split(' ')], env, onError === undefined ? {} : { onError });
}

/** Opens the address that is printed and clicks, as a person does; once. */
function signIn(words: string): Promise<Finished> {
  const answered = { done: false };
  return rolecall(words, (stderr) => {
    const url = ADDRESS.exec(stderr)?.[0];
    if (url !== undefined && !answered.done) {
      answered.done = true;
      void answerInBrowser(url);
    }
  });
}

/** The cached token as it would be after this time. */
async function ageToken(name: string, seconds: number, drop: readonly string[] = []): Promise<void> {
  const file = join(home, '.aws', 'sso', 'cache', `${createHash('sha1').update(name).digest('hex')}.json`);
  const token = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  const expiresAt = new Date(Date.parse(token['expiresAt'] ?? '') - seconds * 1000);
  const kept = Object.entries(token).filter(([key]) => !drop.includes(key));
  await writeFile(
    file,
    JSON.stringify({ ...Object.fromEntries(kept), expiresAt: expiresAt.toISOString().replace(/\.\d+/, '') }),
  );
}

describe('a sign-in', () => {
  beforeEach(() => setUp(SECTION));

  test.each(['sign-in --no-browser', 'sign-in --device --no-browser'])(
    '"rolecall %s" stopped by Ctrl-C ends with 130 and one line, and leaves nothing behind',
    async (words) => {
      const child = spawn(process.execPath, [ROLECALL, ...words.split(' ')], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const said = { out: '', error: '' };
      child.stdout.on('data', (data: Buffer) => (said.out += data.toString()));
      child.stderr.on('data', (data: Buffer) => (said.error += data.toString()));
      await expect.poll(() => ADDRESS.test(said.error), { timeout: 20_000 }).toBe(true);
      const interruptedAt = performance.now();
      child.kill('SIGINT');
      const code = await new Promise((resolve) => child.once('close', resolve));
      expect(code).toBe(130);
      expect(performance.now() - interruptedAt).toBeLessThan(2_000);
      expect(said.out).toBe('');
      expect(said.error.trimEnd().split('\n').at(-1)).toBe(
        'rolecall: The command was cancelled. Start it again when you are ready.',
      );
      expect(await readdir(join(home, '.aws'))).toEqual(['config']);
      expect(await readFile(join(home, '.aws', 'config'), 'utf8')).toBe(SECTION);
      expect(await signIn('sign-in --no-browser')).toMatchObject({ code: 0 });
    },
  );

  test('where no browser can be opened the address is told, and the sign-in goes on', async () => {
    env = { ...env, BROWSER: '/bin/false' };
    const done = await signIn('sign-in');
    expect(done).toMatchObject({ code: 0, stdout: 'Signed in to demo.\n' });
    expect(done.stderr).toContain('No browser could be opened. Open this address to sign in: http');
  });

  test('denied on the page it ends with 1 and says so', async () => {
    const answered = { done: false };
    const denied = await rolecall('sign-in --no-browser', (stderr) => {
      const url = ADDRESS.exec(stderr)?.[0];
      if (url !== undefined && !answered.done) {
        answered.done = true;
        void answerInBrowser(url, { decision: 'deny' });
      }
    });
    expect(denied).toMatchObject({ code: 1, stdout: '' });
    expect(denied.stderr).toContain('The sign-in was denied on the AWS page.');
  });

  test('made by the command, and ended by it, shows in the running app within a second', async () => {
    const app = await coreOnSandbox(sandbox, home);
    const access = () => app.core.state.get().ssoSessions[0]?.access.kind;
    expect(access()).toBe('signed-out');
    expect(await signIn('sign-in --no-browser')).toMatchObject({ code: 0 });
    const signedInAt = performance.now();
    await expect.poll(access, { interval: 10, timeout: 5_000 }).toBe('signed-in');
    expect(performance.now() - signedInAt).toBeLessThan(1_000);
    expect(await rolecall('sign-out')).toMatchObject({ code: 0 });
    const signedOutAt = performance.now();
    await expect.poll(access, { interval: 10, timeout: 5_000 }).toBe('signed-out');
    expect(performance.now() - signedOutAt).toBeLessThan(1_000);
  });
});

describe('before a long job, and where a console opens', () => {
  const target = `--sso-session demo --account ${DEMO.accounts.production} --role ReadOnlyAccess`;

  beforeEach(async () => {
    await setUp(SECTION);
    expect(await signIn('sign-in --no-browser')).toMatchObject({ code: 0 });
  });

  test('"rolecall renew" fetches a new token and says how long all lasts', async () => {
    sandbox.requests.clear();
    const said = await rolecall(`renew ${target}`);
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).toMatch(/^Credentials until .* \(7 h 59 min\): the session length of the permission set/);
    expect(said.stdout).toMatch(/\nSSO token until .*; it renews by itself while your sign-in lasts\.\n/);
    expect(sandbox.requests.count('sso-oidc.CreateToken')).toBe(1);
    const facts = JSON.parse((await rolecall(`renew ${target} --json`)).stdout) as { readonly limit: string };
    expect(facts.limit).toBe('permission-set');
  });

  test('opens in the browser profile that a rule names for its Identity Center, with the address on no command line', async () => {
    const bin = join(home, 'bin');
    await mkdir(bin);
    const browser =
      '#!/bin/sh\necho "$@" > "$HOME/argv"\nfor last in "$@"; do :; done\nexec curl -s -o /dev/null -w "%{redirect_url}" "$last" > "$HOME/page"\n';
    await writeFile(join(bin, 'google-chrome'), browser, { mode: 0o755 });
    await mkdir(join(home, '.config/google-chrome'), { recursive: true });
    const state = '{"profile":{"info_cache":{"Profile 1":{"name":"Work"}}}}';
    await writeFile(join(home, '.config/google-chrome/Local State'), state);
    await mkdir(env['ROLECALL_HOME'] ?? '', { recursive: true, mode: 0o700 });
    const rules = [{ account: '*', role: '*', ssoSession: 'demo', opener: 'browser:chrome/Profile 1' }];
    const settings = JSON.stringify({ version: 1, value: { consoleRules: rules } });
    await writeFile(join(env['ROLECALL_HOME'] ?? '', 'settings.json'), settings, { mode: 0o600 });
    env = { ...env, PATH: `${bin}:${env['PATH'] ?? ''}` };

    const signingIn = rolecall('sign-in demo');
    const page = (): Promise<string> => readFile(join(home, 'page'), 'utf8').catch(() => '');
    await expect.poll(page, { timeout: 20_000 }).toContain('/authorize');
    await answerInBrowser(await page());
    expect(await signingIn).toMatchObject({ code: 0, stdout: 'Signed in to demo.\n' });
    expect(await readFile(join(home, 'argv'), 'utf8')).toMatch(
      /^--profile-directory=Profile 1 http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}\n$/,
    );
  });

  test('"rolecall console" opens in a profile by rule, by --in elsewhere, and never in another place instead', async () => {
    const bin = join(home, 'bin');
    await mkdir(bin);
    const browser =
      '#!/bin/sh\necho "$@" >> "$HOME/argv"\nfor last in "$@"; do :; done\nexec curl -s -o /dev/null "$last"\n';
    await writeFile(join(bin, 'google-chrome'), browser, { mode: 0o755 });
    await mkdir(join(home, '.config/google-chrome'), { recursive: true });
    const state = '{"profile":{"info_cache":{"Profile 1":{"name":"Work"}}}}';
    await writeFile(join(home, '.config/google-chrome/Local State'), state);
    await mkdir(env['ROLECALL_HOME'] ?? '', { recursive: true, mode: 0o700 });
    const rules = [{ account: DEMO.accounts.production, role: 'read*', opener: 'browser:chrome/Profile 1' }];
    const settings = JSON.stringify({ version: 1, value: { consoleRules: rules } });
    await writeFile(join(env['ROLECALL_HOME'] ?? '', 'settings.json'), settings, { mode: 0o600 });
    env = { ...env, PATH: `${bin}:${env['PATH'] ?? ''}` };

    expect(await rolecall(`console ${target} --region ap-northeast-1`)).toMatchObject({ code: 0 });
    expect(await rolecall(`console ${target} --in private:chrome`)).toMatchObject({ code: 0 });
    const argv = (await readFile(join(home, 'argv'), 'utf8')).trim().split('\n');
    expect(argv[0]).toMatch(/^--profile-directory=Profile 1 http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
    expect(argv[1]).toMatch(/^--incognito http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
    const gone = await rolecall(`console ${target} --in browser:vivaldi`);
    expect([gone.code, gone.stdout]).toEqual([1, '']);
    expect(gone.stderr).toContain('Vivaldi, which is not on this machine');
    const wrong = await rolecall(`console ${target} --in netscape`);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('browser:chrome, private:chrome')]);
    expect((await readFile(join(home, 'argv'), 'utf8')).trim().split('\n')).toHaveLength(2);
  });
});

describe('status and accounts', () => {
  beforeEach(() => setUp(SECTION));

  test('signed out: exit 3, nothing on stdout, and the line says what to run', async () => {
    expect((await rolecall('status')).stdout).toMatch(/^demo +\S+ +signed out$/m);
    for (const words of [
      'accounts',
      `credentials --sso-session demo --account ${DEMO.accounts.development} --role X`,
    ]) {
      const refused = await rolecall(words);
      expect(refused).toMatchObject({ code: 3, stdout: '' });
      expect(refused.stderr).toBe(
        'rolecall: You are not signed in to demo. Sign in with Rolecall, or run: rolecall sign-in demo\n',
      );
    }
  });

  test('signed in, ended but renewable, and ended for good are told apart', async () => {
    await signIn('sign-in --no-browser');
    expect((await rolecall('status')).stdout).toMatch(
      /^demo +ap-northeast-1 +signed in, token until [\d-]* ?\d\d:\d\d \(\d+ \S+( \d+ min)?\), renews by itself$/m,
    );
    await ageToken('demo', 7_200);
    sandbox.faults.add({ operation: 'sso-oidc.*', fault: { kind: 'server-error', status: 500 }, times: 4 });
    const unasked = await rolecall('status demo');
    expect(unasked.stdout).toMatch(/signed in; token ended at .*\d\d:\d\d and could not be renewed now$/m);
    expect((await rolecall('status demo')).stdout).toMatch(/signed in, token until .*, renews by itself$/m);
    await ageToken('demo', 7_200, ['refreshToken']);
    const ended = await rolecall('status');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^demo +ap-northeast-1 +expired at .*\d\d:\d\d; sign in again$/m);
    expect(await rolecall('credentials --sso-session demo --account 842016395547 --role ReadOnlyAccess')).toMatchObject(
      {
        code: 3,
        stdout: '',
        stderr: expect.stringContaining('has expired at demo') as string,
      },
    );
  });

  test('guarded roles are marked in the lists of accounts and profiles', async () => {
    const { development } = DEMO.accounts;
    const admin = `[profile admin]\nsso_session = demo\nsso_account_id = ${development}\nsso_role_name = AdministratorAccess\n`;
    await setUp(
      `${SECTION}\n${admin}\n${admin.replace('admin]', 'reader]').replace('AdministratorAccess', 'ReadOnlyAccess')}`,
    );
    await signIn('sign-in --no-browser');
    expect((await rolecall('accounts')).stdout).not.toContain('guarded');
    const guardRules = [{ account: 'Development', role: 'Admin*' }];
    const settings = JSON.stringify({ version: 1, value: { guardRules } });
    await writeFile(join(env['ROLECALL_HOME'] ?? '', 'settings.json'), settings, { mode: 0o600 });
    const listed = (await rolecall('accounts')).stdout.split('\n').filter((line) => line.includes('(guarded)'));
    expect(listed).toEqual([
      expect.stringMatching(new RegExp(`^${development} +Development +.*AdministratorAccess \\(guarded\\)`)),
    ]);
    const { accounts } = JSON.parse((await rolecall('accounts --json')).stdout) as {
      accounts: { accountId: string; guardedRoles: string[] }[];
    };
    expect(accounts.filter(({ guardedRoles }) => guardedRoles.length > 0)).toMatchObject([
      { accountId: development, guardedRoles: ['AdministratorAccess'] },
    ]);
    const profiles = (await rolecall('profiles')).stdout;
    expect(profiles).toMatch(/^admin .* yes( |$)/m);
    expect(profiles).toMatch(/^reader .* -( |$)/m);
  });

  test.each(['credentials', 'export', 'renew', 'console --print', 'exec --'])(
    '"rolecall %s" for a role or account that is not assigned fails with 1, as every name that is not there',
    async (command) => {
      await signIn('sign-in --no-browser');
      const [name, ...rest] = command.split(' ');
      for (const [account, role] of [
        [DEMO.accounts.development, 'NoSuchRole'],
        ['999999999999', 'ReadOnlyAccess'],
      ]) {
        const words = [name, `--sso-session demo --account ${account} --role ${role}`, ...rest].join(' ');
        const refused = await rolecall(name === 'exec' ? `${words} true` : words);
        expect(refused).toMatchObject({ code: 1, stdout: '' });
        expect(refused.stderr).toMatch(/^rolecall: \S.*\. \S.*\.\n$/);
      }
    },
  );

  test('a sign-in that AWS ended is not shown as one that goes on, and a script can tell by the exit code', async () => {
    expect(await rolecall('status demo')).toMatchObject({ code: 3, stderr: '' });
    await signIn('sign-in --no-browser');
    expect(await rolecall('status demo')).toMatchObject({ code: 0 });
    sandbox.control.endPortalSessions();
    await ageToken('demo', 7_200);
    const ended = await rolecall('status demo');
    expect(ended).toMatchObject({ code: 3, stderr: '' });
    expect(ended.stdout).toMatch(/^demo +ap-northeast-1 +expired at .*\d\d:\d\d; sign in again$/m);
    expect((await rolecall('status')).code).toBe(0);
    expect(await rolecall('status dmo')).toMatchObject({ code: 1, stdout: '' });
  });

  test('sign-in --if-needed signs in only where there is no token that AWS renews', async () => {
    await signIn('sign-in --no-browser --if-needed');
    await ageToken('demo', 7_200);
    expect(await rolecall('sign-in --if-needed')).toMatchObject({
      code: 0,
      stdout: 'Signed in to demo already.\n',
      stderr: '',
    });
    sandbox.control.endPortalSessions();
    await ageToken('demo', 7_200);
    await signIn('sign-in --no-browser --if-needed');
    expect(sandbox.requests.count('sso-oidc.CreateToken')).toBe(4);
  });

  test('offline, the accounts of the last sync are listed, with their age; a request for credentials fails with 1', async () => {
    await signIn('sign-in --no-browser');
    const online = await rolecall('accounts');
    expect(online).toMatchObject({ code: 0, stderr: '' });
    env = {
      ...env,
      ...Object.fromEntries(
        Object.entries(env).map(([key, value]) => [key, value.replace(sandbox.url, 'http://127.0.0.1:1')]),
      ),
    };
    expect(await rolecall('accounts')).toEqual(online);
    const offline = await rolecall('accounts --refresh');
    expect(offline).toMatchObject({ code: 1, stdout: online.stdout });
    expect(offline.stderr).toMatch(/^rolecall: This is the list as of .*\d\d:\d\d\. .* cannot be reached\. .*\n$/);
    expect((await rolecall('status')).stdout).toContain('signed in');
    const refused = await rolecall('credentials --sso-session demo --account 842016395547 --role ReadOnlyAccess');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('a name in ~/.aws with terminal commands in it moves no cursor, whatever is printed', async () => {
    const name = '\u001b]52;c;ZXZpbA==\u0007\u202Eevil';
    await writeFile(
      join(home, '.aws', 'config'),
      `[sso-session \u001b[2Jx]\nsso_start_url = ${DEMO.startUrl}\nsso_region = ${DEMO.region}\n[profile ${name}]\nsso_session = gone\n`,
    );
    for (const words of ['profiles', 'profiles --json', 'status', 'accounts', 'sign-out', 'credentials --profile x']) {
      const { stdout, stderr } = await rolecall(words);
      expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      if (!words.endsWith('--json')) {
        expect(stdout + stderr).not.toContain('\u202E');
      }
    }
  });
});

describe('output that cannot be written', () => {
  beforeEach(() => setUp(SECTION));

  /** The command in a real shell, which says in the end what the command itself ended with. */
  const inShell = (line: string): Promise<Finished> =>
    run(['bash', '-c', line.replaceAll('rolecall', `"${process.execPath}" "${ROLECALL}"`)], env);

  test.each(['--help', 'status', 'status --json', 'no-such-command'])(
    'a reader that goes away early, as head does, is no failure: rolecall %s',
    async (words) => {
      const whole = await rolecall(words);
      const { stdout, stderr } = await inShell(`rolecall ${words} | true; echo "\${PIPESTATUS[0]}"`);
      expect({ stdout, stderr }).toEqual({ stdout: `${whole.code}\n`, stderr: whole.stderr });
    },
  );

  test('a full disk is said in one line, and is a failure', async () => {
    const { code, stderr } = await inShell('rolecall --help > /dev/full');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^rolecall: What the command says could not be written: ENOSPC.*\n$/);
  });

  test('an agent whose output nobody reads serves until it is told to end', async () => {
    const child = spawn(process.execPath, [ROLECALL, 'agent'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.destroy();
    const ended = new Promise((resolve) => child.once('close', resolve));
    const { path } = socketPlace({ rolecallHome: env['ROLECALL_HOME'] ?? '', platform: 'linux' });
    await expect.poll(() => existsSync(path), { timeout: 20_000 }).toBe(true);
    expect(await rolecall('status')).toMatchObject({ code: 0 });
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });
});

describe('with the real AWS CLI', () => {
  beforeEach((context) => {
    const missing = debianClientsMissing();
    if (missing !== undefined) {
      context.skip(missing);
    }
  });

  test('a legacy profile: it shows, "rolecall sign-in" signs the AWS CLI in, and sign-out ends both', async () => {
    const legacy = `[profile old]\nsso_start_url = ${DEMO.startUrl}\nsso_region = ${DEMO.region}\nsso_account_id = ${DEMO.accounts.development}\nsso_role_name = AdministratorAccess\nregion = ${DEMO.region}\n`;
    await setUp(legacy);
    expect((await rolecall('profiles')).stdout).toMatch(/^old +sso-legacy +842016395547 +AdministratorAccess/m);
    expect(await signIn('sign-in --no-browser')).toMatchObject({ code: 0 });
    expect((await rolecall('status')).stdout).toMatch(/signed in/);
    const theirs = await proxiedEnvironment(sandbox, home);
    expect(await run([DEBIAN_AWS, 's3', 'ls', '--profile', 'old'], theirs)).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse((await rolecall('credentials --profile old')).stdout)).toMatchObject({ Version: 1 });
    expect((await rolecall('accounts')).stdout).toContain(DEMO.accounts.development);
    expect(await rolecall('sign-out')).toMatchObject({ code: 0 });
    expect((await run([DEBIAN_AWS, 's3', 'ls', '--profile', 'old'], theirs)).code).not.toBe(0);
    expect(await readFile(join(home, '.aws', 'config'), 'utf8')).toBe(legacy);
  });

  test('two Identity Centers: each has its own sign-in, accounts and end', async () => {
    const other = { startUrl: 'https://d-9067000001.awsapps.com/start', region: 'eu-west-1' };
    const second = generateOrganization(3, 1, other);
    const first = demoOrganization();
    const organization = {
      accounts: [...first.accounts, ...second.accounts],
      identityCenters: [...first.identityCenters, ...second.identityCenters],
    };
    const account = second.accounts[0]?.accountId ?? '';
    const config = `${SECTION}[sso-session other]\nsso_start_url = ${other.startUrl}\nsso_region = ${other.region}\nsso_registration_scopes = sso:account:access\n[profile theirs]\nsso_session = other\nsso_account_id = ${account}\nsso_role_name = ReadOnlyAccess\nregion = ${other.region}\n`;
    await setUp(config, { organization });
    const unnamed = await rolecall('accounts');
    expect(unnamed).toMatchObject({ code: 3, stdout: '' });
    expect(unnamed.stderr).toMatch(/^rolecall: demo: You are not signed in [^]*\nrolecall: other: You are not .*\n$/);
    const both = await Promise.all([signIn('sign-in demo --no-browser'), signIn('sign-in other --no-browser')]);
    expect(both.map(({ code, stdout }) => [code, stdout])).toEqual([
      [0, 'Signed in to demo.\n'],
      [0, 'Signed in to other.\n'],
    ]);
    const listed = (await rolecall('accounts --sso-session other')).stdout;
    expect(listed.trimEnd().split('\n')).toHaveLength(4);
    expect(listed).toContain(account);
    expect((await rolecall('accounts --sso-session demo')).stdout).not.toContain(account);
    const all = await rolecall('accounts');
    expect(all).toMatchObject({ code: 0, stderr: '' });
    expect(all.stdout).toMatch(new RegExp(`^${account} .* other +ReadOnlyAccess$`, 'm'));
    expect(all.stdout).toMatch(new RegExp(`^${DEMO.accounts.development} .* demo +.*AdministratorAccess`, 'm'));
    const theirs = await proxiedEnvironment(sandbox, home);
    const identity = await run([DEBIAN_AWS, 'sts', 'get-caller-identity', '--profile', 'theirs'], theirs);
    expect(identity.stdout).toContain(account);
    expect(await rolecall('sign-out demo')).toMatchObject({ code: 0 });
    const status = (await rolecall('status')).stdout;
    expect(status).toMatch(/^demo .* signed out$/m);
    expect(status).toMatch(/^other .* signed in/m);
    expect((await rolecall('credentials --profile theirs')).code).toBe(0);
  });
});
