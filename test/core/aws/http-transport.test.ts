import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  AwsTimeoutError,
  AwsUnavailableError,
  CaBundleError,
  ClockWrongError,
  MalformedReplyError,
  OfflineError,
  ProxyFailedError,
  UntrustedCertificateError,
} from '../../../src/core/aws/aws-errors.ts';
import { createHttpTransport, type HttpTransportOptions } from '../../../src/core/aws/http-transport.ts';
import { networkError } from '../../../src/core/aws/network-errors.ts';
import { createTrust } from '../../../src/core/aws/trust.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { fastestMs } from '../../helpers/fastest.ts';
import { scriptedServer, type ScriptedReply } from '../../helpers/scripted-server.ts';
import { testAuthority, type TestAuthority } from '../../helpers/test-authority.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

function transport(options: Partial<HttpTransportOptions> = {}) {
  const made = createHttpTransport({ env: {}, clock: systemClock(), ...options });
  closers.push(() => made.close());
  return made;
}

async function serverWith(reply: ScriptedReply) {
  const server = await scriptedServer(() => reply);
  closers.push(() => server.close());
  return server;
}

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closers.push(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const get = (url: string) => ({ method: 'GET', url: new URL(url), headers: {} });

describe('limits', () => {
  const limits = { connectMs: 60, totalMs: 150, bodyBytes: 10_000 };

  test('a reply that never starts ends at the total limit', async () => {
    const { url } = await serverWith(() => undefined);
    const error = await transport({ limits })
      .send(get(url))
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AwsTimeoutError);
    expect(error).toMatchObject({ phase: 'total', code: 'aws-unavailable' });
  });

  test('a body that drips for minutes ends at the total limit', async () => {
    const { url } = await serverWith((response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(timer));
    });
    const started = Date.now();
    await expect(transport({ limits }).send(get(url))).rejects.toMatchObject({ phase: 'total' });
    expect(Date.now() - started).toBeLessThan(1_000);
  });

  test('a connection that does not come up ends at the connect limit', async () => {
    const port = await listen(createTcpServer(() => undefined));
    await expect(transport({ limits }).send(get(`https://127.0.0.1:${port}/`))).rejects.toMatchObject({
      phase: 'connect',
    });
  });

  test('a body over the limit is refused while it comes in', async () => {
    const { url } = await serverWith({ text: 'x'.repeat(10_001) });
    await expect(transport({ limits }).send(get(url))).rejects.toThrow(MalformedReplyError);
    const fits = await serverWith({ text: 'x'.repeat(10_000) });
    await expect(transport({ limits }).send(get(fits.url))).resolves.toMatchObject({ status: 200 });
  });

  test('a gzip bomb is refused, a small gzip body read', async () => {
    const bomb = await serverWith({
      text: gzipSync(Buffer.alloc(50_000_000)).subarray(0),
      headers: { 'content-encoding': 'gzip' },
    });
    await expect(transport().send(get(bomb.url))).rejects.toThrow(/after decompression/);
    const small = await serverWith({ text: gzipSync('hello'), headers: { 'content-encoding': 'gzip' } });
    const reply = await transport().send(get(small.url));
    expect(new TextDecoder().decode(reply.body)).toBe('hello');
  });

  test('headers of a megabyte are refused', async () => {
    const { url } = await serverWith({ headers: { 'x-long': 'y'.repeat(1_000_000) } });
    await expect(transport().send(get(url))).rejects.toThrow(MalformedReplyError);
  });

  test('cancelling works within 200 ms, before and during the body', async () => {
    const silent = await serverWith(() => undefined);
    const halfway = await serverWith((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
    });
    for (const { url } of [silent, halfway]) {
      const tookMs = await fastestMs(async () => {
        const controller = new AbortController();
        const pending = transport().send(get(url), { signal: controller.signal });
        setTimeout(() => controller.abort(new Error('the user said stop')), 50);
        await expect(pending).rejects.toThrow('the user said stop');
      });
      expect(tookMs).toBeLessThan(250);
    }
  });

  test('an already cancelled call sends nothing', async () => {
    const server = await serverWith({ text: 'hi' });
    await expect(transport().send(get(server.url), { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow(
      'no',
    );
    expect(server.seen).toHaveLength(0);
  });
});

describe('failures told apart', () => {
  test('nobody listens: offline', async () => {
    const port = await listen(createTcpServer());
    await Promise.all(closers.splice(0).map((close) => close()));
    await expect(transport().send(get(`http://127.0.0.1:${port}/`))).rejects.toThrow(OfflineError);
  });

  test('an unknown host: offline', async () => {
    await expect(transport().send(get('http://does-not-exist.invalid/'))).rejects.toThrow(OfflineError);
  });

  test('a connection reset, a cut body: AWS unavailable', async () => {
    const reset = await serverWith((response) => response.socket?.resetAndDestroy());
    await expect(transport().send(get(reset.url))).rejects.toThrow(AwsUnavailableError);
    const cut = await serverWith((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.socket?.destroy());
    });
    await expect(transport().send(get(cut.url))).rejects.toThrow(AwsUnavailableError);
  });

  test('something that is not HTTP: a malformed reply', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9\r\n')));
    await expect(transport().send(get(`http://127.0.0.1:${port}/`))).rejects.toThrow(MalformedReplyError);
  });

  test('a redirect is a reply, never followed', async () => {
    const other = await serverWith({ text: 'stolen' });
    const { url } = await serverWith({ status: 302, headers: { location: other.url } });
    const reply = await transport().send({ ...get(url), headers: { 'x-amz-sso_bearer_token': 'canary' } });
    expect(reply.status).toBe(302);
    expect(other.seen).toHaveLength(0);
  });

  test('a kept connection that died is replaced without an error', async () => {
    const server = await serverWith({ text: 'hi' });
    const one = transport();
    await one.send(get(server.url));
    server.server.closeAllConnections();
    await expect(one.send(get(server.url))).resolves.toMatchObject({ status: 200 });
  });
});

