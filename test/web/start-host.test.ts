import { execFile } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startHost, type Host, type HostOptions } from '../../src/web/start-host.ts';
import { parsePlace } from '../../src/shared/pages.ts';
import { CONTENT_SECURITY_POLICY } from '../../src/shared/content-security-policy.ts';
import { applyStateMessage, type StateMessage } from '../../src/shared/state-message.ts';
import { emptyAppState } from '../helpers/app-state.ts';
import { FakeCore } from '../helpers/fake-core.ts';
import { settle } from '../helpers/fake-clock.ts';
import { rawExchange, rawRequest, type RawAnswer } from '../helpers/raw-http.ts';
import { scratchFolder, scratchSurroundings } from '../helpers/surroundings.ts';

const SECRET_MARK = 'ROLECALL-SCREEN';

async function assets(): Promise<string> {
  const folder = await scratchFolder();
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), `<!doctype html><title>${SECRET_MARK}</title>`);
  await writeFile(join(folder, 'assets', 'main.js'), 'export {};');
  await writeFile(join(folder, 'notes.secret'), 'not served');
  await symlink('/etc/passwd', join(folder, 'passwd.json'));
  return folder;
}

async function host(options: Partial<HostOptions> = {}) {
  const surroundings = await scratchSurroundings();
  const core = new FakeCore(surroundings.clock);
  const printed: string[] = [];
  const running = await startHost({
    surroundings,
    core,
    port: 0,
    open: false,
    assetsDir: await assets(),
    print: (line) => printed.push(line),
    ...options,
  });
  onTestFinished(() => running.close());
  return { running, core, clock: surroundings.clock, printed };
}

function codeOf(address: string): string {
  return /#b=([\w-]+)$/.exec(address)?.[1] ?? '';
}

type Headers = readonly (readonly [string, string])[];

function own(running: Host, more: Headers = []): Headers {
  return [
    ['Host', `127.0.0.1:${running.port}`],
    ['Origin', running.origin],
    ['Content-Type', 'application/json'],
    ...more,
  ];
}

async function tokenOf(running: Host, code = codeOf(running.newAddress().reveal())): Promise<string> {
  const answer = await post(running, '/api/bootstrap', { code });
  return (JSON.parse(answer.body) as { token?: string }).token ?? '';
}

function post(running: Host, path: string, body: unknown, more: Headers = []): Promise<RawAnswer> {
  return rawExchange(running.port, rawRequest('POST', path, own(running, more), JSON.stringify(body)));
}

/** The status that another user of the machine gets for a code. */
async function asOther(running: Host, code: string): Promise<string> {
  const headers = own(running).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const asked = ['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', ...headers, '-d', JSON.stringify({ code })];
  const url = `${running.origin}/api/bootstrap`;
  return (await promisify(execFile)('setpriv', ['--reuid=65534', '--clear-groups', ...asked, url])).stdout;
}

const bearer = (token: string): Headers => [['Authorization', `Bearer ${token}`]];

describe('the screen', () => {
  test('is served with the policy that lets it run only its own scripts', async () => {
    const { running } = await host();
    for (const path of ['/', '/index.html', '/?view=window']) {
      const answer = await rawExchange(running.port, rawRequest('GET', path, [['Host', `127.0.0.1:${running.port}`]]));
      expect(answer.status).toBe(200);
      expect(answer.body).toContain(SECRET_MARK);
      expect(answer.head).toContain(`Content-Security-Policy: ${CONTENT_SECURITY_POLICY}`);
      expect(answer.head).toContain('Cache-Control: no-store');
      expect(answer.head).toContain('Referrer-Policy: no-referrer');
      expect(answer.head).toContain('text/html; charset=utf-8');
    }
  });

  test.each([
    '/..%2f..%2fetc/passwd',
    '/../../../../etc/passwd',
    '/assets/../index.html',
    '/assets/..%5cindex.html',
    '/%2e%2e/index.html',
    '/passwd.json',
    '/notes.secret',
    '/assets',
    '/assets/',
    '/__proto__',
    '/constructor',
    '/index.html%00.js',
    '/INDEX.HTML',
  ])('%s is not there', async (path) => {
    const { running } = await host();
    const answer = await rawExchange(running.port, rawRequest('GET', path, [['Host', `127.0.0.1:${running.port}`]]));
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('root:');
  });

  test('HEAD answers without a body', async () => {
    const { running } = await host();
    const answer = await rawExchange(running.port, rawRequest('HEAD', '/', [['Host', `127.0.0.1:${running.port}`]]));
    expect(answer).toMatchObject({ status: 200, body: '' });
  });

  test('no answer carries a cookie or a CORS header', async () => {
    const { running } = await host();
    const answers = await Promise.all([
      rawExchange(running.port, rawRequest('GET', '/', [['Host', `127.0.0.1:${running.port}`]])),
      rawExchange(running.port, rawRequest('OPTIONS', '/api/command', own(running))),
      post(running, '/api/command', {}),
      post(running, '/api/bootstrap', { code: codeOf(running.newAddress().reveal()) }),
    ]);
    for (const { head } of answers) {
      expect(head.toLowerCase()).not.toMatch(/set-cookie|access-control-/);
    }
  });
});

