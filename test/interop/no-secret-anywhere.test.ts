import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { seedHome } from '../../src/sandbox/seed-home.ts';
import { canaryHits } from '../core/secrets/canary-search.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { startApp, type RunningApp } from '../helpers/running-app.ts';
import { run, type Finished } from '../helpers/sandbox-programs.ts';
import { startSandbox } from '../helpers/sandbox.ts';
import { scratchFolder } from '../helpers/surroundings.ts';

const ADMIN = {
  kind: 'sso-role',
  ssoSession: 'demo',
  accountId: DEMO.accounts.development,
  roleName: 'AdministratorAccess',
} as const;
const ADMIN_WORDS = ['--sso-session', 'demo', '--account', ADMIN.accountId, '--role', ADMIN.roleName];

/** Everything that any process of this machine has in its command line, and ours in their environment, while the test goes on. */
function watchProcesses(ours: string): { texts(): string; stop(): void } {
  const seen = new Set<string>();
  const look = async (): Promise<void> => {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
    for (const pid of pids) {
      const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '');
      seen.add(await read('cmdline'));
      const environment = await read('environ');
      if (environment.includes(ours)) {
        seen.add(environment);
      }
    }
  };
  const timer = setInterval(() => void look(), 25);
  onTestFinished(() => clearInterval(timer));
  return { texts: () => [...seen].join('\n'), stop: () => clearInterval(timer) };
}

/** The secrets in an answer of `credential_process` or `export --format json`. */
function credentialSecrets({ code, stdout, stderr }: Finished): string[] {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { SecretAccessKey, SessionToken } = JSON.parse(stdout) as { SecretAccessKey: string; SessionToken: string };
  return [SecretAccessKey, SessionToken];
}

function signinToken(url: string): string {
  const token = new URL(url).searchParams.get('SigninToken') ?? '';
  expect(token.length).toBeGreaterThan(20);
  return token;
}

async function answerMfa(app: RunningApp, tokenCode: string): Promise<void> {
  const { id: promptId } = await app.prompt('mfa');
  await app.command('answerMfa', { promptId, tokenCode });
}

