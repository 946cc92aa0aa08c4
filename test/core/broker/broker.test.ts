import { execFile } from 'node:child_process';
import { chmod, lstat, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BrokerClient } from '../../../src/core/broker/broker-client.ts';
import type { BrokerUse } from '../../../src/core/broker/broker-routes.ts';
import { processTable } from '../../../src/core/broker/process-table.ts';
import { createBrokerServer, startBroker, type BrokerOptions } from '../../../src/core/broker/start-broker.ts';
import { socketPlace } from '../../../src/core/broker/socket-place.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { SignInNeededError } from '../../../src/core/session/errors.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { rawExchange, rawRequest } from '../../helpers/raw-http.ts';
import { bundleScript, runNode } from '../../helpers/run-ts.ts';
import { scratchFolder, scratchSurroundings } from '../../helpers/surroundings.ts';

const run = promisify(execFile);
const JSON_ANSWER =
  '{"Version":1,"AccessKeyId":"ASIAX","SecretAccessKey":"CANARY","SessionToken":"t","Expiration":"2026-11-23T13:00:00Z"}\n';
const never = (): AbortSignal => new AbortController().signal;

async function broker(options: Partial<BrokerOptions> = {}) {
  const surroundings = await scratchSurroundings({ clock: systemClock({ keepAlive: false }) });
  const uses: BrokerUse[] = [];
  const shown: string[] = [];
  const running = await startBroker({
    surroundings,
    version: '1.2.3',
    credentials: (use) => {
      uses.push(use);
      return Promise.resolve(new Secret(JSON_ANSWER));
    },
    show: () => shown.push('shown'),
    ...options,
  });
  if (running === undefined) {
    throw new Error('somebody else listens in a fresh folder');
  }
  onTestFinished(() => running.close());
  return { running, surroundings, uses, shown, path: running.path, client: new BrokerClient(surroundings) };
}

const form = (body: string, path = '/v1/credentials'): string =>
  rawRequest('POST', path, [['Content-Type', 'application/x-www-form-urlencoded']], body);

