import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { exitCodeFor } from '../../../src/cli/exit-codes.ts';
import { helperScript } from '../../../src/core/helper/helper-script.ts';
import { CoreError } from '../../../src/core/model/errors.ts';
import { FAILURE_CODES, type FailureCode } from '../../../src/shared/reply.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';
import { helperUnderTest, JSON_ANSWER } from './helper-under-test.ts';

const isPosix = process.platform !== 'win32';
const WARM = ['credentials', '--profile', 'admin'];
const WHOLE = { code: 42, stderr: 'whole command\n' };

class Refusal extends CoreError {
  constructor(readonly code: FailureCode) {
    super('It is\nrefused $(touch canary) `id` %s \\n.', "Do 'this'.");
  }
}

/** A machine without one of them leaves the tests that need it to machines that have it. */
const hasProgram = (program: string): boolean => existsSync(`/usr/bin/${program}`);

describe.runIf(isPosix).each(['perl', 'curl'] as const)('with the app, asked by %s', (asksBy) => {
  beforeEach((context) => context.skip(!hasProgram(asksBy), `/usr/bin/${asksBy} is not installed`));
  const underTest = (folderName?: string) => helperUnderTest(folderName, asksBy);

  test.for([
    ['the system’s sh', []],
    ['dash', ['dash']],
    ['bash as sh', ['bash', '--posix']],
    ['BusyBox', ['busybox', 'sh']],
    ['zsh as sh', ['zsh', '--emulate', 'sh']],
  ] as const)('prints the JSON of credential_process and nothing else in %s', async ([, shell], context) => {
    const [program] = shell;
    if (program !== undefined && !(await isInstalled(program))) {
      context.skip(`${program} is not installed`);
    }
    const helper = await underTest();
    await helper.app();
    expect(await helper.run(WARM, { shell })).toEqual({ code: 0, stdout: JSON_ANSWER, stderr: '' });
  });

  test('tells which profile, which process and which folder', async () => {
    const helper = await underTest();
    await helper.app();
    const profile = 'a b&role=x+é%41\n#"\\';
    const cwd = await scratchFolder();
    expect((await helper.run(['credentials', '--profile', profile], { cwd })).code).toBe(0);
    expect(helper.uses).toMatchObject([
      { target: { kind: 'profile', profile }, what: 'credentials', asker: { pid: process.pid, folder: process.cwd() } },
    ]);
  });

  test('asks for a role of an Identity Center too', async () => {
    const helper = await underTest();
    await helper.app();
    const words = 'credentials --sso-session demo --account 000000000042 --role Read+Only';
    expect(await helper.run(words.split(' '))).toEqual({ code: 0, stdout: JSON_ANSWER, stderr: '' });
    expect(helper.uses[0]?.target).toEqual({
      kind: 'sso-role',
      ssoSession: 'demo',
      accountId: '000000000042',
      roleName: 'Read+Only',
    });
  });

  test.each(FAILURE_CODES.filter((code) => code !== 'internal' && code !== 'bad-input'))(
    'a refusal (%s) is one line and the exit code of the whole command',
    async (code) => {
      const helper = await underTest('home');
      await helper.app(() => Promise.reject(new Refusal(code)));
      expect(await helper.run(WARM)).toEqual({
        code: exitCodeFor(code),
        stdout: '',
        stderr: "rolecall: It is refused $(touch canary) `id` %s \\n. Do 'this'.\n",
      });
    },
  );

  test('a wish that cannot be understood is left to the whole command, which says so in its own words', async () => {
    const helper = await underTest();
    await helper.app();
    const words = 'credentials --sso-session demo --account 12 --role x';
    expect(await helper.run(words.split(' '))).toMatchObject(WHOLE);
    expect(helper.uses).toEqual([]);
  });

  test('settings of curl and Perl, and proxies of the environment, do not count', async () => {
    const helper = await underTest();
    await helper.app();
    const home = await scratchFolder();
    const proxy = await listening((server) => server.on('connection', (socket) => socket.destroy()));
    await writeFile(join(home, '.curlrc'), `url = "http://127.0.0.1:${proxy.port}/"\noutput = "${home}/stolen"\n`);
    const address = `http://127.0.0.1:${proxy.port}`;
    const env = {
      HOME: home,
      CURL_HOME: home,
      http_proxy: address,
      HTTP_PROXY: address,
      ALL_PROXY: address,
      all_proxy: address,
      LC_ALL: 'xx_XX.UTF-8',
      IFS: 'r',
      LS_COLORS: 'rs=0',
      QUOTING_STYLE: 'shell-escape',
      CDPATH: '/',
      ENV: join(home, '.curlrc'),
      BASH_ENV: join(home, '.curlrc'),
      PERL5LIB: home,
      PERLLIB: home,
      PERL5DB: 'BEGIN { exit 99 }',
      OPENSSL_CONF: join(home, '.curlrc'),
    };
    expect(await helper.run(WARM, { env })).toEqual({ code: 0, stdout: JSON_ANSWER, stderr: '' });
    const steered: Record<string, string>[] = hasProgram('curl')
      ? [{ PERL5OPT: '-d' }, { PERL_UNICODE: 'SDA' }, { PERLIO: ':crlf' }]
      : [];
    for (const steering of steered) {
      const answer = await helper.run(WARM, { env: { ...env, ...steering } });
      expect(answer).toEqual({ code: 0, stdout: JSON_ANSWER, stderr: '' });
    }
    expect(proxy.connections()).toBe(0);
    expect(existsSync(join(home, 'stolen'))).toBe(false);
  });

  test('no program is started with a secret among its arguments', async (context) => {
    if (!(await isInstalled('strace'))) {
      context.skip('strace is not installed');
    }
    const helper = await underTest('home');
    await helper.app();
    const trace = join(helper.rolecallHome, 'trace');
    const shell = ['strace', '-f', '-s', '4096', '-e', 'trace=execve', '-o', trace];
    expect(await helper.run(WARM, { shell })).toMatchObject({ code: 0, stdout: JSON_ANSWER });
    const started = await readFile(trace, 'utf8');
    expect(started).toContain(`execve("/usr/bin/${asksBy}"`);
    expect(started).not.toContain('CANARY');
  });

  test('an app that hangs is given up in time, and said so in one line', async () => {
    const helper = await underTest('home');
    await helper.app(() => new Promise(() => undefined));
    const script = await readFile(helper.file, 'utf8');
    await writeFile(helper.file, script.replace('--max-time 58', '--max-time 1').replace('alarm 58', 'alarm 1'));
    expect(await helper.run(WARM)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'rolecall: Rolecall did not answer in time. Look at its window, or start it again.\n',
    });
  });

  test('an app that ends while it answers is no app', async () => {
    const helper = await underTest('home');
    const running = await helper.app(async () => {
      await running.close();
      throw new Refusal('busy');
    });
    expect(await helper.run(WARM)).toMatchObject(WHOLE);
  });

  test('what is left to the whole command keeps its environment, and no deadline of the helper’s', async () => {
    const helper = await underTest('home');
    const script = await readFile(helper.file, 'utf8');
    await writeFile(helper.file, script.replace('--max-time 58', '--max-time 1').replace('alarm 58', 'alarm 1'));
    const tellsLater =
      'setTimeout(() => console.log(Object.keys(process.env).sort().join(), process.env.LC_ALL), 1_200);';
    await writeFile(helper.place.commandFile, tellsLater);
    await answering(helper, '');
    const left = { code: 0, stderr: '' };
    expect(await helper.run(WARM)).toEqual({
      ...left,
      stdout: expect.stringMatching(/^PATH,(PWD,)?ROLECALL_HOME(,_)? undefined\n$/),
    });
    expect(await helper.run(WARM, { env: { LC_ALL: 'ja_JP.UTF-8' } })).toEqual({
      ...left,
      stdout: expect.stringMatching(/^LC_ALL,PATH,(PWD,)?ROLECALL_HOME(,_)? ja_JP.UTF-8\n$/),
    });
  });

  test.each([
    ['nothing', ''],
    ['no HTTP', 'SSH-2.0-x\r\n'],
    ['another server', 'HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nno\n'],
    ['a page', 'HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n<html>\n'],
    ['a redirect', 'HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n'],
    ['half an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"Version":1,'],
    ['too much', `HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n{${'x'.repeat(200_000)}`],
  ])('something else on the socket (%s) is no app', async (_what, answer) => {
    const helper = await underTest('home');
    await answering(helper, answer);
    expect(await helper.run(WARM)).toMatchObject(WHOLE);
  });
});

