import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { readActivity } from '../../src/core/app/activity-log.ts';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { DEFAULT_WAIT_SECONDS } from '../../src/shared/broker-protocol.ts';
import { createMachine, rolecall, type Machine } from '../helpers/aws-programs.ts';
import { onTerminal } from '../helpers/on-a-terminal.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { debianClientsMissing, run, type Finished } from '../helpers/sandbox-programs.ts';
import { signIn } from '../helpers/sign-in.ts';

const { assumeOnly } = DEMO.users;
/** How long the helper waits for an app that waits for a person. */
const DEADLINE_MS = DEFAULT_WAIT_SECONDS * 1000;

const CONFIG = `[sso-session demo]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_registration_scopes = sso:account:access

[profile admin]
sso_session = demo
sso_account_id = ${DEMO.accounts.development}
sso_role_name = AdministratorAccess
region = ${DEMO.region}

[profile assume-only]
region = ${DEMO.region}

[profile admin-role]
role_arn = ${DEMO.iam.adminRole}
mfa_serial = ${assumeOnly.mfaSerial}
source_profile = assume-only
region = ${DEMO.region}
`;
const KEYS = `[assume-only]\naws_access_key_id = ${assumeOnly.accessKeyId}\naws_secret_access_key = ${assumeOnly.secretAccessKey}\n`;
const GUARD = { version: 1, value: { guardRules: [{ account: DEMO.accounts.development, role: '*' }] } };

let machine: Machine;

beforeEach(async (context) => {
  const missing = debianClientsMissing();
  if (missing !== undefined) {
    context.skip(missing);
  }
  machine = await createMachine({ config: CONFIG, credentials: KEYS });
  onTestFinished(() => machine.sandbox.close());
});

/** `rolecall agent`, which has no screen. */
async function startAgent(): Promise<void> {
  const child = spawn(process.execPath, [ROLECALL, 'agent'], {
    env: machine.ours,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  await expect.poll(() => existsSync(join(machine.rolecallHome, 'run', 'broker.sock')), { timeout: 20_000 }).toBe(true);
}

/** The two forms of the helper, as a program runs them that has no terminal. */
const HELPERS = [
  ['with Perl', {}],
  ['with curl', { PERLIO: '' }],
] as const;

function helped(profile: string, env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  const helper = join(machine.rolecallHome, 'bin', 'rolecall');
  return run(['setsid', '--wait', helper, 'credentials', '--profile', profile], { ...machine.ours, ...env });
}

function expectRefusedAtOnce({ code, stdout, stderr }: Finished, exit: number, startedAt: number): void {
  expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
  expect(stderr).toMatch(/^rolecall: [^\n]+\n$/);
  expect(performance.now() - startedAt).toBeLessThan(DEADLINE_MS / 2);
}

describe('an agent, which has nobody to ask', () => {
  test.each(HELPERS)(
    'lets a program without a terminal know at once that a person is needed, %s',
    async (_how, env) => {
      await startAgent();
      for (const profile of ['admin', 'admin-role']) {
        const startedAt = performance.now();
        expectRefusedAtOnce(await helped(profile, env), 3, startedAt);
      }
    },
  );

  test('leaves the question for a code to the command, which asks on its terminal', async () => {
    await startAgent();
    const codes = [0, 1].map((later) => machine.sandbox.control.currentCode(assumeOnly.mfaSerial, later));
    const command = [process.execPath, ROLECALL, 'credentials', '--profile', 'admin-role'];
    const ended = await onTerminal(codes, command, machine.ours);
    expect(ended).toMatchObject({ code: 0, asked: 1 });
    expect(JSON.parse(ended.stdout)).toMatchObject({ Version: 1 });
  });

  test('leaves a guarded role to the command, which refuses it without a terminal; each use is noted once', async () => {
    await mkdir(machine.rolecallHome, { mode: 0o700 });
    await writeFile(join(machine.rolecallHome, 'settings.json'), JSON.stringify(GUARD), { mode: 0o600 });
    await signIn(machine);
    await startAgent();
    const startedAt = performance.now();
    expectRefusedAtOnce(await helped('admin'), 1, startedAt);
    const activity = await readActivity(join(machine.rolecallHome, 'activity.jsonl'), 10);
    expect(activity.filter(({ what }) => what === 'credentials').map(({ outcome }) => outcome)).toEqual(['refused']);
    expect(machine.sandbox.requests.count('sso.GetRoleCredentials')).toBe(0);
  });

  test('serves what needs no answer', async () => {
    await signIn(machine);
    await startAgent();
    const served = [await helped('admin'), await helped('admin')];
    expect(served.map(({ code, stderr }) => ({ code, stderr }))).toEqual(served.map(() => ({ code: 0, stderr: '' })));
    expect(machine.sandbox.requests.count('sso.GetRoleCredentials')).toBe(1);
  });

  test('a screen that is opened beside it says what is in its way; a second agent has nothing to do', async () => {
    await startAgent();
    const host = await rolecall(machine, 'host --no-open');
    expect(host).toMatchObject({ code: 1, stdout: '' });
    expect(host.stderr).toMatch(/^rolecall: .*without a screen.*\n$/);
    expect(await rolecall(machine, 'agent')).toMatchObject({ code: 0, stderr: '' });
  });
});