describe('the wire', () => {
  test('curl gets the JSON of credential_process and nothing else', async () => {
    const { path, uses } = await broker();
    const { stdout } = await run('curl', [
      '-sS',
      '--unix-socket',
      path,
      'http://localhost/v1/credentials',
      '-d',
      'profile=admin',
      '-d',
      `pid=${process.pid}`,
    ]);
    expect(stdout).toBe(JSON_ANSWER);
    expect(uses).toMatchObject([{ target: { kind: 'profile', profile: 'admin' }, what: 'credentials' }]);
    expect(uses[0]?.asker.pid).toBeDefined();
  });

  test('a role of an Identity Center is asked for by its three names', async () => {
    const { client, uses } = await broker();
    const request = { ssoSession: 'corp', account: '000000000001', role: 'Admin', use: 'export' } as const;
    expect((await client.credentials(request, never())).reveal()).toBe(JSON_ANSWER);
    expect(uses).toMatchObject([
      {
        target: { kind: 'sso-role', ssoSession: 'corp', accountId: '000000000001', roleName: 'Admin' },
        what: 'export',
      },
    ]);
  });

  test.each(['export', 'exec', 'console'] as const)('what the credentials are for is passed on: %s', async (use) => {
    const { client, uses } = await broker();
    await client.credentials({ profile: 'admin', use }, never());
    expect(uses).toMatchObject([{ what: use }]);
  });

  test('a failure is one line that says what to do, with its code beside', async () => {
    const { path, client } = await broker({
      credentials: () => Promise.reject(new SignInNeededError('co\u001b]52;c;ZXZpbA==\u0007\r\nrp', 'expired')),
    });
    const answer = await rawExchange(path, form('profile=x'));
    expect(answer.status).toBe(401);
    expect(answer.head).toContain('Rolecall-Failure: sign-in-needed');
    expect(answer.head).toContain('text/plain');
    expect(answer.body).toMatch(/^\P{C}+\n$/u);
    await expect(client.credentials({ profile: 'x' }, never())).rejects.toMatchObject({ code: 'sign-in-needed' });
  });

  test('what goes wrong inside tells nothing', async () => {
    const { path } = await broker({ credentials: () => Promise.reject(new Error('CANARY in a stack')) });
    const answer = await rawExchange(path, form('profile=x'));
    expect(answer.status).toBe(500);
    expect(answer.head + answer.body).not.toContain('CANARY');
  });

  test('status and show', async () => {
    const { client, shown } = await broker();
    expect(await client.status(never())).toEqual({
      product: 'rolecall',
      protocol: 1,
      version: '1.2.3',
      pid: process.pid,
    });
    await client.show(never());
    expect(shown).toEqual(['shown']);
  });

  test.each([
    ['nothing', ''],
    ['both kinds of target', 'profile=a&ssoSession=b&account=000000000001&role=c'],
    ['half a role', 'ssoSession=b&account=000000000001'],
    ['an account that is a number only', 'ssoSession=b&account=1e11&role=c'],
    ['a role with a slash', 'ssoSession=b&account=000000000001&role=a/b'],
    ['a field twice', 'profile=a&profile=b'],
    ['an unknown field', 'profile=a&prifole=b'],
    ['a name without end', `profile=${'A'.repeat(5000)}`],
    ['a body without end', `profile=${'A'.repeat(100_000)}`],
    ['a wait without end', 'profile=a&wait=999999999'],
    ['a pid that is none', 'profile=a&pid=-1'],
  ])('%s is refused and asks nobody', async (_, body) => {
    const { path, uses } = await broker();
    const answer = await rawExchange(path, form(body));
    expect(answer.status).toBe(400);
    expect(answer.body.split('\n')).toHaveLength(2);
    expect(uses).toEqual([]);
  });

  test.each([
    ['another type', 'text/plain', 'profile=a'],
    ['no JSON', 'application/json', '{"profile":'],
    ['nested beyond reason', 'application/json', '['.repeat(15_000)],
    ['JSON that is no object', 'application/json', '"profile"'],
    ['a prototype', 'application/json', '{"__proto__":{"profile":"a"}}'],
  ])('%s is refused', async (_, type, body) => {
    const { path, uses } = await broker();
    const answer = await rawExchange(path, rawRequest('POST', '/v1/credentials', [['Content-Type', type]], body));
    expect(answer.status).toBe(400);
    expect(uses).toEqual([]);
  });

  test('bytes that are no UTF-8, NULs and noise are refused', async () => {
    const { path, uses } = await broker();
    const head = rawRequest('POST', '/v1/credentials', [
      ['Content-Type', 'application/json'],
      ['Content-Length', '4'],
    ]);
    expect(
      (await rawExchange(path, Buffer.concat([Buffer.from(head), Buffer.from([0xff, 0xfe, 0xfd, 0xfc])]))).status,
    ).toBe(400);
    for (const noise of [
      Buffer.alloc(100),
      Buffer.from('\r\n\r\nx y z\r\n'),
      Buffer.from('GET /\u0000 HTTP/1.1\r\n\r\n'),
    ]) {
      expect([0, 400]).toContain((await rawExchange(path, noise)).status);
    }
    expect(uses).toEqual([]);
  });

  test.each([
    ['a page', [['Origin', 'http://evil.test']]],
    ['a page of its own', [['Origin', 'null']]],
    ['a browser', [['Sec-Fetch-Site', 'none']]],
  ] as const)('%s is refused', async (_, headers) => {
    const { path, uses } = await broker();
    const all = [...headers, ['Content-Type', 'application/x-www-form-urlencoded']] as const;
    expect((await rawExchange(path, rawRequest('POST', '/v1/credentials', all, 'profile=a'))).status).toBe(400);
    expect(uses).toEqual([]);
  });

  test.each([
    'GET / HTTP/1.1\r\n\r\n',
    'GET /v1/credentials HTTP/1.1\r\n\r\n',
    'POST /v2/credentials HTTP/1.1\r\n\r\n',
    'PUT /v1/show HTTP/1.1\r\n\r\n',
    'GET /v1/../../x HTTP/1.1\r\n\r\n',
  ])('%j is not there', async (bytes) => {
    expect((await rawExchange((await broker()).path, bytes)).status).toBe(404);
  });

  test('a header of 64 kB, a line of 10 MB, a WebSocket and a tunnel are cut off', async () => {
    const { path } = await broker();
    expect((await rawExchange(path, rawRequest('GET', '/v1/status', [['X', 'y'.repeat(65_536)]]))).status).toBe(400);
    expect((await rawExchange(path, Buffer.alloc(10_000_000, 'a'))).status).not.toBe(200);
    const upgrade = 'GET /v1/status HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    expect((await rawExchange(path, upgrade)).status).toBe(0);
    expect((await rawExchange(path, 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n')).status).not.toBe(200);
  });

  test('those who send slowly or nothing are cut off, and meanwhile the others are served', async () => {
    const { path } = await broker();
    const slow = Array.from({ length: 200 }, () => connect(path).on('error', () => {}));
    const closed = slow.map((socket) => new Promise((resolve) => socket.on('close', resolve)));
    slow.forEach((socket, index) => {
      if (index % 2 === 0) {
        socket.write('POST /v1/credentials HTTP/1.1\r\nContent-Type: app');
      }
      socket.resume();
    });
    const halfClosed = connect({ path, allowHalfOpen: true }).on('error', () => {});
    halfClosed.end('GET /v1/st');
    for (let round = 0; round < 20; round += 1) {
      expect((await rawExchange(path, form('profile=a'))).body).toBe(JSON_ANSWER);
    }
    await Promise.all(closed);
  });

  test('no timer runs while nobody is connected, and a whole request is not hurried', async () => {
    const clock = new FakeClock();
    const answer: { give: (secret: Secret) => void } = { give: () => undefined };
    const { path, uses } = await broker({
      surroundings: await scratchSurroundings({ clock }),
      processes: processTable(new FakeClock(), 'win32'),
      credentials: (use) => {
        uses.push(use);
        return new Promise((resolve) => (answer.give = resolve));
      },
    });
    expect(clock.pending).toBe(0);
    const exchange = rawExchange(path, form('profile=a'));
    await expect.poll(() => uses.length).toBe(1);
    await clock.advance(20_000);
    answer.give(new Secret(JSON_ANSWER));
    expect((await exchange).body).toBe(JSON_ANSWER);
    await expect.poll(() => clock.pending).toBe(0);
  });

  test('where the system cannot keep others out, a key is wanted', async () => {
    const { path, uses } = await broker();
    const server = createBrokerServer({
      clock: systemClock({ keepAlive: false }),
      log: () => {},
      version: '1',
      processes: processTable(new FakeClock(), 'win32'),
      credentials: () => Promise.resolve(new Secret(JSON_ANSWER)),
      show: () => {},
      key: new Secret('the-key'),
    });
    const other = `${path}.keyed`;
    await new Promise<void>((resolve) => server.listen(other, resolve));
    onTestFinished(() => {
      server.close();
    });
    const ask = (header: string) =>
      rawExchange(other, form('profile=a').replace('\r\n', `\r\nAuthorization: ${header}\r\n`));
    expect((await ask('Bearer the-key')).body).toBe(JSON_ANSWER);
    for (const header of ['', 'Bearer', 'Bearer the-kez', 'Bearer the-key2', 'the-key']) {
      expect((await ask(header)).status).toBe(400);
    }
    expect(uses).toEqual([]);
  });
});

describe('patience', () => {
  test('a caller that hangs up is let go: its wish is aborted', async () => {
    const signals: AbortSignal[] = [];
    const { path } = await broker({
      credentials: ({ signal }) => {
        signals.push(signal);
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
      },
    });
    const socket = connect(path);
    socket.write(form('profile=a'));
    await expect.poll(() => signals.length).toBe(1);
    socket.destroy();
    await expect.poll(() => signals[0]?.aborted).toBe(true);
  });

  test('a caller gets a clear refusal when its time is over', async () => {
    const { client } = await broker({
      credentials: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    });
    const startedAt = performance.now();
    const error = await client.credentials({ profile: 'a', wait: 1 }, never()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'busy', message: expect.stringContaining('1 seconds') as string });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  test('a command that is cancelled stops waiting at once', async () => {
    const { client } = await broker({ credentials: () => new Promise(() => {}) });
    const abort = new AbortController();
    const asked = client.credentials({ profile: 'a' }, abort.signal);
    setTimeout(() => abort.abort(), 50);
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('without an app the command knows at once; with one that is stuck, within two seconds', async () => {
    const surroundings = await scratchSurroundings({ clock: systemClock({ keepAlive: false }) });
    const client = new BrokerClient(surroundings);
    await expect(client.status(never())).rejects.toMatchObject({ name: 'BrokerAbsentError' });
    const { folder, path } = socketPlace(surroundings);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const stuck = createServer(() => {}).listen(path);
    onTestFinished(() => {
      stuck.close();
    });
    await new Promise((resolve) => stuck.once('listening', resolve));
    const startedAt = performance.now();
    await expect(client.status(never())).rejects.toMatchObject({ name: 'BrokerAbsentError' });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    // Who wanted its window is not told to start what runs already.
    await expect(client.show(never())).rejects.toMatchObject({ name: 'BrokerStuckError', code: 'busy' });
  });
});

describe('the place of the socket', () => {
  test('only the user may open folder and socket, whatever the umask', async () => {
    const before = process.umask(0);
    const { path, surroundings } = await broker();
    process.umask(before);
    expect((await stat(socketPlace(surroundings).folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('another user cannot read one byte', async (ctx) => {
    if (process.getuid?.() !== 0) {
      ctx.skip('needs root, to become another user');
    }
    const { path, surroundings, uses } = await broker();
    await chmod(surroundings.homeDir, 0o755);
    const asOther = run('setpriv', [
      '--reuid=65534',
      '--clear-groups',
      'curl',
      '-sS',
      '--unix-socket',
      path,
      'http://localhost/v1/credentials',
      '-d',
      'profile=a',
    ]);
    const failure = (await asOther.catch((error: unknown) => error)) as { stdout: string; code: number };
    expect(failure.code).toBe(7);
    expect(failure.stdout).toBe('');
    expect(uses).toEqual([]);
  });

  test('no TCP port is opened', async (ctx) => {
    if (process.platform !== 'linux') {
      ctx.skip('reads /proc/net');
    }
    const count = async (): Promise<number> => {
      const { stdout } = await run('sh', ['-c', 'cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -c " 0A "']).catch(
        () => ({ stdout: '0' }),
      );
      return Number(stdout);
    };
    const before = await count();
    await broker();
    expect(await count()).toBeLessThanOrEqual(before);
  });

  type Planted = (place: { folder: string; path: string }, elsewhere: string) => Promise<void>;
  const planted: readonly (readonly [string, Planted])[] = [
    [
      'a folder open to others',
      async ({ folder }) => {
        await mkdir(folder, { recursive: true });
        await chmod(folder, 0o777);
      },
    ],
    [
      'a link in place of the folder',
      async ({ folder }, elsewhere) => {
        await mkdir(join(folder, '..'), { recursive: true });
        await symlink(elsewhere, folder);
      },
    ],
    [
      'a file in place of the folder',
      async ({ folder }) => {
        await mkdir(join(folder, '..'), { recursive: true });
        await writeFile(folder, '');
      },
    ],
    [
      'a file in place of the socket',
      async ({ folder, path }) => {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(path, '');
      },
    ],
    [
      'a link in place of the socket',
      async ({ folder, path }, elsewhere) => {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await symlink(join(elsewhere, 'broker.sock'), path);
      },
    ],
  ];
  test.each(planted)('with %s a command sends nothing', async (_, plant) => {
    const surroundings = await scratchSurroundings({ clock: systemClock({ keepAlive: false }) });
    const elsewhere = await scratchFolder();
    const received: unknown[] = [];
    const thief = createServer((socket) => received.push(socket)).listen(join(elsewhere, 'broker.sock'));
    onTestFinished(() => {
      thief.close();
    });
    await plant(socketPlace(surroundings), elsewhere);
    const client = new BrokerClient(surroundings);
    await expect(client.credentials({ profile: 'a' }, never())).rejects.toMatchObject({ code: 'file-unsafe' });
    expect(received).toEqual([]);
  });

  test('a socket or folder of another user is not spoken to', async (ctx) => {
    if (process.getuid?.() !== 0) {
      ctx.skip('needs root, to give a file away');
    }
    const { surroundings, path, client, uses } = await broker();
    await run('chown', ['65534', path]);
    await expect(client.credentials({ profile: 'a' }, never())).rejects.toMatchObject({ code: 'file-unsafe' });
    await run('chown', ['0', path]);
    await run('chown', ['65534', socketPlace(surroundings).folder]);
    await expect(client.credentials({ profile: 'a' }, never())).rejects.toMatchObject({ code: 'file-unsafe' });
    expect(uses).toEqual([]);
  });

  test('a path too long for a socket is told, not cut', async () => {
    const surroundings = await scratchSurroundings({ rolecallHome: `/${'x'.repeat(120)}` });
    expect(() => new BrokerClient(surroundings)).toThrow('too long');
  });
});

describe('one at a time', () => {
  test('a second start does not disturb the first, which still answers', async () => {
    const { surroundings, client, path } = await broker();
    const inode = (await lstat(path)).ino;
    const second = await startBroker({
      surroundings,
      version: '2',
      credentials: () => Promise.reject(new Error('x')),
      show: () => {},
    });
    expect(second).toBeUndefined();
    expect((await lstat(path)).ino).toBe(inode);
    expect((await client.status(never())).version).toBe('1.2.3');
  });

  test('after it has closed, the next one serves', async () => {
    const { running, surroundings, client } = await broker();
    await running.close();
    await expect(client.status(never())).rejects.toMatchObject({ name: 'BrokerAbsentError' });
    const next = await startBroker({
      surroundings,
      version: '2',
      credentials: () => Promise.reject(new Error('x')),
      show: () => {},
    });
    onTestFinished(() => next?.close());
    expect((await client.status(never())).version).toBe('2');
  });

  test('of twenty processes that start at once one serves; killed, it is replaced within three seconds', async () => {
    const folder = await scratchFolder();
    const script = await bundleScript(folder, 'start-broker', startScript());
    const surroundings = await scratchSurroundings({ clock: systemClock({ keepAlive: false }) });
    const starts = Array.from({ length: 20 }, () => runNode(script, [surroundings.rolecallHome]));
    onTestFinished(() => {
      for (const { child } of starts) {
        child.kill('SIGKILL');
      }
    });
    await expect.poll(() => starts.filter(({ lines }) => lines.length > 0).length, { timeout: 30_000 }).toBe(20);
    expect(starts.filter(({ lines }) => lines[0] === 'serving')).toHaveLength(1);
    expect(starts.filter(({ lines }) => lines[0] === 'taken')).toHaveLength(19);
    const serving = starts.find(({ lines }) => lines[0] === 'serving')!;
    serving.child.kill('SIGKILL');
    await serving.ended;
    expect((await readdir(socketPlace(surroundings).folder)).includes('broker.sock')).toBe(true);
    const startedAt = performance.now();
    const next = runNode(script, [surroundings.rolecallHome]);
    onTestFinished(() => {
      next.child.kill('SIGKILL');
    });
    await expect.poll(() => next.lines[0], { timeout: 10_000 }).toBe('serving');
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect((await new BrokerClient(surroundings).status(never())).pid).toBe(next.child.pid);
  }, 60_000);
});

function startScript(): string {
  const src = join(import.meta.dirname, '../../../src/core');
  return `
import { startBroker } from '${src}/broker/start-broker.ts';
import { systemClock } from '${src}/model/clock.ts';
const surroundings = { clock: systemClock(), env: {}, homeDir: '/', platform: process.platform, rolecallHome: process.argv[2], log: () => {} };
const broker = await startBroker({ surroundings, version: '1', credentials: () => Promise.reject(new Error('none')), show: () => {} });
console.log(broker === undefined ? 'taken' : 'serving');
`;
}
