import { execFile } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCore } from '../../../src/core/app/create-core.ts';
import { createServices } from '../../../src/core/app/create-services.ts';
import { serveBroker } from '../../../src/core/app/serve-broker.ts';
import { BrokerClient } from '../../../src/core/broker/broker-client.ts';
import { holdsSecret } from '../../../src/core/app/holds-secret.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import { seedHome } from '../../../src/sandbox/seed-home.ts';
import type { AppState, SsoSessionState } from '../../../src/shared/app-state.ts';
import type { CommandInput, CommandName, CommandResult } from '../../../src/shared/commands.ts';
import type { Reply } from '../../../src/shared/reply.ts';
import { applyStateMessage } from '../../../src/shared/state-message.ts';
import { emptyAppState } from '../../helpers/app-state.ts';
import { FakeClipboard } from '../../helpers/fake-clipboard.ts';
import { answerInBrowser, startSandbox } from '../../helpers/sandbox.ts';
import { NEVER, signInThrough, ssoUnderTest } from '../../helpers/sso-under-test.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';

const asker = { program: 'Rolecall', pid: undefined, folder: undefined, parents: [] };
const admin = {
  kind: 'sso-role',
  ssoSession: 'demo',
  accountId: DEMO.accounts.development,
  roleName: 'AdministratorAccess',
} as const;

/** The product as a whole on an AWS of its own; the browser is a person who allows everything. */
async function product(options: { readonly ssoSession: boolean } = { ssoSession: true }) {
  const sandbox = await startSandbox();
  const homeDir = await scratchFolder();
  await seedHome(homeDir, { ssoSession: options.ssoSession, startUrl: sandbox.startUrl, region: sandbox.region });
  const env = { ...sandbox.env(), PATH: process.env['PATH'] };
  const log: string[] = [];
  const surroundings = {
    clock: systemClock({ keepAlive: false }),
    env,
    homeDir,
    platform: 'linux' as const,
    rolecallHome: join(homeDir, 'rolecall'),
    log: (line: string) => void log.push(line),
  };
  const opened: string[] = [];
  const clipboard = new FakeClipboard();
  const core = await createCore({
    surroundings,
    app: { version: '0.0.0', shell: 'host', sandbox: undefined },
    clipboard,
    shell: { quit: () => {}, openWindow: () => {}, openDemo: async () => {}, showFolder: async () => {} },
    services: (ports) =>
      createServices({
        ...ports,
        surroundings,
        browser: {
          async open(url) {
            opened.push(url.reveal());
            if (/\/authorize/.test(url.reveal())) {
              // Resolves only when the sign-in is over; a browser is open long before.
              void answerInBrowser(url.reveal());
            }
          },
        },
        helperPath: '/opt/rolecall/rolecall',
        probeSecretStore: false,
      }),
  });
  const seen: { state: AppState; values: unknown[] } = { state: emptyAppState(), values: [] };
  core.state.subscribe((message) => {
    seen.values.push(message);
    seen.state = applyStateMessage(seen.state, message);
  });
  await core.start();
  onTestFinished(() => core.close());
  const execute = async <Name extends CommandName>(name: Name, input: CommandInput<Name>) => {
    const reply = (await core.execute(name, input, { asker })) as Reply<CommandResult<Name>>;
    seen.values.push(reply);
    return reply;
  };
  const session = (): SsoSessionState | undefined => core.state.get().ssoSessions[0];
  const signedIn = () => expect.poll(() => session()?.access.kind, { timeout: 10_000 }).toBe('signed-in');
  return { sandbox, homeDir, surroundings, core, clipboard, opened, seen, execute, session, signedIn, log };
}

