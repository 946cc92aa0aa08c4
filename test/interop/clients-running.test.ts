import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { clientMissing, CLIENTS, type Called, type ClientName } from '../helpers/aws-clients.ts';
import { createMachine, type Machine } from '../helpers/aws-programs.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { startApp, type RunningApp } from '../helpers/running-app.ts';
import { startClient, type RunningClient } from '../helpers/running-client.ts';
import { debianClientsMissing } from '../helpers/sandbox-programs.ts';

/** How long AWS's credentials last here. All of them want new ones well before that, but Terraform, which waits for their end. */
const LIFE_SECONDS = 3;

/** Each works in an account of its own, so that what was asked for it can be told. */
const ACCOUNTS: Readonly<Record<ClientName, string>> = {
  aws: DEMO.accounts.production,
  boto3: DEMO.accounts.staging,
  js: DEMO.accounts.sharedServices,
  terraform: DEMO.accounts.development,
};
const PRESENT = CLIENTS.filter((client) => clientMissing(client) === undefined);
function everyone<Value>(called: (client: ClientName) => Value): Readonly<Record<string, Value>> {
  return Object.fromEntries(PRESENT.map((client) => [client, called(client)]));
}
const SERVED = everyone((client) => ({ account: ACCOUNTS[client] }));

const CONFIG = `[sso-session demo]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_registration_scopes = sso:account:access
${CLIENTS.map(
  (client) => `
[profile own-${client}]
sso_session = demo
sso_account_id = ${ACCOUNTS[client]}
sso_role_name = PowerUserAccess
region = ${DEMO.region}
`,
).join('')}`;

interface Way {
  readonly way: string;
  readonly profile: (client: ClientName) => string;
  readonly before?: (client: ClientName) => readonly string[];
  /** What follows a sign-out: the program's own failure, or Rolecall's question. */
  readonly afterSignOut: 'fails' | 'asks';
}

const WAYS: readonly Way[] = [
  { way: 'an sso-session of its own', profile: (client) => `own-${client}`, afterSignOut: 'fails' },
  { way: 'credential_process', profile: (client) => `served-${client}`, afterSignOut: 'asks' },
  {
    way: 'exec --server',
    profile: () => '',
    before: (client) => [process.execPath, ROLECALL, 'exec', '--server', '--profile', `own-${client}`, '--'],
    afterSignOut: 'asks',
  },
];

let machine: Machine;
let app: RunningApp;

beforeEach(async (context) => {
  const missing = debianClientsMissing();
  if (missing !== undefined) {
    context.skip(missing);
  }
  machine = await createMachine({ config: CONFIG });
  onTestFinished(() => machine.sandbox.close());
  machine.sandbox.control.settings.roleSeconds = LIFE_SECONDS;
  app = await startApp(machine.ours);
  const served = CLIENTS.map(
    (client) =>
      `\n[profile served-${client}]\nregion = ${DEMO.region}\ncredential_process = ${app.helper} credentials --profile own-${client}\n`,
  );
  await appendFile(join(machine.home, '.aws', 'config'), served.join(''));
  await signInByApp();
});

async function signInByApp(): Promise<void> {
  await app.command('startSignIn', { ssoSession: 'demo', method: 'browser' });
  await expect.poll(() => app.state().ssoSessions[0]?.access.kind, { timeout: 60_000 }).toBe('signed-in');
}

function startAll(way: Way): Promise<readonly RunningClient[]> {
  const use = (client: ClientName) => ({
    profile: way.profile(client),
    account: ACCOUNTS[client],
    ...(way.before === undefined ? {} : { before: way.before(client) }),
  });
  return Promise.all(PRESENT.map((client) => startClient(client, machine, use(client), onTestFinished)));
}

async function callAll(clients: readonly RunningClient[]): Promise<Readonly<Record<string, Called>>> {
  return Object.fromEntries(await Promise.all(clients.map(async ({ name, call }) => [name, await call()] as const)));
}

/** Until whatever AWS gave so far has ended. */
const credentialsEnd = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LIFE_SECONDS * 1000 + 200));

const FAILED = everyone(() => ({ failed: expect.any(String) as string }));

test.for(CLIENTS)('%s is there', (client, context) => {
  const missing = clientMissing(client);
  if (missing !== undefined) {
    context.skip(missing);
  }
});

describe.each(WAYS)('programs that go on, with $way', (way) => {
  test('get new credentials when theirs end, and nobody is asked', async () => {
    const clients = await startAll(way);
    expect(await callAll(clients)).toEqual(SERVED);
    await credentialsEnd();
    const asked = (): Readonly<Record<string, number>> =>
      everyone((client) => {
        const requests = machine.sandbox.requests.of('sso.GetRoleCredentials');
        return requests.filter(({ params }) => params['account_id'] === ACCOUNTS[client]).length;
      });
    const before = asked();
    expect(await callAll(clients)).toEqual(SERVED);
    const after = asked();
    expect(PRESENT.filter((client) => (after[client] ?? 0) <= (before[client] ?? 0))).toEqual([]);
    expect(app.prompts).toEqual([]);
  });

  test(`after a sign-out: ${way.afterSignOut === 'asks' ? 'one question for all, and they go on' : 'they fail, until the user signs in'}`, async () => {
    const clients = await startAll(way);
    expect(await callAll(clients)).toEqual(SERVED);
    await app.command('signOut', { ssoSession: 'demo' });
    await credentialsEnd();
    const called = callAll(clients);
    if (way.afterSignOut === 'asks') {
      const shown = await app.prompt('sign-in');
      await expect.poll(() => app.state().prompts[0], { timeout: 60_000 }).toMatchObject({ waiting: PRESENT.length });
      await app.command('answerPrompt', { promptId: shown.id, answer: 'accept' });
      expect(await called).toEqual(SERVED);
      expect(app.prompts.map(({ id }) => id)).toEqual([shown.id]);
      return;
    }
    expect(await called).toEqual(FAILED);
    await signInByApp();
    // Terraform's run is over, and its lock is left in S3, which its user has to remove.
    const goOn = clients.filter(({ name }) => name !== 'terraform');
    expect(await callAll(goOn)).toEqual(Object.fromEntries(goOn.map(({ name }) => [name, SERVED[name]])));
  });
});

test('a refusal reaches every program in Rolecall’s own words, and they live on', async () => {
  const way = WAYS.find(({ way: name }) => name === 'credential_process') ?? WAYS[0]!;
  const clients = (await startAll(way)).filter(({ name }) => name !== 'terraform');
  await callAll(clients);
  await app.command('signOut', { ssoSession: 'demo' });
  await credentialsEnd();
  const called = callAll(clients);
  const shown = await app.prompt('sign-in');
  await expect.poll(() => app.state().prompts[0], { timeout: 60_000 }).toMatchObject({ waiting: clients.length });
  await app.command('answerPrompt', { promptId: shown.id, answer: 'refuse' });
  for (const result of Object.values(await called)) {
    expect(result).toEqual({ failed: expect.stringMatching(/rolecall: .*sign-in was cancelled/i) as string });
  }
  await signInByApp();
  expect(await callAll(clients)).toEqual(Object.fromEntries(clients.map(({ name }) => [name, SERVED[name]])));
});