describe.runIf(isPosix)('the whole command does in its place', () => {
  test.each([
    ['nothing', []],
    ['another command', ['status', '--json']],
    ['help', ['credentials', '--help']],
    ['another order', ['credentials', '--json', '--profile', 'admin']],
    ['an empty profile', ['credentials', '--profile', '']],
    ['a profile that looks like an option', ['credentials', '--profile', '--help']],
    ['a profile after a sign', ['credentials', '--profile=admin']],
    ['half a role', ['credentials', '--sso-session', 'a', '--account', '1', '--role', '']],
    ['words with anything in them', ['exec', '--', 'a b', '', '*', "it's", '$(touch canary)', 'x\ny', '\\']],
  ])('%s, with the same words', async (_what, args) => {
    const helper = await helperUnderTest();
    await helper.app();
    const cwd = await scratchFolder();
    const ended = await helper.run(args, { cwd });
    expect(ended).toMatchObject(WHOLE);
    expect(JSON.parse(ended.stdout)).toEqual({ args, home: helper.rolecallHome, folder: cwd });
    expect(helper.uses).toEqual([]);
  });

  test('everything while no app runs', async () => {
    const helper = await helperUnderTest();
    expect(await helper.run(WARM)).toMatchObject(WHOLE);
  });

  test('everything when a killed app left its socket', async () => {
    const helper = await helperUnderTest('home');
    const folder = await helper.emptyRunFolder();
    const server = await listening(() => undefined, join(folder, 'other.sock'));
    // A closed server removes its own path; the socket under another name stays, and nobody listens.
    await rename(join(folder, 'other.sock'), join(folder, 'broker.sock'));
    await server.close();
    await chmod(join(folder, 'broker.sock'), 0o600);
    expect(await helper.run(WARM)).toMatchObject(WHOLE);
  });

  test('another home, where ROLECALL_HOME names one', async () => {
    const [helper, other] = [await helperUnderTest('one'), await helperUnderTest('two')];
    await other.app();
    expect(await helper.run(WARM)).toMatchObject(WHOLE);
    const env = { ROLECALL_HOME: other.rolecallHome };
    expect(await helper.run(WARM, { env })).toEqual({ code: 0, stdout: JSON_ANSWER, stderr: '' });
    expect(await helper.run(WARM, { env: { ROLECALL_HOME: 'relative' } })).toMatchObject(WHOLE);
    expect(await helper.run(WARM, { env: { ROLECALL_HOME: '' } })).toMatchObject(WHOLE);
  });

  test('everything where there is neither Perl nor curl', async () => {
    const helper = await helperUnderTest('home', 'curl');
    await helper.app();
    const script = await readFile(helper.file, 'utf8');
    await writeFile(helper.file, script.replaceAll('/usr/bin/curl', '/nowhere/curl'));
    const bin = await scratchFolder();
    await symlink('/bin/ls', join(bin, 'ls'));
    expect(await helper.run(WARM, { env: { PATH: bin } })).toMatchObject(WHOLE);
    expect(helper.uses).toEqual([]);
  });
});

