import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { missingProgram, startSession } from '../core/secrets/desktop-session.ts';
import { createMachine, rolecall, type Machine } from '../helpers/aws-programs.ts';
import { startApp, type RunningApp } from '../helpers/running-app.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { run, type Finished } from '../helpers/sandbox-programs.ts';
import { answerInBrowser } from '../helpers/sandbox.ts';

const { assumeOnly } = DEMO.users;
const CALLERS = 100;

const CONFIG = `[profile admin]
sso_session = demo
sso_account_id = ${DEMO.accounts.development}
sso_role_name = AdministratorAccess
region = ${DEMO.region}

[profile nobody]
sso_session = demo
sso_account_id = ${DEMO.accounts.development}
sso_role_name = NoSuchRole
region = ${DEMO.region}

[sso-session demo]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_registration_scopes = sso:account:access

[profile assume-only]
region = ${DEMO.region}

[profile admin-role]
role_arn = ${DEMO.iam.adminRole}
mfa_serial = ${assumeOnly.mfaSerial}
source_profile = assume-only
region = ${DEMO.region}
`;
const KEYS = `[assume-only]\naws_access_key_id = ${assumeOnly.accessKeyId}\naws_secret_access_key = ${assumeOnly.secretAccessKey}\n`;

let machine: Machine;

beforeEach(async () => {
  machine = await createMachine({ config: CONFIG, credentials: KEYS });
  return () => machine.sandbox.close();
});

/** So many callers that start at once. */
function crowd(command: readonly string[], env: Record<string, string>, count = CALLERS): Promise<readonly Finished[]> {
  return Promise.all(Array.from({ length: count }, () => run(command, env, { timeoutMs: 110_000 })));
}

/** All got the same, and it is one JSON object. */
function expectOneAnswer(ended: readonly Finished[]): void {
  expect(ended.filter(({ code }) => code !== 0)).toEqual([]);
  expect(new Set(ended.map(({ stdout }) => stdout)).size).toBe(1);
  expect(JSON.parse(ended[0]?.stdout ?? '')).toMatchObject({ Version: 1, AccessKeyId: expect.stringMatching(/^ASIA/) });
}

async function signedInApp(): Promise<RunningApp> {
  const app = await startApp(machine.ours);
  await app.command('startSignIn', { ssoSession: 'demo', method: 'browser' });
  await expect.poll(() => app.state().ssoSessions[0]?.access.kind, { timeout: 60_000 }).toBe('signed-in');
  return app;
}

async function signIn(): Promise<void> {
  const opened = new Set<string>();
  const ended = await rolecall(machine, 'sign-in demo --no-browser', (stderr) => {
    const url = /https?:\/\/\S*authorize\S*/.exec(stderr)?.[0];
    if (url !== undefined && !opened.has(url)) {
      opened.add(url);
      void answerInBrowser(url);
    }
  });
  expect(ended.code).toBe(0);
}

