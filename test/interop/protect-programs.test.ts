import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { aws, boto3, boto3Account, createMachine, jsSdk, rolecall, type Machine } from '../helpers/aws-programs.ts';
import { onTerminal } from '../helpers/on-a-terminal.ts';
import { startApp, type RunningApp } from '../helpers/running-app.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { DEBIAN_PYTHON, debianClientsMissing, run } from '../helpers/sandbox-programs.ts';

const { assumeOnly, strictUser } = DEMO.users;
type User = typeof assumeOnly | typeof strictUser;

const role = (name: string, arn: string, user: User): string =>
  `[profile ${name}]\nrole_arn = ${arn}\nmfa_serial = ${user.mfaSerial}\nsource_profile = ${user.userName}\nregion = ${DEMO.region}\n`;
const keys = (user: User): string =>
  `[${user.userName}]\naws_access_key_id = ${user.accessKeyId}\naws_secret_access_key = ${user.secretAccessKey}\n`;

/** The two files of people without Identity Center, and a second role. */
const filesOf = (user: User) => ({
  config: [
    `[profile ${user.userName}]\nregion = ${DEMO.region}\n`,
    role('admin-role', DEMO.iam.adminRole, user),
    role('staging-admin', DEMO.iam.stagingAdminRole, user),
  ].join('\n'),
  credentials: keys(user),
});

let machine: Machine;

function skipWithoutClients(context: { skip(why: string): void }): void {
  const missing = debianClientsMissing();
  if (missing !== undefined) {
    context.skip(missing);
  }
}

async function machineOf(user: User): Promise<void> {
  machine = await createMachine(filesOf(user));
}

const rolecallOnTerminal = (codes: readonly string[], words: string) =>
  onTerminal(codes, [process.execPath, ROLECALL, ...words.split(' ')], machine.ours);

/** An app whose user keeps keys in memory, so that no keyring of the machine is touched, and has protected the key. */
async function appWithProtectedKey(user: User): Promise<RunningApp> {
  const app = await startApp(machine.ours);
  await app.command('chooseSecretStore', { backend: 'memory' });
  const { previews } = await app.command('protectProfile', { profile: user.userName });
  expect(previews.map(({ applied }) => applied)).not.toContain(false);
  return app;
}

/** Answers the MFA prompt that is shown, as the popup would. */
async function typeCode(app: RunningApp, user: User) {
  const shown = await app.prompt('mfa');
  const waitMs = shown.notBefore === undefined ? 0 : Date.parse(shown.notBefore) - Date.now();
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, waitMs) + (waitMs > 0 ? 500 : 0)));
  const tokenCode = machine.sandbox.control.currentCode(user.mfaSerial);
  await app.command('answerMfa', { promptId: shown.id, tokenCode });
  return { shown, waitMs };
}