describe.runIf(isPosix).each(['perl', 'curl'] as const)(
  'a place where others could listen is not used by %s',
  (asksBy) => {
    beforeEach((context) => context.skip(!hasProgram(asksBy), `/usr/bin/${asksBy} is not installed`));
    const places: readonly (readonly [string, (run: string) => Promise<void>])[] = [
      ['a folder open to others', (run) => chmod(run, 0o755)],
      ['a folder open to the group', (run) => chmod(run, 0o710)],
      ['a folder that others may write', (run) => chmod(run, 0o1777)],
      [
        'a link to a folder',
        async (run) => {
          await rename(run, `${run}-elsewhere`);
          await symlink(`${run}-elsewhere`, run);
        },
      ],
      ['a socket open to others', (run) => chmod(join(run, 'broker.sock'), 0o666)],
      [
        'a link to a socket',
        async (run) => {
          await rename(join(run, 'broker.sock'), join(run, 'other.sock'));
          await symlink(join(run, 'other.sock'), join(run, 'broker.sock'));
        },
      ],
      [
        'a file',
        async (run) => {
          await rm(join(run, 'broker.sock'));
          await writeFile(join(run, 'broker.sock'), '', { mode: 0o600 });
        },
      ],
    ];

    test.each(places)('%s', async (_what, spoil) => {
      const helper = await helperUnderTest(undefined, asksBy);
      await helper.app();
      await spoil(join(helper.rolecallHome, 'run'));
      expect(await helper.run(WARM)).toMatchObject(WHOLE);
      expect(helper.uses).toEqual([]);
    });

    test.for(['run', 'run/broker.sock'])('another user’s %s', async (path, context) => {
      const helper = await helperUnderTest('home', asksBy);
      await helper.app();
      try {
        await chown(join(helper.rolecallHome, path), 65_534, 65_534);
      } catch {
        context.skip('only root can give files away');
      }
      expect(await helper.run(WARM)).toMatchObject(WHOLE);
      expect(helper.uses).toEqual([]);
    });
  },
);

