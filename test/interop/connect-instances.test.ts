import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { createMachine, type Machine } from '../helpers/aws-programs.ts';
import { targetKey } from '../../src/shared/role-target.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { startApp } from '../helpers/running-app.ts';
import { DEBIAN_AWS, debianClientsMissing, run } from '../helpers/sandbox-programs.ts';
import { signIn } from '../helpers/sign-in.ts';

const profile = (name: string, accountId: string, roleName: string, region = ''): string =>
  `[profile ${name}]\nsso_session = demo\nsso_account_id = ${accountId}\nsso_role_name = ${roleName}\n${region}\n`;
const TOKYO = `region = ${DEMO.region}\n`;
const CONFIG = `${profile('ops', DEMO.accounts.production, 'PowerUserAccess', TOKYO)}
${profile('reader', DEMO.accounts.production, 'ReadOnlyAccess', TOKYO)}
${profile('nowhere', DEMO.accounts.production, 'PowerUserAccess')}
${profile('network', '472910385512', 'NetworkAdministrator', TOKYO)}
${profile('rnd', DEMO.accounts.hostile, 'AdministratorAccess', TOKYO)}
[sso-session demo]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_registration_scopes = sso:account:access
`;
/** Stands in for AWS's plugin: writes down what it was given. */
const PLUGIN = `#!/bin/sh
printf '%s\\n' "$@" > "$HOME/plugin-arguments"
env > "$HOME/plugin-environment"
`;

let machine: Machine;
let programs: string;
let env: Record<string, string>;

beforeAll(async () => {
  const cleanUps: (() => void | Promise<void>)[] = [];
  machine = await createMachine({ config: CONFIG }, {}, (cleanUp) => void cleanUps.push(cleanUp));
  programs = join(machine.home, 'programs');
  await mkdir(programs);
  await symlink(DEBIAN_AWS, join(programs, 'aws'));
  await writeFile(join(programs, 'session-manager-plugin'), PLUGIN);
  await chmod(join(programs, 'session-manager-plugin'), 0o755);
  env = { ...machine.theirs, NODE_NO_WARNINGS: '1', PATH: `${programs}:/usr/bin:/bin` };
  await signIn(machine);
  return async () => {
    await machine.sandbox.close();
    await Promise.all(cleanUps.map(async (cleanUp) => cleanUp()));
  };
});

beforeEach((context) => {
  const missing = debianClientsMissing();
  if (missing !== undefined) {
    context.skip(missing);
  }
  machine.sandbox.requests.clear();
});

const rolecall = (words: readonly string[], more: Record<string, string> = {}) =>
  run([process.execPath, ROLECALL, ...words], { ...env, ...more });

/** The newest line of the activity log. */
function lastUse(log: string): unknown {
  return (JSON.parse(log) as { readonly entries: readonly unknown[] }).entries[0];
}

describe('"rolecall instances"', () => {
  test('lists names, ids, states, platforms and addresses', async () => {
    const listed = await rolecall(['instances', '--profile', 'reader']);
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout).toBe(
      [
        'NAME        ID                   STATE              PLATFORM                                  ADDRESS',
        'bastion     i-0de30000000000001  online             Amazon Linux 2023                         10.20.1.11',
        'web         i-0de30000000000002  online             Amazon Linux 2023                         10.20.1.12',
        'web         i-0de30000000000003  online             Amazon Linux 2023                         10.20.1.13',
        'batch       i-0de30000000000004  offline (stopped)  Ubuntu 24.04                              10.20.1.14',
        'legacy-erp  i-0de30000000000005  offline            Microsoft Windows Server 2022 10.0.20348  10.20.1.15',
        '',
      ].join('\n'),
    );
  });

  test('--json, in another region', async () => {
    const listed = await rolecall(['instances', '--profile', 'reader', '--region', 'ap-northeast-3', '--json']);
    const log = await rolecall(['log', '--json'], { ROLECALL_HOME: machine.rolecallHome });
    expect(lastUse(log.stdout)).toMatchObject({ what: 'credentials', target: { profile: 'reader' } });
    expect(JSON.parse(listed.stdout)).toEqual({
      region: 'ap-northeast-3',
      instances: [
        {
          instanceId: 'i-0de30000000000007',
          name: 'standby',
          online: true,
          state: 'running',
          platform: 'Amazon Linux 2023',
          address: '10.30.1.17',
        },
      ],
    });
  });

  test.each([
    [
      ['--profile', 'reader', '--region', 'tokyo'],
      2,
      /^rolecall: That is not an AWS region\. Did you mean ap-northeast-1/,
    ],
    [['--profile', 'nowhere'], 1, /^rolecall: Nothing says in which region to look\. Give --region R/],
    [
      ['--profile', 'network'],
      1,
      /^rolecall: \S+ may not do ssm:DescribeInstanceInformation on .+ Ask your administrator/,
    ],
    [
      ['--profile', 'reader', '--region', 'eu-south-2'],
      1,
      /^rolecall: AWS does not accept these credentials in eu-south-2\./,
    ],
  ])('%j ends with %d and says why', async (words, code, stderr) => {
    expect(await rolecall(['instances', ...words])).toMatchObject({
      code,
      stdout: '',
      stderr: expect.stringMatching(stderr) as string,
    });
  });

  test('a region without any is no failure, and says what to do', async () => {
    const listed = await rolecall(['instances', '--profile', 'nowhere'], { AWS_REGION: 'eu-west-1' });
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout).toMatch(/^No instance in eu-west-1 is managed by Systems Manager\. .+--region R/);
  });
});