describe('with a person’s two files and nothing else', () => {
  beforeEach(async (context) => {
    skipWithoutClients(context);
    await machineOf(assumeOnly);
    return () => machine.sandbox.close();
  });

  test('"rolecall export" asks once, on the terminal, and what it prints works', async () => {
    const code = machine.sandbox.control.currentCode(assumeOnly.mfaSerial);
    const exported = await rolecallOnTerminal([code], 'export --profile admin-role --format json');
    expect(exported).toMatchObject({ code: 0, asked: 1 });
    expect(exported.shown).not.toContain(code);
    const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(exported.stdout) as Record<string, string>;
    const env = {
      AWS_ACCESS_KEY_ID: AccessKeyId,
      AWS_SECRET_ACCESS_KEY: SecretAccessKey,
      AWS_SESSION_TOKEN: SessionToken,
    };
    const identity = await run(['/usr/bin/aws', 'sts', 'get-caller-identity'], { ...machine.theirs, ...env } as never);
    expect(identity.stdout).toContain(':assumed-role/admin-role/');
  });

  test('a wrong code is asked again; Ctrl-D ends it with 130 and one line', async () => {
    const code = machine.sandbox.control.currentCode(assumeOnly.mfaSerial);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    const exported = await rolecallOnTerminal([wrong, code], 'credentials --profile admin-role');
    expect(exported).toMatchObject({ code: 0, asked: 2 });
    expect(JSON.parse(exported.stdout)).toMatchObject({ Version: 1 });
    const left = await rolecallOnTerminal(['\u0004'], 'credentials --profile staging-admin');
    expect(left).toMatchObject({ code: 130, stdout: '' });
  });

  test('a terminal that is closed while it asks ends it with 130 and one line, and no dump of its memory', async () => {
    const script = `import os, pty, sys
file = os.environ['HOME'] + '/said'
pid, terminal = pty.fork()
if pid == 0:
    said = os.open(file, os.O_CREAT | os.O_WRONLY)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.execvp(sys.argv[1], sys.argv[1:])
shown = b''
while b'MFA code' not in shown:
    shown += os.read(terminal, 4096)
os.close(terminal)
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.stdout.write(open(file).read())
sys.exit(code if code >= 0 else 128 - code)`;
    const words = [process.execPath, ROLECALL, 'credentials', '--profile', 'admin-role'];
    expect(await run([DEBIAN_PYTHON, '-c', script, ...words], machine.ours)).toMatchObject({
      code: 130,
      stdout: expect.stringMatching(/^rolecall: .*cancelled.*\n$/) as string,
    });
  });

  test('"rolecall keys add", told to end while it waits for the key on stdin, ends', async () => {
    const words = [ROLECALL, 'keys', 'add', 'new'];
    const child = spawn(process.execPath, words, { env: machine.ours, stdio: ['pipe', 'pipe', 'pipe'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // By the first line it is certain that it reads.
    child.stdin.write('AKIAIOSFODNN7EXAMPLE\n');
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    child.kill('SIGTERM');
    const late = new Promise((resolve) => setTimeout(() => resolve('it went on'), 10_000));
    const how = await Promise.race([ended, late]);
    child.kill('SIGKILL');
    expect(how).toBe(130);
  });

  test('without a terminal and an app it fails at once, with 3 and one line', async () => {
    const startedAt = performance.now();
    const ended = await run(
      ['setsid', '--wait', process.execPath, ROLECALL, 'credentials', '--profile', 'admin-role'],
      machine.ours,
    );
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
  });

  test('protected: aws, boto3 and the JavaScript SDK work with no terminal, the popup answering once', async () => {
    const app = await appWithProtectedKey(assumeOnly);
    expect(await readFile(join(machine.home, '.aws', 'credentials'), 'utf8')).not.toContain(assumeOnly.secretAccessKey);
    const listed = aws(machine, 's3 ls --profile admin-role');
    const { shown } = await typeCode(app, assumeOnly);
    expect(shown).toMatchObject({
      mfaSerial: assumeOnly.mfaSerial,
      asker: { program: 'aws' },
      target: { kind: 'profile', profile: 'admin-role' },
      userAsked: false,
    });
    expect(await listed).toMatchObject({ code: 0, stderr: '' });
    expect((await listed).stdout).toContain('client-prod-site');
    // The second role in twelve hours asks nothing.
    const second = await boto3(machine, boto3Account('staging-admin'));
    expect(second).toMatchObject({ code: 0, stdout: `${DEMO.iam.clientStaging}\n` });
    const third = await jsSdk(machine, 'admin-role');
    expect(third).toMatchObject({ code: 0, stderr: '' });
    expect(third.stdout).toContain(DEMO.iam.clientProduction);
    expect(app.prompts).toHaveLength(1);
    const codesSent = machine.sandbox.requests.of('sts.*').filter(({ params }) => params['TokenCode'] !== undefined);
    expect(codesSent).toHaveLength(1);
  });

  test('protected: a popup that is closed refuses the program in one line', async () => {
    const app = await appWithProtectedKey(assumeOnly);
    const listed = aws(machine, 's3 ls --profile admin-role');
    const shown = await app.prompt('mfa');
    await app.command('cancelPrompt', { promptId: shown.id });
    const ended = await listed;
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toContain('rolecall: ');
    expect(ended.stderr).not.toContain('Traceback');
  });

  test('protected and undone: the files are as they were, byte for byte', async () => {
    const app = await appWithProtectedKey(assumeOnly);
    await app.command('unprotectProfile', { profile: assumeOnly.userName });
    for (const [name, text] of Object.entries(filesOf(assumeOnly))) {
      expect(await readFile(join(machine.home, '.aws', name), 'utf8')).toBe(text);
    }
  });

  test('the secret key is nowhere in the home any more', async () => {
    const app = await appWithProtectedKey(assumeOnly);
    const listed = aws(machine, 's3 ls --profile admin-role');
    await typeCode(app, assumeOnly);
    expect((await listed).code).toBe(0);
    await rolecall(machine, 'status');
    expect(await filesHolding(machine.home, assumeOnly.secretAccessKey)).toEqual([]);
  });
});

describe('with a user whose policy denies GetSessionToken', () => {
  beforeEach(async (context) => {
    skipWithoutClients(context);
    await machineOf(strictUser);
    return () => machine.sandbox.close();
  });

  test('a second role waits for the next code, and says since when', async () => {
    const app = await appWithProtectedKey(strictUser);
    const first = aws(machine, 'sts get-caller-identity --profile admin-role');
    await typeCode(app, strictUser);
    // The first code went into the refused GetSessionToken or the first AssumeRole; either way it is spent.
    await settlePrompts(app, first);
    expect(await first).toMatchObject({ code: 0, stderr: '' });
    const second = boto3(machine, boto3Account('staging-admin'));
    const { waitMs } = await typeCode(app, strictUser);
    expect(waitMs).toBeGreaterThan(0);
    expect(await second).toMatchObject({ code: 0, stdout: `${DEMO.iam.clientStaging}\n` });
    // Each role keeps what it got.
    const asked = app.prompts.length;
    expect(await aws(machine, 's3 ls --profile admin-role')).toMatchObject({ code: 0 });
    expect(app.prompts).toHaveLength(asked);
  });
});

/** Answers further prompts until a program has ended. */
async function settlePrompts(app: RunningApp, program: Promise<unknown>): Promise<void> {
  const ended = program.then(() => 'ended' as const);
  for (;;) {
    const prompted = new Promise<'prompt'>((resolve) => {
      const timer = setInterval(() => {
        if (app.state().prompts.length > 0) {
          clearInterval(timer);
          resolve('prompt');
        }
      }, 20);
      void ended.then(() => clearInterval(timer));
    });
    if ((await Promise.race([ended, prompted])) === 'ended') {
      return;
    }
    await typeCode(app, strictUser);
  }
}

async function filesHolding(folder: string, secret: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const needles = [
    secret,
    Buffer.from(secret).toString('base64').replaceAll('=', ''),
    Buffer.from(secret).toString('hex'),
  ];
  const held = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const text = await readFile(path, 'latin1');
        return needles.some((needle) => text.includes(needle)) ? [path] : [];
      }),
  );
  return held.flat();
}
