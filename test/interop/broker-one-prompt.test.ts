import { spawn } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { aws, boto3, boto3Account, createMachine, jsSdk, rolecall, type Machine } from '../helpers/aws-programs.ts';
import { startApp, type RunningApp } from '../helpers/running-app.ts';
import { debianClientsMissing } from '../helpers/sandbox-programs.ts';

const { accounts } = DEMO;
const ROLES = [
  ['terraform', accounts.production, 'ReadOnlyAccess'],
  ['script', accounts.staging, 'AdministratorAccess'],
  ['one', accounts.development, 'AdministratorAccess'],
  ['two', accounts.development, 'ReadOnlyAccess'],
] as const;

const CONFIG = `[sso-session demo]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_registration_scopes = sso:account:access
`;

let machine: Machine;
let app: RunningApp;

/** Five programs of one user, on profiles that Rolecall serves, with a signed-in app. */
beforeEach(async (context) => {
  const missing = debianClientsMissing();
  if (missing !== undefined) {
    context.skip(missing);
  }
  machine = await createMachine({ config: CONFIG });
  app = await startApp(machine.ours);
  const served = ROLES.map(
    ([name, account, role]) =>
      `\n[profile ${name}]\nregion = ${DEMO.region}\ncredential_process = ${app.helper} credentials --sso-session demo --account ${account} --role ${role}\n`,
  );
  await appendFile(join(machine.home, '.aws', 'config'), served.join(''));
  await signInByApp();
  return () => machine.sandbox.close();
});

test('three terminals, a boto3 script and a program that cannot ask, on an ended session: one prompt, one sign-in, all succeed', async () => {
  endSession();
  const pagesBefore = (await app.openedPages()).length;
  const signInsBefore = signIns();
  const running = [
    jsSdk(machine, 'terraform'),
    boto3(machine, boto3Account('script')),
    aws(machine, 'sts get-caller-identity --profile one'),
    aws(machine, 's3 ls --profile one'),
    aws(machine, 'sts get-caller-identity --profile two'),
  ];
  const shown = await app.prompt('sign-in');
  expect(shown).toMatchObject({ ssoSession: 'demo', userAsked: false });
  await expect.poll(() => waiting(), { timeout: 30_000 }).toBe(5);
  // Five programs want four roles: aws asks for one of them twice, and is named once for it.
  expect(new Set(named())).toEqual(
    new Set([
      `js-client.mjs ReadOnlyAccess ${accounts.production}`,
      expect.stringMatching(new RegExp(`^python\\S* AdministratorAccess ${accounts.staging}$`)),
      `aws AdministratorAccess ${accounts.development}`,
      `aws ReadOnlyAccess ${accounts.development}`,
    ]),
  );
  await app.command('answerPrompt', { promptId: shown.id, answer: 'accept' });

  const ended = await Promise.all(running);
  expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual(ended.map(() => ({ code: 0, stderr: '' })));
  expect(ended.map(({ stdout }) => stdout).join()).toContain(accounts.production);
  expect(app.prompts.map(({ id }) => id)).toEqual([shown.id]);
  expect(await app.openedPages()).toHaveLength(pagesBefore + 1);
  expect(signIns()).toBe(signInsBefore + 1);
  const askers = app
    .state()
    .activity.filter(({ what, outcome }) => what === 'credentials' && outcome === 'ok')
    .map(({ asker }) => asker.program);
  expect(askers.sort()).toEqual(['aws', 'aws', 'aws', 'js-client.mjs', expect.stringMatching(/^python/)]);
});

test('AWS’s clock seen to be elsewhere meanwhile does not pass for a new sign-in', async () => {
  machine.sandbox.faults.clockSkewMs = 10_000;
  endSession();
  const program = aws(machine, 'sts get-caller-identity --profile one');
  const shown = await app.prompt('sign-in');
  await app.command('answerPrompt', { promptId: shown.id, answer: 'accept' });
  expect(await program).toMatchObject({ code: 0, stderr: '' });
});