describe('Identity Center', () => {
  test('from nothing: add it, sign in, see the accounts, open a console, copy credentials, sign out', async () => {
    const { core, sandbox, opened, execute, signedIn, clipboard, seen, homeDir, session, log } = await product({
      ssoSession: false,
    });
    expect(
      await execute('addSsoSession', { name: 'demo', startUrl: sandbox.startUrl, region: sandbox.region }),
    ).toEqual({ ok: true, value: { ssoSession: 'demo' } });
    await execute('startSignIn', { ssoSession: 'demo' });
    await signedIn();
    await expect.poll(() => core.state.get().directories['demo']?.refreshedAt, { timeout: 10_000 }).toBeDefined();
    const { accounts = [] } = core.state.get().directories['demo'] ?? {};
    expect(accounts.map(({ accountId }) => accountId)).toEqual(expect.arrayContaining(Object.values(DEMO.accounts)));
    expect(accounts.find(({ accountId }) => accountId === admin.accountId)?.roles).toContain('AdministratorAccess');

    expect(await execute('openConsole', { target: admin, destination: 's3' })).toMatchObject({ ok: true });
    const consolePage = await fetch(opened.at(-1) ?? '');
    expect(consolePage.status).toBe(200);
    expect(await consolePage.text()).toContain('AdministratorAccess');

    expect(await execute('copyCredentials', { target: admin, format: 'json' })).toMatchObject({
      ok: true,
      value: { format: 'json' },
    });
    const copied = JSON.parse(clipboard.text) as { SecretAccessKey: string; SessionToken: string };
    await expect.poll(() => core.state.get().liveRoles).toMatchObject([{ target: admin }]);

    const cache = await readFile(
      join(homeDir, '.aws/sso/cache', (await readdir(join(homeDir, '.aws/sso/cache')))[0] ?? ''),
      'utf8',
    );
    const token = JSON.parse(cache) as { accessToken: string; refreshToken: string; clientSecret: string };
    expect(await execute('signOut', { ssoSession: 'demo' })).toEqual({ ok: true, value: null });
    expect(session()?.access).toEqual({ kind: 'signed-out' });
    expect(clipboard.text).toBe('');
    expect(core.state.get().liveRoles).toEqual([]);

    const secrets = [
      copied.SecretAccessKey,
      copied.SessionToken,
      token.accessToken,
      token.refreshToken,
      token.clientSecret,
    ];
    const shown =
      JSON.stringify(seen.values) + log.join('\n') + (await readFile(join(homeDir, 'rolecall/activity.jsonl'), 'utf8'));
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(10);
      expect(shown).not.toContain(secret);
    }
    expect(holdsSecret(seen.values)).toBe(false);
    expect(shown).not.toContain('SigninToken');
  });

  test('a code waits here, and a command signs in: the code is waited for no longer', async () => {
    const { sandbox, homeDir, core, execute, signedIn, session } = await product();
    await execute('startSignIn', { ssoSession: 'demo', method: 'device' });
    expect(session()?.signIn?.kind).toBe('waiting-for-device');
    const command = await ssoUnderTest({ sandbox, homeDir });
    await signInThrough(command, answerInBrowser, 'demo');
    await signedIn();
    await expect.poll(() => session()?.signIn).toBeUndefined();
    expect(session()?.lastFailure).toBeUndefined();
    await expect.poll(() => core.services.ssoSessions.pendingMethod('demo')).toBeUndefined();
  });

  test('AWS ends the sign-in, which the list of accounts is first to see: it shows, and a new one brings the list', async () => {
    const { sandbox, core, execute, signedIn, session } = await product();
    const directory = () => core.state.get().directories['demo'];
    await execute('startSignIn', { ssoSession: 'demo' });
    await signedIn();
    await expect.poll(() => directory()?.refreshedAt).toBeDefined();
    sandbox.control.endPortalSessions();
    const refused = await execute('refreshDirectory', { ssoSession: 'demo' });
    expect(refused).toMatchObject({ ok: false, failure: { code: 'sign-in-needed' } });
    expect(session()?.access.kind).toBe('expired');
    await execute('startSignIn', { ssoSession: 'demo' });
    await signedIn();
    await expect.poll(() => directory()).toMatchObject({ failure: undefined, progress: undefined });
    expect(directory()?.accounts.some(({ stale }) => stale)).toBe(false);
  });

  test('who signs in anew while signed in, perhaps as somebody else, sees the list of that sign-in', async () => {
    const { sandbox, core, execute, signedIn, session } = await product();
    await execute('startSignIn', { ssoSession: 'demo' });
    await signedIn();
    await expect.poll(() => core.state.get().directories['demo']?.refreshedAt).toBeDefined();
    const asked = sandbox.requests.count('sso.ListAccounts');
    await execute('startSignIn', { ssoSession: 'demo' });
    await expect.poll(() => session()?.signIn).toBeUndefined();
    await expect.poll(() => sandbox.requests.count('sso.ListAccounts')).toBeGreaterThan(asked);
  });

  test('a sign-out by a command of ours, or by the AWS CLI, takes what the app held too', async () => {
    const { core, sandbox, homeDir, execute, signedIn, session, clipboard } = await product();
    await execute('startSignIn', { ssoSession: 'demo' });
    await signedIn();
    expect(await execute('copyCredentials', { target: admin, format: 'json' })).toMatchObject({ ok: true });
    expect(core.services.credentials.held()).toHaveLength(1);
    const command = await ssoUnderTest({ sandbox, homeDir });
    await command.ssoSessions.signOut('demo', NEVER);
    await expect.poll(() => session()?.access.kind).toBe('signed-out');
    expect(core.services.credentials.held()).toEqual([]);
    await expect.poll(() => clipboard.text).toBe('');
  });

  test('of two copies the one asked for last stays, and the other, which was slow, says so', async () => {
    const { sandbox, execute, signedIn, clipboard } = await product();
    await execute('startSignIn', { ssoSession: 'demo' });
    await signedIn();
    const quick = { ...admin, accountId: DEMO.accounts.staging, roleName: 'ReadOnlyAccess' };
    expect(await execute('copyCredentials', { target: quick, format: 'json' })).toMatchObject({ ok: true });
    const wanted = clipboard.text;
    sandbox.faults.add({ operation: 'sso.GetRoleCredentials', fault: { kind: 'latency', latencyMs: 2_000 }, times: 1 });
    const slow = execute('copyCredentials', { target: admin, format: 'json' });
    await expect.poll(() => sandbox.requests.count('sso.GetRoleCredentials')).toBe(2);
    expect(await execute('copyCredentials', { target: quick, format: 'json' })).toMatchObject({ ok: true });
    expect(await slow).toMatchObject({ ok: false, failure: { code: 'copied-since' } });
    expect(clipboard.text).toBe(wanted);
  });

  test('a start shows what the last run kept, before anything is asked', async () => {
    const first = await product();
    await first.execute('startSignIn', { ssoSession: 'demo' });
    await first.signedIn();
    await expect.poll(() => first.core.state.get().directories['demo']?.refreshedAt, { timeout: 10_000 }).toBeDefined();
    await first.core.close();
    await first.sandbox.close();
    const { surroundings } = first;
    const again = await createCore({
      surroundings,
      app: { version: '0.0.0', shell: 'host', sandbox: undefined },
      clipboard: new FakeClipboard(),
      shell: { quit: () => {}, openWindow: () => {}, openDemo: async () => {}, showFolder: async () => {} },
      services: (ports) =>
        createServices({
          ...ports,
          surroundings,
          browser: { open: () => Promise.resolve() },
          helperPath: '/opt/rolecall',
          probeSecretStore: false,
        }),
    });
    onTestFinished(() => again.close());
    await again.start();
    expect(again.state.get().directories['demo']?.accounts).toEqual(
      first.core.state.get().directories['demo']?.accounts,
    );
    expect(again.state.get().directories['demo']?.accounts.length).toBeGreaterThan(5);
    expect(again.state.get().ssoSessions).toMatchObject([{ access: { kind: 'signed-in' } }]);
    await expect.poll(() => again.state.get().app.online, { timeout: 20_000 }).toBe(false);
  });

  test('a profile written by another program shows within a second', async () => {
    const { core, homeDir } = await product();
    const config = join(homeDir, '.aws/config');
    await writeFile(config, `${await readFile(config, 'utf8')}\n[profile by-hand]\nregion = eu-west-1\n`);
    const startedAt = performance.now();
    await expect
      .poll(() => core.state.get().profiles.some(({ name }) => name === 'by-hand'), { interval: 20 })
      .toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });
});

