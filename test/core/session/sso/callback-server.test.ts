import { request, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../../../src/core/model/secret.ts';
import {
  startCallbackServer,
  type CallbackResult,
  type CallbackServer,
} from '../../../../src/core/session/sso/callback-server.ts';

const STATE = 'the-state-of-this-sign-in-0123456789abcdefgh';
let server: CallbackServer;
let result: CallbackResult | undefined;

beforeEach(async () => {
  result = undefined;
  server = await startCallbackServer(new Secret(STATE));
  const watch = async (started: CallbackServer): Promise<void> => {
    result = await started.result;
  };
  void watch(server);
});
afterEach(() => server.close('failed'));

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers: Record<string, unknown>;
}

function send(path: string, options: RequestOptions = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: server.port, path, ...options }, (incoming) => {
      let body = '';
      incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body, headers: incoming.headers }));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** Sends the true one and, once it is known, lets the server answer. */
async function sendTrue(page: 'signed-in' | 'failed' = 'signed-in', query = `code=abc&state=${STATE}`): Promise<Reply> {
  const reply = send(`/oauth/callback?${query}`);
  await server.result;
  server.close(page);
  return reply;
}

describe('the OAuth callback (R9, T14)', () => {
  test('the code that knows the state is taken', async () => {
    const reply = await sendTrue();
    expect(result).toMatchObject({ kind: 'code' });
    expect(result?.kind === 'code' && result.code.reveal()).toBe('abc');
    expect(reply.status).toBe(200);
    expect(reply.body).toContain('You are signed in');
  });

  test('a thousand forged requests, then the real one: the sign-in still succeeds', async () => {
    const forgeries = [
      '/oauth/callback',
      '/oauth/callback?code=forged',
      '/oauth/callback?code=forged&state=wrong',
      `/oauth/callback?code=forged&state=${STATE.slice(0, -1)}`,
      `/oauth/callback?code=forged&state=${STATE}&state=${STATE}`,
      `/oauth/callback?code=a&code=b&state=${STATE}`,
      `/oauth/callback?state=${STATE}`,
      `/oauth/callback?code=&state=${STATE}`,
      `/oauth/callback?code=a%0D%0AX:b&state=${STATE}`,
      '/oauth/callback?error=access_denied',
      '/oauth/callback?error=access_denied&state=wrong',
      `/oauth/callback/?code=forged&state=${STATE}`,
      `/oauth/callbackx?code=forged&state=${STATE}`,
      `//oauth/callback?code=forged&state=${STATE}`,
      `/x/../oauth/callback?code=forged&state=${STATE}`,
      `/oauth/callback#?code=forged&state=${STATE}`,
      '/',
      '/favicon.ico',
    ];
    for (let round = 0; round < 1_000; round += 40) {
      const replies = await Promise.all(
        Array.from({ length: 40 }, (_, index) => send(forgeries[(round + index) % forgeries.length] ?? '/')),
      );
      expect(replies.every((reply) => reply.status === 404)).toBe(true);
    }
    expect(result).toBeUndefined();
    await sendTrue();
    expect(result?.kind).toBe('code');
  });

  test.each(['POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE'])('%s is no callback', async (method) => {
    await send(`/oauth/callback?code=abc&state=${STATE}`, { method });
    expect(result).toBeUndefined();
  });

  test.each(['localhost', 'evil.test', '127.0.0.1', '127.0.0.1:1', '127.1', '[::1]'])(
    'a page reached by the host name %s is refused',
    async (host) => {
      await send(`/oauth/callback?code=abc&state=${STATE}`, { headers: { host } });
      expect(result).toBeUndefined();
    },
  );

  test('a denial that knows the state ends the sign-in; one that does not, does not', async () => {
    await send('/oauth/callback?error=access_denied&state=forged');
    expect(result).toBeUndefined();
    await sendTrue('failed', `error=access_denied&state=${STATE}`);
    expect(result).toEqual({ kind: 'denied' });
  });

  test('another error that knows the state is told, cleaned', async () => {
    await sendTrue('failed', `error=server%0A_error%1b&state=${STATE}`);
    expect(result).toEqual({ kind: 'failed', error: 'server _error' });
  });

  test('a second use of the right state is ignored', async () => {
    const first = send(`/oauth/callback?code=abc&state=${STATE}`);
    await server.result;
    const second = await send(`/oauth/callback?code=other&state=${STATE}`);
    expect(second.status).toBe(404);
    server.close('signed-in');
    expect((await first).status).toBe(200);
    expect(result?.kind === 'code' && result.code.reveal()).toBe('abc');
  });

  test('nothing of the request comes back, and the page runs and loads nothing', async () => {
    const reply = await send('/oauth/callback?code=<script>alert(1)</script>&state=<img/src=x>');
    expect(reply.body).not.toContain('script>');
    expect(reply.body).not.toContain('<img');
    expect(reply.body).toContain('color-scheme:light dark');
    expect(reply.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'; base-uri 'none'/,
    );
    expect(reply.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(reply.headers['set-cookie']).toBeUndefined();
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('it listens on 127.0.0.1 and nowhere else', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((address) => address !== undefined && address.family === 'IPv4' && !address.internal)
      .map((address) => address?.address ?? '');
    for (const host of ['::1', '127.0.0.2', ...others]) {
      const refused = new Promise((resolve) => {
        const socket = connect({ host, port: server.port }, () => {
          socket.destroy();
          resolve('connected');
        });
        socket.on('error', () => resolve('refused'));
      });
      expect(await refused, host).toBe('refused');
    }
  });

  test('after its end nobody listens, and connections that idle are cut', async () => {
    const idle = connect({ host: '127.0.0.1', port: server.port });
    const cut = new Promise((resolve) => {
      idle.on('error', resolve);
      idle.on('close', resolve);
    });
    await new Promise((resolve) => idle.once('connect', resolve));
    await sendTrue();
    await cut;
    await expect(send('/')).rejects.toThrow(/ECONNREFUSED/);
  });

  test('a port in use is an error, not another port', async () => {
    await expect(startCallbackServer(new Secret('x'), server.port)).rejects.toThrow(/EADDRINUSE/);
  });
});