describe('"rolecall connect"', () => {
  const given = async () => ({
    words: (await readFile(join(machine.home, 'plugin-arguments'), 'utf8')).split('\n'),
    env: await readFile(join(machine.home, 'plugin-environment'), 'utf8'),
  });

  test.each(['bastion', 'i-0de30000000000001'])('%s: AWS starts the session, as the role', async (instance) => {
    const ended = await rolecall(['connect', '--profile', 'ops', instance], { AWS_PROFILE: 'reader' });
    expect(ended).toMatchObject({ code: 0 });
    const { words, env: environment } = await given();
    expect(JSON.parse(words[0] ?? '')).toMatchObject({
      SessionId: expect.stringMatching(/^mika\.tanaka-/) as string,
      StreamUrl: expect.stringContaining('wss://ssmmessages.ap-northeast-1.amazonaws.com/') as string,
    });
    expect(words.slice(1, 6)).toEqual([
      DEMO.region,
      'StartSession',
      '',
      '{"Target": "i-0de30000000000001"}',
      'https://ssm.ap-northeast-1.amazonaws.com',
    ]);
    expect(environment).toMatch(/^AWS_SESSION_TOKEN=/m);
    expect(environment).not.toMatch(/^(?:AWS_PROFILE|ROLECALL_)/m);
    const [started] = machine.sandbox.requests.of('ssm.StartSession');
    expect(started).toMatchObject({ status: 200, params: { Target: 'i-0de30000000000001' } });
    const log = await rolecall(['log', '--json'], { ROLECALL_HOME: machine.rolecallHome });
    expect(lastUse(log.stdout)).toMatchObject({ what: 'exec', target: { kind: 'profile', profile: 'ops' } });
  });

  test.each([
    [['bastio'], /There is no instance named bastio in ap-northeast-1 .+Did you mean bastion\?/],
    [
      ['web'],
      /2 instances in ap-northeast-1 are named web\. Give the id of one: i-0de30000000000002, i-0de30000000000003\./,
    ],
    [['batch'], /batch \(i-0de30000000000004\) is not online: it is stopped\./],
    [['--evil'], /Unknown option/],
  ])('%j is not started, and says why', async (words, stderr) => {
    const ended = await rolecall(['connect', '--profile', 'ops', ...words]);
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toMatch(stderr);
    expect(machine.sandbox.requests.count('ssm.StartSession')).toBe(0);
  });

  test('a name that would be commands in a shell is only a name', async () => {
    const name = '"; touch /tmp/$(id) `id` & calc #';
    expect(await rolecall(['connect', '--profile', 'rnd', name])).toMatchObject({ code: 0 });
    expect((await given()).words[4]).toBe('{"Target": "i-0de3000000000000d"}');
  });

  test('a role that may only list is refused by AWS, in AWS’s words', async () => {
    const ended = await rolecall(['connect', '--profile', 'reader', 'bastion']);
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toContain('is not authorized to perform: ssm:StartSession');
  });

  test.each([
    ['aws', 'The AWS CLI (aws) is not in PATH. Install it: https://docs.aws.amazon.com/cli/'],
    [
      'session-manager-plugin',
      "The AWS CLI's plugin for sessions (session-manager-plugin) is not in PATH. Install it: ",
    ],
  ])('without %s nothing is started, and one line says where it is to be had', async (program, line) => {
    const other = join(machine.home, `only without ${program}`);
    await mkdir(other);
    for (const kept of ['aws', 'session-manager-plugin'].filter((name) => name !== program)) {
      await symlink(join(programs, kept), join(other, kept));
    }
    const ended = await rolecall(['connect', '--profile', 'ops', 'bastion'], { PATH: other });
    expect(ended).toMatchObject({ code: 127, stdout: '' });
    expect(ended.stderr).toContain(line);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(machine.sandbox.requests.count('ssm.*')).toBe(0);
  });
});

describe('a click in the app', () => {
  const target = {
    kind: 'sso-role',
    ssoSession: 'demo',
    accountId: DEMO.accounts.production,
    roleName: 'PowerUserAccess',
  } as const;
  const where = { target, region: DEMO.region, instanceId: 'i-0de30000000000002' };

  test('opens a terminal whose command gets the role from the app, after its guard asked', async () => {
    const terminal = join(programs, 'my terminal');
    const seen = join(machine.home, 'terminal-environment');
    await writeFile(terminal, `#!/bin/sh\nenv > '${seen}'\nshift\nexec "$@" > '${machine.home}/out' 2>&1\n`);
    await chmod(terminal, 0o755);
    const app = await startApp({ ...env, TERMINAL: terminal });
    await app.command('setMarks', { key: targetKey(target), marks: { guarded: true } });
    const listing = app.command('listInstances', where);
    await app.command('answerPrompt', { promptId: (await app.prompt('confirm-use')).id, answer: 'accept' });
    expect((await listing).instances[0]).toMatchObject({ name: 'bastion', online: true });
    await rm(join(machine.home, 'plugin-arguments'), { force: true });
    await app.command('connectInstance', where);
    const asked = await app.prompt('confirm-use');
    expect(asked.target).toEqual(target);
    await app.command('answerPrompt', { promptId: asked.id, answer: 'accept' });
    await expect
      .poll(() => readFile(join(machine.home, 'plugin-arguments'), 'utf8').catch(() => ''), { timeout: 30_000 })
      .toContain('{"Target": "i-0de30000000000002"}');
    expect(await readFile(seen, 'utf8')).not.toMatch(/^AWS_(?:ACCESS|SECRET|SESSION)/m);
    await app.stop();
  });
});