describe('programs', () => {
  test('curl on the socket signs in after one question and gets credentials that work', async () => {
    const { core, surroundings, sandbox, session, execute } = await product();
    const broker = await serveBroker({ surroundings, core, version: '1', show: () => {} });
    onTestFinished(() => broker?.close());
    const asked = promisify(execFile)('curl', [
      '-sS',
      '--unix-socket',
      broker?.path ?? '',
      'http://localhost/v1/credentials',
      '-d',
      'profile=admin',
    ]);
    await expect.poll(() => core.state.get().prompts.length, { timeout: 10_000 }).toBe(1);
    expect(session()?.signIn).toBeUndefined();
    await execute('answerPrompt', { promptId: core.state.get().prompts[0]!.id, answer: 'accept' });
    const answer = JSON.parse((await asked).stdout) as Record<string, string>;
    expect(answer).toMatchObject({ Version: 1, AccessKeyId: expect.stringMatching(/^ASIA/) as string });
    const identity = await promisify(execFile)(
      '/usr/bin/aws',
      ['sts', 'get-caller-identity', '--endpoint-url', sandbox.url, '--region', sandbox.region],
      {
        env: {
          PATH: process.env['PATH'],
          HOME: await scratchFolder(),
          AWS_ACCESS_KEY_ID: answer['AccessKeyId'],
          AWS_SECRET_ACCESS_KEY: answer['SecretAccessKey'],
          AWS_SESSION_TOKEN: answer['SessionToken'],
        },
      },
    ).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') {
        return undefined;
      }
      throw error;
    });
    if (identity !== undefined) {
      expect(JSON.parse(identity.stdout)).toMatchObject({ Account: DEMO.accounts.development });
    }
  });

  test('a role that needs a code asks in the app, once for all who wait', async () => {
    const { core, surroundings, sandbox, execute } = await product();
    const broker = await serveBroker({ surroundings, core, version: '1', show: () => {} });
    onTestFinished(() => broker?.close());
    const client = new BrokerClient(surroundings);
    const answers = Array.from({ length: 20 }, () =>
      client.credentials({ profile: 'admin-role' }, new AbortController().signal),
    );
    await expect.poll(() => core.state.get().prompts.length, { timeout: 10_000 }).toBe(1);
    expect(core.state.get().prompts[0]).toMatchObject({ kind: 'mfa', deviceName: 'assume-only', userAsked: false });
    const promptId = core.state.get().prompts[0]!.id;
    await execute('answerMfa', { promptId, tokenCode: sandbox.control.currentCode(DEMO.users.assumeOnly.mfaSerial) });
    const texts = await Promise.all(answers.map(async (answer) => (await answer).reveal()));
    expect(new Set(texts).size).toBe(1);
    expect(core.state.get().prompts).toEqual([]);
  });

  test('the code that several wait for names one that still waits', async () => {
    const { core, sandbox, execute } = await product();
    const ask = (program: string) => {
      const leaving = new AbortController();
      const context = { asker: { ...asker, program }, userAsked: false, signal: leaving.signal };
      const answer = core.services.credentials.get({ kind: 'profile', profile: 'admin-role' }, context);
      const waits = () => getEventListeners(leaving.signal, 'abort').length > 0;
      return { answer: answer.catch((error: unknown) => error), waits, leave: () => leaving.abort(new Error('gone')) };
    };
    const terraform = ask('terraform');
    await expect.poll(() => core.state.get().prompts, { timeout: 10_000 }).toHaveLength(1);
    const first = core.state.get().prompts[0]!;
    expect(first.asker.program).toBe('terraform');
    const boto = ask('boto');
    await expect.poll(boto.waits).toBe(true);
    expect(core.state.get().prompts).toEqual([first]);
    terraform.leave();
    expect(await terraform.answer).toMatchObject({ message: 'gone' });
    expect(core.state.get().prompts).toEqual([{ ...first, asker: { ...asker, program: 'boto' } }]);
    const tokenCode = sandbox.control.currentCode(DEMO.users.assumeOnly.mfaSerial);
    await execute('answerMfa', { promptId: first.id, tokenCode });
    expect(await boto.answer).toHaveProperty('accessKeyId');
  });

  test('a click on a role of the device for which a program asked already is the user’s asking too', async () => {
    const { core, surroundings, sandbox, execute } = await product();
    const broker = await serveBroker({ surroundings, core, version: '1', show: () => {} });
    onTestFinished(() => broker?.close());
    const asked = new BrokerClient(surroundings).credentials({ profile: 'admin-role' }, new AbortController().signal);
    await expect.poll(() => core.state.get().prompts, { timeout: 10_000 }).toMatchObject([{ userAsked: false }]);
    const promptId = core.state.get().prompts[0]!.id;
    // Another role, whose source is the same user with the same device: both need one session, begun with one code.
    const clicked = execute('openConsole', { target: { kind: 'profile', profile: 'staging-admin' } });
    await expect.poll(() => core.state.get().prompts).toMatchObject([{ id: promptId, userAsked: true }]);
    await execute('answerMfa', { promptId, tokenCode: sandbox.control.currentCode(DEMO.users.assumeOnly.mfaSerial) });
    await asked;
    expect(await clicked).toMatchObject({ ok: true });
    expect(core.state.get().prompts).toEqual([]);
  });

  test('an answer is a Secret until it is printed', async () => {
    const { core, surroundings } = await product();
    const broker = await serveBroker({ surroundings, core, version: '1', show: () => {} });
    onTestFinished(() => broker?.close());
    const failed = await new BrokerClient(surroundings)
      .credentials({ profile: 'nope' }, new AbortController().signal)
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: expect.stringMatching(/not-found|profile-broken/) as string });
    expect(failed).not.toBeInstanceOf(Secret);
  });
});