describe('the API', () => {
  test('a command reaches the core, and its reply comes back', async () => {
    const { running, core } = await host();
    core.reply = { ok: true, value: { shown: 'console.aws.amazon.com' } };
    const token = await tokenOf(running);
    const answer = await post(running, '/api/command', { name: 'quit', input: {} }, bearer(token));
    expect(JSON.parse(answer.body)).toEqual(core.reply);
    expect(core.commands).toMatchObject([{ name: 'quit', input: {}, caller: { asker: { program: 'Rolecall' } } }]);
  });

  test('without its key nothing gets through, over the whole header matrix', async () => {
    const { running, core } = await host();
    const token = await tokenOf(running);
    const { port, origin } = running;
    const body = JSON.stringify({ name: 'quit', input: {} });
    const good = { host: `127.0.0.1:${port}`, origin, type: 'application/json', auth: `Bearer ${token}` };
    const wrong: Partial<Record<keyof typeof good, readonly (string | undefined)[]>> = {
      host: [undefined, `localhost:${port}`, `127.0.0.1:${port}.evil.tld`, 'evil.test', `[::1]:${port}`, '127.0.0.1'],
      origin: [undefined, 'null', 'http://127.0.0.1', `https://127.0.0.1:${port}`, `http://evil.test:${port}`],
      type: [
        undefined,
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'application/jsonp',
        'application/json; charset=latin1',
      ],
      auth: [undefined, 'Bearer', `Bearer ${'A'.repeat(43)}`, `Bearer ${token}x`, `Basic ${token}`, token],
    };
    const statuses: number[] = [];
    for (const [field, values] of Object.entries(wrong)) {
      for (const value of values) {
        const sent = { ...good, [field]: value };
        const headers = (
          [
            ['Host', sent.host],
            ['Origin', sent.origin],
            ['Content-Type', sent.type],
            ['Authorization', sent.auth],
          ] as const
        ).flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]));
        statuses.push((await rawExchange(port, rawRequest('POST', '/api/command', headers, body))).status);
        statuses.push((await rawExchange(port, rawRequest('POST', '/api/events', headers, '{}'))).status);
      }
    }
    expect(statuses).toHaveLength(46);
    expect(statuses.filter((status) => status < 400)).toEqual([]);
    expect(core.commands).toEqual([]);
    expect((await post(running, '/api/command', { name: 'quit', input: {} }, bearer(token))).status).toBe(200);
  });

  test('reading the API by GET gives nothing', async () => {
    const { running } = await host();
    const token = await tokenOf(running);
    for (const path of ['/api/command', '/api/events', '/api/bootstrap', '/api']) {
      const headers = [['Host', `127.0.0.1:${running.port}`] as const, ...bearer(token)];
      expect((await rawExchange(running.port, rawRequest('GET', path, headers))).status).toBe(404);
    }
  });

  test.each([
    ['truncated', '{"name":"quit"'],
    ['200,000 brackets', '['.repeat(200_000)],
    ['no object', '"quit"'],
    ['null', 'null'],
    ['no name', '{}'],
    ['UTF-16', Buffer.from('{"name":"quit","input":{}}', 'utf16le').toString('latin1')],
    ['bytes that are no UTF-8', '{"name":"\xff","input":{}}'],
  ])('a body that is %s is refused and reaches nobody', async (_, body) => {
    const { running, core } = await host();
    const headers = own(running, bearer(await tokenOf(running)));
    const bytes = Buffer.from(body, 'latin1');
    const request = rawRequest('POST', '/api/command', [...headers, ['Content-Length', String(bytes.length)]]);
    const answer = await rawExchange(running.port, Buffer.concat([Buffer.from(request), bytes]));
    expect(answer.status).toBe(400);
    expect(core.commands).toEqual([]);
  });

  test('a body over 1 MB is refused, announced or not', async () => {
    const { running, core } = await host();
    const token = await tokenOf(running);
    const big = JSON.stringify({ name: 'quit', input: 'x'.repeat(1024 * 1024) });
    const announced = await rawExchange(
      running.port,
      rawRequest('POST', '/api/command', own(running, bearer(token)), big),
    );
    expect(announced.status).toBe(413);
    const chunked = `${rawRequest('POST', '/api/command', own(running, [...bearer(token), ['Transfer-Encoding', 'chunked']]))}${big.length.toString(16)}\r\n${big}\r\n0\r\n\r\n`;
    expect([0, 413]).toContain((await rawExchange(running.port, chunked)).status);
    expect(core.commands).toEqual([]);
    expect((await post(running, '/api/command', { name: 'quit', input: {} }, bearer(token))).status).toBe(200);
  });

  test('a WebSocket, a tunnel, a huge header and noise end without an answer that helps', async () => {
    const { running } = await host();
    const upgrade = rawRequest('GET', '/api/events', [
      ['Host', `127.0.0.1:${running.port}`],
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ['Sec-WebSocket-Version', '13'],
    ]).replace('Connection: close\r\n', '');
    expect((await rawExchange(running.port, upgrade)).status).toBe(0);
    expect((await rawExchange(running.port, rawRequest('CONNECT', 'evil.test:443', []))).status).not.toBe(200);
    expect((await rawExchange(running.port, rawRequest('GET', '/', [['X', 'y'.repeat(65_536)]]))).status).toBe(400);
    expect((await rawExchange(running.port, Buffer.from([0, 1, 2, 255, 13, 10, 13, 10]))).status).toBe(400);
    expect((await rawExchange(running.port, 'GET / HTTP/1.0\r\n\r\n')).status).toBe(421);
  });

  test('500 idle connections do not keep the user out', async () => {
    const { running } = await host();
    const token = await tokenOf(running);
    const idle = Array.from({ length: 500 }, () =>
      connect({ host: '127.0.0.1', port: running.port }).on('error', () => {}),
    );
    onTestFinished(() => {
      for (const socket of idle) {
        socket.destroy();
      }
    });
    const open = (): Socket[] => idle.filter((socket) => !socket.destroyed && !socket.readableEnded);
    await vi.waitFor(() => expect(open().length).toBeLessThanOrEqual(256), { timeout: 10_000 });
    open()[0]?.destroy();
    await vi.waitFor(
      async () =>
        expect((await post(running, '/api/command', { name: 'quit', input: {} }, bearer(token))).status).toBe(200),
      { timeout: 10_000 },
    );
  });

  test('it listens on 127.0.0.1 and nowhere else', async (ctx) => {
    const { running } = await host();
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((address) => address !== undefined && address.family === 'IPv4' && !address.address.startsWith('127.'));
    const address = others[0]?.address;
    if (address === undefined) {
      ctx.skip('this machine has no other address');
      return;
    }
    const reached = await new Promise((resolve) => {
      connect({ host: address, port: running.port })
        .on('connect', () => resolve(true))
        .on('error', () => resolve(false));
    });
    expect(reached).toBe(false);
  });
});