describe('with an app', () => {
  test('a hundred callers at once lead to one call to AWS and no prompt', async () => {
    const app = await signedInApp();
    expectOneAnswer(await crowd([app.helper, 'credentials', '--profile', 'admin'], machine.ours));
    expect(machine.sandbox.requests.count('sso.GetRoleCredentials')).toBe(1);
    expect(app.prompts).toEqual([]);
  });

  test('a hundred callers who need a code lead to one prompt, one code and one role', async () => {
    const app = await startApp(machine.ours);
    const callers = crowd([app.helper, 'credentials', '--profile', 'admin-role'], machine.ours);
    const shown = await app.prompt('mfa');
    const tokenCode = machine.sandbox.control.currentCode(assumeOnly.mfaSerial);
    await app.command('answerMfa', { promptId: shown.id, tokenCode });
    expectOneAnswer(await callers);
    expect(app.prompts).toHaveLength(1);
    expect(machine.sandbox.requests.count('sts.AssumeRole')).toBe(1);
  });

  test('fifty roles of one ended Identity Center lead to one prompt and one browser tab', async () => {
    const app = await signedInApp();
    const pagesBefore = (await app.openedPages()).length;
    machine.sandbox.control.expireAccessTokens();
    machine.sandbox.control.revokeRefreshTokens();
    const accounts = Object.values(DEMO.accounts).slice(0, 5);
    const names = Array.from({ length: 50 }, (_, index) => `p${index}`);
    await appendFile(
      join(machine.home, '.aws', 'config'),
      names
        .map(
          (name, index) =>
            `\n[profile ${name}]\nsso_session = demo\nsso_account_id = ${accounts[index % accounts.length]}\nsso_role_name = AdministratorAccess\nregion = eu-west-${(index % 3) + 1}\n`,
        )
        .join(''),
    );
    const callers = Promise.all(names.map((name) => run([app.helper, 'credentials', '--profile', name], machine.ours)));
    const shown = await app.prompt('sign-in');
    await app.command('answerPrompt', { promptId: shown.id, answer: 'accept' });
    const ended = await callers;
    // A role that is not assigned is refused by AWS; nobody is left without an answer.
    expect(ended.filter(({ code }) => code === 3 || code === 130 || code === null)).toEqual([]);
    expect(ended.filter(({ code }) => code === 0).length).toBeGreaterThan(0);
    expect(app.prompts.map(({ id }) => id)).toEqual([shown.id]);
    expect(await app.openedPages()).toHaveLength(pagesBefore + 1);
  });

  test('the quick helper and the whole command answer alike', async () => {
    const app = await signedInApp();
    const words = ['credentials --profile admin', 'credentials --profile nobody', 'credentials --profile missing'];
    for (const word of [...words, 'credentials --sso-session demo --account 12 --role x', 'credentials --profile']) {
      const quick = await run([app.helper, ...word.split(' ')], machine.ours);
      const whole = await rolecall(machine, word);
      expect(quick).toEqual(whole);
      expect(quick.stderr.split('\n')).toHaveLength(quick.code === 0 ? 1 : 2);
    }
  });
});

describe('without an app', () => {
  test('the helper that an app left works on, by the whole command', async () => {
    const app = await signedInApp();
    await app.stop();
    const ended = await run([app.helper, 'credentials', '--profile', 'admin'], machine.ours);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toMatchObject({ Version: 1 });
  });

  test.each(['admin', 'admin-role'])(
    'who is not signed in, or has to give a code (%s), is told within 2 s',
    async (profile) => {
      const command = ['setsid', '--wait', process.execPath, ROLECALL, 'credentials', '--profile', profile];
      await run(command, machine.ours);
      const startedAt = performance.now();
      const ended = await run(command, machine.ours);
      expect(performance.now() - startedAt).toBeLessThan(2_000);
      expect(ended).toMatchObject({ code: 3, stdout: '' });
      expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    },
  );

  test('a hundred callers on an ended role make few calls to AWS, where there is a keyring', async (context) => {
    const missing = missingProgram(['dbus-run-session', 'gnome-keyring-daemon', 'dbus-send']);
    if (missing !== undefined) {
      context.skip(missing);
    }
    const sessionHome = join(machine.home, 'session');
    await mkdir(sessionHome);
    const session = await startSession({ home: sessionHome, keyring: 'unlocked' });
    onTestFinished(() => session.stop());
    const { DBUS_SESSION_BUS_ADDRESS: bus = '', XDG_RUNTIME_DIR: runtime = '' } = session.env;
    const env = { ...machine.ours, DBUS_SESSION_BUS_ADDRESS: bus, XDG_RUNTIME_DIR: runtime };
    await signIn();
    const ended = await crowd([process.execPath, ROLECALL, 'credentials', '--profile', 'admin'], env);
    expect(ended.filter(({ code }) => code !== 0)).toEqual([]);
    expect(machine.sandbox.requests.count('sso.GetRoleCredentials')).toBeLessThanOrEqual(5);
  });

  test('without a keyring they take turns, and all are served', async () => {
    await signIn();
    const ended = await crowd([process.execPath, ROLECALL, 'credentials', '--profile', 'admin'], machine.ours, 20);
    expect(ended.filter(({ code }) => code !== 0)).toEqual([]);
    expect(machine.sandbox.requests.of('sso.GetRoleCredentials').filter(({ status }) => status !== 200)).toEqual([]);
  });
});