describe('certificates', () => {
  let authority: TestAuthority;
  beforeAll(async () => {
    authority = await testAuthority();
    return () => authority.remove();
  });

  async function tlsServer(hosts = ['127.0.0.1']): Promise<string> {
    const { certificate, key } = await authority.issue(hosts);
    const server = createHttpsServer({ cert: certificate, key }, (_request, response) => response.end('secure'));
    return `https://127.0.0.1:${await listen(server)}/`;
  }

  async function bundle(text = authority.certificate): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'rolecall-ca-'));
    closers.push(() => rm(folder, { recursive: true }));
    const file = join(folder, 'ca.pem');
    await writeFile(file, text);
    return file;
  }

  test('an unknown authority is refused, with what to do', async () => {
    const error = await transport()
      .send(get(await tlsServer()))
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(UntrustedCertificateError);
    expect((error as UntrustedCertificateError).hint).toContain('AWS_CA_BUNDLE');
  });

  test.each(['AWS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'])('%s adds an authority', async (variable) => {
    const reply = await transport({ env: { [variable]: await bundle() } }).send(get(await tlsServer()));
    expect(new TextDecoder().decode(reply.body)).toBe('secure');
  });

  test('a bundle that cannot be read is named, and read again once it is mended', async () => {
    const file = await bundle('not a certificate');
    const one = transport({ env: { AWS_CA_BUNDLE: file } });
    const url = await tlsServer();
    await expect(one.send(get(url))).rejects.toThrow(CaBundleError);
    await writeFile(file, authority.certificate);
    await expect(one.send(get(url))).resolves.toMatchObject({ status: 200 });
    await expect(transport({ env: { AWS_CA_BUNDLE: '/nonexistent' } }).send(get(url))).rejects.toThrow(/AWS_CA_BUNDLE/);
  });

  test("the system's authorities are tried when the usual ones do not know the issuer", async () => {
    const trust = createTrust({}, { readSystemRoots: () => [authority.certificate] });
    await expect(transport({ trust }).send(get(await tlsServer()))).resolves.toMatchObject({ status: 200 });
  });

  test('a certificate for another host is refused even when its authority is trusted', async () => {
    const env = { AWS_CA_BUNDLE: await bundle() };
    await expect(transport({ env }).send(get(await tlsServer(['other.example'])))).rejects.toThrow(/another host/);
  });

  test.each([
    ['CERT_NOT_YET_VALID', ClockWrongError],
    ['CERT_HAS_EXPIRED', UntrustedCertificateError],
    ['CERT_REVOKED', UntrustedCertificateError],
  ])('%s is explained', (code, expected) => {
    const error = Object.assign(new Error('tls'), { code });
    expect(networkError(error, 'oidc.us-east-1.amazonaws.com', undefined)).toBeInstanceOf(expected);
  });

  describe('through a proxy', () => {
    const seen: { target: string; authorization: string | undefined }[] = [];

    /** A CONNECT proxy that leads every host to `port`. */
    async function proxyTo(port: number, status = 200): Promise<number> {
      const { createServer } = await import('node:http');
      const proxy = createServer();
      proxy.on('connect', (request, socket: Socket) => {
        seen.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
        if (status !== 200) {
          socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
          return;
        }
        const upstream = connect(port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          socket.pipe(upstream).pipe(socket);
        });
        upstream.on('error', () => socket.destroy());
        socket.on('error', () => upstream.destroy());
        socket.on('close', () => upstream.destroy());
      });
      return listen(proxy);
    }

    test('HTTPS_PROXY is used for AWS hosts, with the user’s authorities inside the tunnel', async () => {
      const origin = new URL(await tlsServer(['oidc.us-east-1.amazonaws.com']));
      const port = await proxyTo(Number(origin.port));
      const env = { HTTPS_PROXY: `http://user:p%40ss@127.0.0.1:${port}`, AWS_CA_BUNDLE: await bundle() };
      seen.length = 0;
      const one = transport({ env });
      const [first, second] = await Promise.all([
        one.send(get('https://oidc.us-east-1.amazonaws.com/a')),
        one.send(get('https://oidc.us-east-1.amazonaws.com/b')),
      ]);
      expect([first.status, second.status]).toEqual([200, 200]);
      expect(seen[0]).toEqual({
        target: 'oidc.us-east-1.amazonaws.com:443',
        authorization: `Basic ${Buffer.from('user:p@ss').toString('base64')}`,
      });
    });

    test('a proxy that wants a password, and one that refuses, are told apart; its password is not shown', async () => {
      for (const [status, text] of [
        [407, 'asks for a user name and password'],
        [403, 'does not connect to AWS (HTTP 403)'],
      ] as const) {
        const env = { HTTPS_PROXY: `http://user:hidden@127.0.0.1:${await proxyTo(1, status)}` };
        const error = await transport({ env })
          .send(get('https://oidc.us-east-1.amazonaws.com/'))
          .catch((e: unknown) => e);
        expect(error).toBeInstanceOf(ProxyFailedError);
        expect(String(error)).toContain(text);
        expect(String(error)).not.toContain('hidden');
      }
    });

    test('a proxy that is not there is the proxy’s fault, not the network’s', async () => {
      const port = await listen(createTcpServer());
      await Promise.all(closers.splice(0).map((close) => close()));
      const env = { HTTPS_PROXY: `http://127.0.0.1:${port}` };
      await expect(transport({ env }).send(get('https://oidc.us-east-1.amazonaws.com/'))).rejects.toThrow(
        ProxyFailedError,
      );
    });

    test('a proxy that hangs ends at the connect limit and its socket is closed', async () => {
      const sockets: Socket[] = [];
      const port = await listen(createTcpServer((socket) => void sockets.push(socket.resume())));
      const env = { HTTPS_PROXY: `http://127.0.0.1:${port}` };
      const limits = { connectMs: 60, totalMs: 500, bodyBytes: 1_000 };
      await expect(transport({ env, limits }).send(get('https://oidc.us-east-1.amazonaws.com/'))).rejects.toMatchObject(
        { phase: 'connect' },
      );
      await expect
        .poll(() => sockets.length > 0 && sockets.every((socket) => socket.readableEnded || socket.destroyed))
        .toBe(true);
    });

    test('HTTP_PROXY carries plain requests to configured endpoints', async () => {
      const proxy = await serverWith({ text: 'via proxy' });
      const reply = await transport({ env: { HTTP_PROXY: proxy.url } }).send(get('http://gateway.example/path?q=1'));
      expect(new TextDecoder().decode(reply.body)).toBe('via proxy');
      expect(proxy.seen[0]?.headers.host).toBe('gateway.example');
    });
  });
});
