import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { createMachine, rolecall, type Machine } from '../helpers/aws-programs.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { DEBIAN_AWS, DEBIAN_PYTHON, debianClientsMissing, run } from '../helpers/sandbox-programs.ts';
import { answerInBrowser } from '../helpers/sandbox.ts';

const JS_CLIENT = fileURLToPath(new URL('../fixtures/js-client.mjs', import.meta.url));
const CONFIG = `[profile admin]
sso_session = demo
sso_account_id = ${DEMO.accounts.development}
sso_role_name = AdministratorAccess
region = ${DEMO.region}

[profile old-style]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_account_id = ${DEMO.accounts.development}
sso_role_name = AdministratorAccess
region = ${DEMO.region}

[profile chained]
role_arn = ${DEMO.chainedFromPortalRole}
source_profile = admin
region = ${DEMO.region}

[sso-session demo]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_registration_scopes = sso:account:access
`;
const BOTO3 = `
import boto3, sys, time
client = boto3.client('sts')
for _ in range(int(sys.argv[1])):
    print(client.get_caller_identity()['Arn'], flush=True)
    time.sleep(float(sys.argv[2]))
`;

let machine: Machine;
/** Both kinds of endpoint at once: the command by its variables, the program that it runs by the proxy. */
let both: Record<string, string>;

beforeEach(async (context) => {
  const missing = debianClientsMissing();
  if (missing !== undefined) {
    context.skip(missing);
  }
  machine = await createMachine({ config: CONFIG });
  both = { ...machine.theirs, NODE_NO_WARNINGS: '1' };
  await signIn('sign-in demo --no-browser');
  return () => machine.sandbox.close();
});

async function signIn(words: string): Promise<void> {
  const opened = new Set<string>();
  const ended = await rolecall(machine, words, (stderr) => {
    const url = /https?:\/\/\S*(?:authorize|user_code)\S*/.exec(stderr)?.[0];
    if (url !== undefined && !opened.has(url)) {
      opened.add(url);
      void answerInBrowser(url);
    }
  });
  expect(ended).toMatchObject({ code: 0 });
}

function exec(words: string, command: readonly string[], env = both) {
  return run([process.execPath, ROLECALL, 'exec', ...words.split(' '), '--', ...command], env);
}

describe('"rolecall exec", itself through the proxy like the program it runs', () => {
  test.each([
    ['admin', 'AWSReservedSSO_AdministratorAccess', DEMO.accounts.development],
    ['chained', 'deploy', DEMO.accounts.sharedServices],
  ])('runs aws and boto3 as the role of %s', async (profile, role, account) => {
    const identity = await exec(`--profile ${profile}`, [DEBIAN_AWS, 'sts', 'get-caller-identity']);
    expect(identity).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(identity.stdout)).toMatchObject({ Account: account });
    const boto3 = await exec(`--profile ${profile}`, [DEBIAN_PYTHON, '-c', BOTO3, '1', '0']);
    expect(boto3).toMatchObject({ code: 0, stderr: '' });
    expect(boto3.stdout).toContain(role);
  });

  test('a profile in the old style works when its start URL is signed in', async () => {
    await signIn(`sign-in ${DEMO.startUrl} --no-browser`);
    const identity = await exec('--profile old-style', [DEBIAN_AWS, 'sts', 'get-caller-identity']);
    expect(JSON.parse(identity.stdout)).toMatchObject({ Account: DEMO.accounts.development });
    // The sign-in serves the AWS CLI itself too.
    const theirs = await run([DEBIAN_AWS, 'sts', 'get-caller-identity', '--profile', 'old-style'], machine.theirs);
    expect(JSON.parse(theirs.stdout)).toMatchObject({ Account: DEMO.accounts.development });
  });

  test('nothing of another role, and nothing of ours, reaches the program', async () => {
    const env = { ...both, AWS_PROFILE: 'wrong', AWS_SECURITY_TOKEN: 'old', ROLECALL_LOG: '0' };
    const ended = await exec('--profile admin', ['/usr/bin/env'], env);
    const names = ended.stdout.split('\n').map((line) => line.split('=')[0] ?? '');
    expect(names).toContain('AWS_SESSION_TOKEN');
    expect(names.filter((name) => /^(?:ROLECALL_|AWS_PROFILE|AWS_SECURITY_TOKEN)/.test(name))).toEqual([]);
  });

  test('exit codes and signals pass', async () => {
    expect((await exec('--profile admin', ['sh', '-c', 'exit 7'])).code).toBe(7);
    const words = [
      ROLECALL,
      'exec',
      '--profile',
      'admin',
      '--',
      'sh',
      '-c',
      'trap "exit 9" TERM; echo ready; while :; do sleep 0.05; done',
    ];
    const child = spawn(process.execPath, words, { env: both, stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.once('data', () => child.kill('SIGTERM'));
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(9);
  });
});

describe('"rolecall exec --server"', () => {
  /** AWS gives credentials of two seconds. */
  function shortLived(): void {
    const edit = (body: string): string => body.replace(/"expiration":\d+/, `"expiration":${Date.now() + 2_000}`);
    machine.sandbox.faults.add({ operation: 'sso.GetRoleCredentials', fault: { kind: 'edit-body', edit } });
  }

  test('boto3 renews at the endpoint for as long as it runs', async () => {
    shortLived();
    const ended = await exec('--profile admin --server', [DEBIAN_PYTHON, '-c', BOTO3, '5', '0.8']);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout.trim().split('\n')).toHaveLength(5);
    expect(machine.sandbox.requests.count('sso.GetRoleCredentials')).toBeGreaterThan(1);
  });

  test('the JavaScript SDK renews at the endpoint for as long as it runs', async () => {
    shortLived();
    const env = { ...machine.ours, NODE_NO_WARNINGS: '1' };
    const ended = await exec('--profile admin --server', [process.execPath, JS_CLIENT, '', '5', '800'], env);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout.trim().split('\n')).toHaveLength(5);
    expect(machine.sandbox.requests.count('sso.GetRoleCredentials')).toBeGreaterThan(1);
  });

  test('no credentials are in the environment, the endpoint asks for its token and ends with the program', async () => {
    const script = `env >"$HOME/env"; curl -q -s -o /dev/null -w '%{http_code}' --noproxy '*' "$AWS_CONTAINER_CREDENTIALS_FULL_URI"`;
    const ended = await exec('--profile admin --server', ['sh', '-c', script]);
    expect(ended).toMatchObject({ code: 0, stdout: '401' });
    const env = await readFile(join(machine.home, 'env'), 'utf8');
    expect(env).not.toMatch(/^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)=/m);
    const [, url = ''] = /^AWS_CONTAINER_CREDENTIALS_FULL_URI=(.*)$/m.exec(env) ?? [];
    await expect(fetch(url)).rejects.toThrow();
  });
});