describe('the one-shot code', () => {
  test('is in the fragment of the printed address, which the server never sees', async () => {
    const { printed, running } = await host();
    expect(printed).toHaveLength(1);
    expect(printed[0]).toMatch(new RegExp(`${running.origin}/#b=[\\w-]{43}$`));
  });

  test('used twice: the second is refused, the first is shut out, and the user is told', async () => {
    const { running, core } = await host();
    const code = codeOf(running.newAddress().reveal());
    const token = await tokenOf(running, code);
    const again = await post(running, '/api/bootstrap', { code });
    expect(again).toMatchObject({ status: 403 });
    expect(again.body).not.toContain('token');
    expect(core.state.get().notices).toMatchObject([{ id: 'host-code-replayed', severity: 'error' }]);
    expect((await post(running, '/api/command', { name: 'quit', input: {} }, bearer(token))).status).toBe(401);
    expect(core.commands).toEqual([]);
  });

  test('read by another user of the machine it is refused, and the user is told; of a code that is none nothing is told', async (ctx) => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) {
      ctx.skip('needs Linux and root, to become another user');
    }
    const { running, core } = await host();
    const code = codeOf(running.newAddress().reveal());
    expect(await asOther(running, 'nonsense'.repeat(5))).toBe('403');
    expect(core.state.get().notices).toEqual([]);
    expect(await asOther(running, code)).toBe('403');
    expect(core.state.get().notices).toMatchObject([
      { id: 'host-code-replayed', hint: expect.stringContaining('Another user') as string },
    ]);
    expect(await tokenOf(running, code)).toHaveLength(43);
  });

  test('of a browser that we start is good for 30 seconds', async () => {
    const opened: string[] = [];
    const { running, clock } = await host({
      open: true,
      opener: (address) => Promise.resolve(opened.push(address.reveal()) > 0),
    });
    await clock.advance(30_000);
    expect((await post(running, '/api/bootstrap', { code: codeOf(opened[0] ?? '') })).status).toBe(403);
  });

  test('a browser that starts but shows nothing leads to a printed address; one that does prints nothing', async () => {
    const opened: string[] = [];
    const { running, clock, printed } = await host({
      open: true,
      opener: (address) => Promise.resolve(opened.push(address.reveal()) > 0),
    });
    await tokenOf(running, codeOf(opened[0] ?? ''));
    await clock.advance(60_000);
    expect(printed).toEqual([]);
    await running.openWindow();
    await clock.advance(30_000);
    expect(printed).toHaveLength(1);
  });

  test.each([true, false])('a host that has ended prints no address (browser started: %s)', async (isStarted) => {
    // The first address is printed at the start.
    const { running, clock, printed } = await host({ opener: () => running.close().then(() => isStarted) });
    await running.openWindow();
    await clock.advance(60_000);
    expect(printed).toHaveLength(1);
  });

  test('leads to the page that is asked for, whatever is to be found there', async () => {
    const opened: string[] = [];
    const { running } = await host({
      open: true,
      opener: (address) => Promise.resolve(opened.push(address.reveal()) > 0),
    });
    await running.openWindow({ page: 'profiles', subject: 'a&b=c#d/東京' });
    const { hash } = new URL(opened[1] ?? '');
    const fields = new URLSearchParams(hash.slice(1));
    expect(parsePlace(fields.get('at') ?? '')).toEqual({ page: 'profiles', subject: 'a&b=c#d/東京' });
    await tokenOf(running, fields.get('b') ?? '');
  });

  test("a started browser sees the code in its arguments, and the key that it is swapped for is in nobody's", async (ctx) => {
    if (process.platform !== 'linux') {
      ctx.skip('reads /proc');
    }
    const folder = await scratchFolder();
    const browser = join(folder, 'browser');
    await writeFile(browser, '#!/bin/sh\necho "$@" > "$0.argv"\nsleep 5\n', { mode: 0o755 });
    const surroundings = await scratchSurroundings({ env: { BROWSER: browser, PATH: process.env['PATH'] } });
    const opening = host({ open: true, surroundings });
    await expect.poll(() => readFile(`${browser}.argv`, 'utf8').catch(() => '')).toMatch(/#b=[\w-]{43}\n$/);
    await surroundings.clock.advance(3_000);
    const { running } = await opening;
    const code = codeOf((await readFile(`${browser}.argv`, 'utf8')).trim());
    const token = await tokenOf(running, code);
    expect(token).toHaveLength(43);
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const read = (pid: string, what: string) => readFile(`/proc/${pid}/${what}`, 'latin1').catch(() => '');
    const seen = await Promise.all(pids.flatMap((pid) => [read(pid, 'cmdline'), read(pid, 'environ')]));
    expect(seen.join()).toContain(code);
    expect(seen.join()).not.toContain(token);
  });

  test('where no browser can be started the address is printed at once', async () => {
    const { printed } = await host({ open: true, opener: () => Promise.resolve(false) });
    expect(printed).toHaveLength(1);
  });

  test.each([[{}], [{ code: 5 }], [{ code: '' }], [{ code: 'x'.repeat(2000) }], ['code'], [{ code: '__proto__' }]])(
    '%j is no code',
    async (body) => {
      const { running } = await host();
      expect((await post(running, '/api/bootstrap', body)).status).toBeGreaterThanOrEqual(400);
    },
  );
});