test('a refusal is said in one line, and is not asked again at once', async () => {
  endSession();
  const first = aws(machine, 's3 ls --profile one');
  const shown = await app.prompt('sign-in');
  await app.command('answerPrompt', { promptId: shown.id, answer: 'refuse' });
  const ended = await first;
  expect(ended.code).not.toBe(0);
  expect(ended.stderr).toContain('rolecall: ');
  expect((await aws(machine, 's3 ls --profile one')).code).not.toBe(0);
  expect(app.prompts).toHaveLength(1);
});

test('a program that is stopped takes its prompt away', async () => {
  endSession();
  const words = ['credentials', '--profile', 'one'];
  const helper = spawn(app.helper, words, { env: machine.ours, detached: true, stdio: 'ignore' });
  await app.prompt('sign-in');
  process.kill(-(helper.pid ?? 0), 'SIGINT');
  await expect.poll(() => app.state().prompts, { timeout: 10_000 }).toEqual([]);
});

test('credentials that end while a program runs are renewed for it, without a prompt', async () => {
  machine.sandbox.faults.add({
    operation: 'sso.GetRoleCredentials',
    fault: {
      kind: 'edit-body',
      edit: (body) => body.replace(/"expiration":\d+/, `"expiration":${Date.now() + 2_000}`),
    },
  });
  const before = machine.sandbox.requests.count('sso.GetRoleCredentials');
  const ended = await boto3(machine, boto3Account('one', 6, 0.7));
  expect(ended).toMatchObject({ code: 0, stdout: `${accounts.development}\n`.repeat(6) });
  expect(machine.sandbox.requests.count('sso.GetRoleCredentials') - before).toBeGreaterThan(1);
  expect(app.prompts).toEqual([]);
});

test('after a sign-out while a program runs, the next one has to be let in again', async () => {
  expect(await aws(machine, 'sts get-caller-identity --profile one')).toMatchObject({ code: 0 });
  const running = boto3(machine, boto3Account('one', 8, 0.4));
  await expect
    .poll(() => machine.sandbox.requests.count('sts.GetCallerIdentity'), { timeout: 30_000 })
    .toBeGreaterThan(2);
  await app.command('signOut', { ssoSession: 'demo' });
  // What was handed out is AWS's to end: the program goes on with it.
  expect(await running).toMatchObject({ code: 0 });
  const next = aws(machine, 'sts get-caller-identity --profile one');
  const shown = await app.prompt('sign-in');
  await app.command('answerPrompt', { promptId: shown.id, answer: 'accept' });
  expect(await next).toMatchObject({ code: 0, stderr: '' });
});

test('the command without its app goes on where the app stopped', async () => {
  expect(await aws(machine, 'sts get-caller-identity --profile one')).toMatchObject({ code: 0 });
  await app.stop();
  expect(await aws(machine, 'sts get-caller-identity --profile one')).toMatchObject({ code: 0, stderr: '' });
  expect(await jsSdk(machine, 'two')).toMatchObject({ code: 0, stderr: '' });
  expect(await rolecall(machine, 'status')).toMatchObject({ code: 0 });
});

async function signInByApp(): Promise<void> {
  await app.command('startSignIn', { ssoSession: 'demo', method: 'browser' });
  await expect.poll(() => app.state().ssoSessions[0]?.access.kind, { timeout: 60_000 }).toBe('signed-in');
}

/** AWS ends it; nothing here knows yet. */
function endSession(): void {
  machine.sandbox.control.expireAccessTokens();
  machine.sandbox.control.revokeRefreshTokens();
}

/** How often somebody signed in, to be told from renewals that AWS refused. */
function signIns(): number {
  return machine.sandbox.requests.of('sso-oidc.CreateToken').filter(({ status }) => status === 200).length;
}

/** Who the prompt says is waiting, each with the role that it wants. */
function named(): readonly string[] {
  const [prompt] = app.state().prompts;
  const all = prompt?.kind === 'sign-in' ? [prompt, ...prompt.others] : [];
  return all.map(({ asker, target }) =>
    target.kind === 'sso-role' ? `${asker.program} ${target.roleName} ${target.accountId}` : asker.program,
  );
}

function waiting(): number {
  const [prompt] = app.state().prompts;
  return prompt?.kind === 'sign-in' ? prompt.waiting : 0;
}