test('after a run of app and command no secret is on disk, in arguments, environments, logs or answers, but for the AWS CLI’s cache', async (context) => {
  if (process.platform !== 'linux') {
    context.skip('command lines of other processes are read from /proc, which only Linux has');
  }
  const sandbox = await startSandbox();
  const home = await scratchFolder();
  // Outside the home: what the user asked for and what a browser keeps are not ours to hide.
  const desk = await scratchFolder();
  const clipboard = join(desk, 'clipboard');
  const clipboardProgram = join(desk, 'clip');
  await writeFile(
    clipboardProgram,
    `#!/bin/sh\nif [ "$1" = copy ]; then cat >'${clipboard}'; else cat '${clipboard}'; fi\n`,
    { mode: 0o755 },
  );
  await seedHome(home, { ssoSession: true, startUrl: sandbox.startUrl, region: sandbox.region });
  await mkdir(join(home, 'tmp'));
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    ROLECALL_HOME: join(home, '.rolecall'),
    TMPDIR: join(home, 'tmp'),
    ROLECALL_LOG: '1',
    ROLECALL_CLIPBOARD: clipboardProgram,
    ...sandbox.env(),
  };
  const processes = watchProcesses(home);
  const told: string[] = [];
  const app = await startApp(env, (text) => told.push(text));
  const command: RunningApp['command'] = async (name, input) => {
    const value = await app.command(name, input);
    told.push(JSON.stringify(value));
    return value;
  };
  const rolecall = async (...words: string[]): Promise<Finished> => {
    const finished = await run([process.execPath, ROLECALL, ...words], { ...env, ROLECALL_LOG: '' });
    told.push(finished.stderr);
    return finished;
  };

  // The app: sign in, open a console, copy.
  await command('startSignIn', { ssoSession: 'demo' });
  await expect.poll(() => app.state().ssoSessions[0]?.access.kind, { timeout: 20_000 }).toBe('signed-in');
  await expect.poll(() => app.state().directories['demo']?.refreshedAt, { timeout: 20_000 }).toBeDefined();
  await command('openConsole', { target: ADMIN, destination: 's3' });
  const isConsole = (url: string): boolean => url.includes('SigninToken') || url.includes('console');
  await expect.poll(async () => (await app.openedPages()).some(isConsole), { timeout: 20_000 }).toBe(true);
  await command('copyCredentials', { target: ADMIN, format: 'json' });
  await expect.poll(() => readFile(clipboard, 'utf8').catch(() => '')).toContain('SecretAccessKey');
  const copied = JSON.parse(await readFile(clipboard, 'utf8')) as { SecretAccessKey: string; SessionToken: string };

  // Programs: through the app, with a code, and printed for the user.
  const tokenCode = sandbox.control.currentCode(DEMO.users.assumeOnly.mfaSerial);
  const [withCode] = await Promise.all([rolecall('credentials', '--profile', 'admin-role'), answerMfa(app, tokenCode)]);
  const exported = await rolecall('export', ...ADMIN_WORDS, '--format', 'json');
  const printed = await rolecall('console', ...ADMIN_WORDS, '--print');
  for (const words of [
    ['status'],
    ['accounts', '--refresh'],
    ['profiles'],
    ['status', '--json'],
    ['accounts', '--json'],
  ]) {
    told.push((await rolecall(...words)).stdout);
  }
  const cacheName = `${createHash('sha1').update('demo').digest('hex')}.json`;
  const cacheFile = join(home, '.aws', 'sso', 'cache', cacheName);
  const before = JSON.parse(await readFile(cacheFile, 'utf8')) as Record<string, string>;
  await command('renewSsoToken', { ssoSession: 'demo' });
  const after = JSON.parse(await readFile(cacheFile, 'utf8')) as Record<string, string>;
  // A failure with secrets at hand, told and logged.
  sandbox.faults.add({ operation: 'sso.GetRoleCredentials', fault: { kind: 'malformed-body' }, times: 5 });
  await command('renewCredentials', { target: ADMIN }).catch((error: unknown) => told.push(String(error)));

  const tokens = [before, after].flatMap((token) =>
    ['accessToken', 'refreshToken', 'clientSecret'].map((key) => token[key] ?? ''),
  );
  const others = [
    copied.SecretAccessKey,
    copied.SessionToken,
    ...credentialSecrets(withCode),
    ...credentialSecrets(exported),
    signinToken(printed.stdout.trim()),
    DEMO.users.assumeOnly.secretAccessKey,
  ];
  const secrets = [...new Set([...tokens, ...others])];
  expect(secrets.length).toBeGreaterThanOrEqual(10);
  expect(secrets.every((secret) => secret.length > 20)).toBe(true);

  const onDisk = async (): Promise<void> => {
    const kept = join('.aws', 'sso', 'cache', cacheName);
    expect(await canaryHits(home, [after['accessToken'] ?? ''])).toEqual([kept]);
    const outsideTheCache = (await canaryHits(home, secrets)).filter(
      (name) => name !== kept && name !== 'opened-pages',
    );
    // The user's own file with their own long-term key.
    expect(outsideTheCache).toEqual([join('.aws', 'credentials')]);
    expect(await canaryHits(join(home, '.aws', 'sso'), others)).toEqual([]);
  };
  await onDisk();
  told.push(JSON.stringify(app.state()), JSON.stringify(app.prompts));
  expect(told.join('').length).toBeGreaterThan(5_000);
  const elsewhere = await scratchFolder();
  await writeFile(join(elsewhere, 'told'), told.join('\n'));
  await writeFile(join(elsewhere, 'processes'), processes.texts(), 'latin1');
  expect(processes.texts()).toContain(ROLECALL);
  expect(await canaryHits(elsewhere, secrets)).toEqual([]);
  const code = new RegExp(`(?<![0-9A-Za-z])${tokenCode}(?![0-9A-Za-z])`);
  expect(told.join('\n')).not.toMatch(code);
  expect(processes.texts()).not.toMatch(code);
  expect(await readFile(join(home, '.rolecall', 'activity.jsonl'), 'utf8')).not.toMatch(code);

  // Signing out and quitting leave nothing of the token, nor on our clipboard.
  await command('signOut', { ssoSession: 'demo' });
  await app.stop();
  processes.stop();
  const left = (await canaryHits(home, [...tokens, ...others.slice(0, -1)])).filter((name) => name !== 'opened-pages');
  expect(left).toEqual([]);
  expect(await readFile(clipboard, 'utf8')).toBe('');
});