describe('events', () => {
  test('come with what the host told this page alone, and no other page', async () => {
    const { running } = await host();
    const { running: other } = await host();
    const proofs = await Promise.all(
      [running, running, other].map(async (each) => {
        const opened = await post(each, '/api/bootstrap', { code: codeOf(each.newAddress().reveal()) });
        const { token, proof } = JSON.parse(opened.body) as { readonly token: string; readonly proof: string };
        const { response, abort } = await follow(each, token);
        expect(response.headers.get('rolecall-proof')).toBe(proof);
        abort.abort();
        return proof;
      }),
    );
    expect(new Set(proofs).size).toBe(3);
    expect(proofs.every((proof) => proof.length === 43)).toBe(true);
  });

  async function follow(running: Host, token: string) {
    const abort = new AbortController();
    const response = await fetch(`${running.origin}/api/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', origin: running.origin },
      body: '{}',
      signal: abort.signal,
    });
    const seen = { state: emptyAppState(), lines: [] as string[], ended: false };
    const reading = (async () => {
      let rest = '';
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          seen.lines.push(line);
          seen.state = line === '' ? seen.state : applyStateMessage(seen.state, JSON.parse(line) as StateMessage);
        }
      }
    })()
      .catch(() => {})
      .finally(() => {
        seen.ended = true;
      });
    onTestFinished(() => abort.abort());
    return { seen, abort, reading, response };
  }

  const until = async (fact: () => boolean): Promise<void> => {
    await expect.poll(fact, { timeout: 3000, interval: 10 }).toBe(true);
  };

  test('bring a snapshot, then each change, with heartbeats between', async () => {
    const { running, core, clock } = await host();
    const { seen, response } = await follow(running, await tokenOf(running));
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    await until(() => seen.lines.length === 1);
    core.state.update(() => ({ clockSkewMs: 42 }));
    await until(() => seen.state.clockSkewMs === 42);
    await clock.advance(15_000);
    await until(() => seen.lines.at(-1) === '');
  });

  test('end when the key is taken back', async () => {
    const { running } = await host();
    const code = codeOf(running.newAddress().reveal());
    const { seen } = await follow(running, await tokenOf(running, code));
    await post(running, '/api/bootstrap', { code });
    await until(() => seen.ended);
  });

  test('a page that goes away is forgotten: no timer, no listener', async () => {
    const { running, core, clock } = await host();
    const before = clock.pending;
    const { abort, reading } = await follow(running, await tokenOf(running));
    await until(() => clock.pending === before + 1);
    abort.abort();
    await reading;
    await until(() => clock.pending === before);
    core.state.update(() => ({ clockSkewMs: 1 }));
    await settle();
  });

  test('a page that stops reading costs no memory and is right again when it goes on', async () => {
    const { running, core } = await host();
    const token = await tokenOf(running);
    const socket = connect({ host: '127.0.0.1', port: running.port });
    onTestFinished(() => {
      socket.destroy();
    });
    socket.pause();
    socket.write(
      rawRequest('POST', '/api/events', own(running, bearer(token)), '{}').replace('Connection: close\r\n', ''),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    const rss = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    for (let step = 1; step <= 2_000; step += 1) {
      const hint = 'x'.repeat(50_000);
      core.state.update(() => ({
        clockSkewMs: step,
        notices: [{ id: 'n', severity: 'info', message: '', hint, action: undefined }],
      }));
      if (step % 100 === 0) {
        await settle();
      }
    }
    const grown = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - rss;
    expect(grown).toBeLessThan(60_000_000);
    let text = '';
    socket.on('data', (chunk) => {
      text = (text + chunk.toString('latin1')).slice(-400_000);
    });
    socket.resume();
    await until(() => text.includes('"clockSkewMs":2000'));
  });
});