describe.runIf(isPosix)('without what it leads to', () => {
  test('a command that is gone is said in one line', async () => {
    const helper = await helperUnderTest();
    await rm(helper.place.commandFile);
    expect(await helper.run(WARM)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'rolecall: Rolecall is not running, and its command is no longer where it was. Start Rolecall, or install it again.\n',
    });
  });

  test('a Node that is gone is looked for on PATH; none is said in one line', async () => {
    const helper = await helperUnderTest('home');
    const gone = { ...helper.place, nodeFile: undefined };
    await writeFile(helper.file, helperScript(gone));
    const bin = await scratchFolder();
    const cwd = await scratchFolder();
    await symlink(process.execPath, join(cwd, 'node'));
    expect(await helper.run(WARM, { env: { PATH: bin }, cwd })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'rolecall: Rolecall is not running, and there is no Node.js to do its work. Start Rolecall.\n',
    });
    // To start it would not help who wants anything else.
    expect(await helper.run(['connect', '--profile=x', 'web'], { env: { PATH: bin }, cwd })).toMatchObject({
      code: 1,
      stderr: 'rolecall: The rolecall command needs Node.js, and PATH has none. Install it.\n',
    });
    await symlink(process.execPath, join(bin, 'node'));
    expect(await helper.run(WARM, { env: { PATH: bin }, cwd })).toMatchObject(WHOLE);
  });
});

test('a path that no script can hold is refused', () => {
  const place = { rolecallHome: '/h', platform: 'linux', nodeFile: '/n', commandFile: '/c' } as const;
  expect(() => helperScript({ ...place, rolecallHome: '/a\nb' })).toThrow('cannot stand in a script');
  expect(() => helperScript({ ...place, platform: 'win32', commandFile: 'C:\\Müller\\rolecall.js' })).toThrow(
    'cannot stand in a script',
  );
});

test('on macOS the place is looked at with its access lists before Perl asks', () => {
  const place = { rolecallHome: '/h', nodeFile: '/n', commandFile: '/c' };
  expect(helperScript({ ...place, platform: 'darwin' })).toContain('\nis_safe || whole_command');
  expect(helperScript({ ...place, platform: 'linux' })).toContain('\n[ -n "$perl" ] || is_safe || whole_command');
});

test('on Windows the whole command does all', () => {
  const script = helperScript({
    rolecallHome: 'C:\\Users\\mika\\AppData\\Roaming\\rolecall',
    platform: 'win32',
    nodeFile: 'C:\\Program Files\\nodejs\\node.exe',
    commandFile: 'C:\\100%\\rolecall.js',
  });
  expect(script.split('\r\n')).toEqual([
    '@echo off',
    'rem Written by Rolecall, which writes it again when it is changed.',
    'setlocal DisableDelayedExpansion',
    'if not defined ROLECALL_HOME set "ROLECALL_HOME=C:\\Users\\mika\\AppData\\Roaming\\rolecall"',
    'if exist "C:\\Program Files\\nodejs\\node.exe" goto known',
    'set "ROLECALL_NODE="',
    // Not by its bare name: one in the present folder would be run.
    'for %%i in (node.exe) do set "ROLECALL_NODE=%%~$PATH:i"',
    'if defined ROLECALL_NODE goto found',
    'echo rolecall: There is no Node.js to do the work of Rolecall. Install it, or mend PATH. 1>&2',
    'exit /b 1',
    ':found',
    '"%ROLECALL_NODE%" "C:\\100%%\\rolecall.js" %*',
    'exit /b %ERRORLEVEL%',
    ':known',
    '"C:\\Program Files\\nodejs\\node.exe" "C:\\100%%\\rolecall.js" %*',
    'exit /b %ERRORLEVEL%',
    '',
  ]);
});

async function isInstalled(program: string): Promise<boolean> {
  return promisify(execFile)('/bin/sh', ['-c', `command -v ${program}`]).then(
    () => true,
    () => false,
  );
}

/** Something on the app's socket that gives everybody the same answer and hangs up. */
async function answering(helper: Awaited<ReturnType<typeof helperUnderTest>>, answer: string): Promise<void> {
  const socket = join(await helper.emptyRunFolder(), 'broker.sock');
  await listening(
    (server) =>
      server.on('connection', (peer) => peer.on('error', () => undefined).once('data', () => peer.end(answer))),
    socket,
  );
  await chmod(socket, 0o600);
}

/** A server on a free port, or a socket. */
async function listening(prepare: (server: Server) => void, path?: string) {
  let count = 0;
  const server = createServer().on('connection', () => (count += 1));
  prepare(server);
  await new Promise<void>((resolve) => {
    if (path === undefined) {
      server.listen(0, '127.0.0.1', resolve);
    } else {
      server.listen(path, resolve);
    }
  });
  const close = (): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));
  onTestFinished(close);
  const address = server.address();
  return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, connections: () => count, close };
}
