import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { fromHttp } from '@aws-sdk/credential-providers';
import { NotFoundError } from '../../../../src/core/model/errors.ts';
import { Secret } from '../../../../src/core/model/secret.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { openContainerEndpoint, type ContainerEndpoint } from '../../../../src/core/session/exec/container-endpoint.ts';

const CREDENTIALS = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: new Secret('the-secret-key'),
  sessionToken: new Secret('the-session-token'),
  expiresAt: new Date('2099-01-01T00:00:00Z'),
};

let endpoint: ContainerEndpoint;
let calls = 0;

beforeEach(async () => {
  calls = 0;
  endpoint = await openContainerEndpoint(async () => {
    calls += 1;
    return CREDENTIALS;
  }, new FakeClock());
});
afterEach(() => endpoint.close());

/** Sends exact bytes, since an HTTP client would mend the headers, and returns all that comes back. */
function raw(head: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(endpoint.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    socket.on('error', reject);
    socket.end(`${head.join('\r\n')}\r\n\r\n`);
  });
}

function request(headers: Readonly<Record<string, string>>, line = 'GET /v1/credentials HTTP/1.1'): Promise<string> {
  const all = {
    Host: `127.0.0.1:${endpoint.port}`,
    Authorization: endpoint.token.reveal(),
    Connection: 'close',
    ...headers,
  };
  return raw([line, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`)]);
}

describe('openContainerEndpoint', () => {
  test('serves the JS SDK as a container would, anew on every request', async () => {
    const provider = fromHttp({
      awsContainerCredentialsFullUri: endpoint.url,
      awsContainerAuthorizationToken: endpoint.token.reveal(),
    });
    expect(await provider()).toMatchObject({
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'the-secret-key',
      sessionToken: 'the-session-token',
    });
    await provider();
    expect(calls).toBe(2);
  });

  test('the exact request is answered', async () => {
    expect(await request({})).toMatch(/^HTTP\/1\.1 200 .*the-secret-key/s);
  });

  test.each([
    ['no token', { Authorization: '' }],
    ['a wrong token', { Authorization: 'x'.repeat(43) }],
    ['localhost', { Host: 'localhost:PORT' }],
    ['another host', { Host: 'evil.test:PORT' }],
    ['a host that begins alike', { Host: '127.0.0.1:PORT.evil.test' }],
    ['a short address', { Host: '127.1:PORT' }],
    ['IPv6', { Host: '[::1]:PORT' }],
    ['no port', { Host: '127.0.0.1' }],
    ['an Origin', { Origin: 'http://127.0.0.1:PORT' }],
    ['a null Origin', { Origin: 'null' }],
    ['a browser', { 'Sec-Fetch-Site': 'none' }],
  ])('%s is refused without asking for credentials', async (_, headers) => {
    const filled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(endpoint.port))]),
    );
    const reply = await request(filled);
    expect(reply).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(reply).not.toContain('the-secret-key');
    expect(calls).toBe(0);
  });

  test.each([
    'POST /v1/credentials HTTP/1.1',
    'GET /other HTTP/1.1',
    'GET /v1/credentials?x=1 HTTP/1.1',
    'GET http://evil.test/v1/credentials HTTP/1.1',
  ])('%s is refused', async (line) => {
    expect(await request({}, line)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(calls).toBe(0);
  });

  test('two Hosts, or none, are refused', async () => {
    const host = `Host: 127.0.0.1:${endpoint.port}`;
    const authorization = `Authorization: ${endpoint.token.reveal()}`;
    expect(await raw(['GET /v1/credentials HTTP/1.1', host, host, authorization])).not.toContain('the-secret-key');
    expect(await raw(['GET /v1/credentials HTTP/1.0', authorization])).not.toContain('the-secret-key');
  });

  test('where credentials cannot be had the program is told why, in words', async () => {
    const failing = await openContainerEndpoint(async () => {
      throw new NotFoundError('Gone.', 'Sign in.');
    }, new FakeClock());
    const reply = await fetch(failing.url, { headers: { authorization: failing.token.reveal() } }).catch(
      () => undefined,
    );
    // Node's fetch sends Sec-Fetch-Mode and is refused like a browser: so ask as SDKs do.
    expect(reply?.status).toBe(403);
    await expect(
      fromHttp({
        awsContainerCredentialsFullUri: failing.url,
        awsContainerAuthorizationToken: failing.token.reveal(),
        maxRetries: 0,
      })(),
    ).rejects.toThrow(/Gone\.|503/);
    await failing.close();
  });

  describe('while somebody has to be asked', () => {
    /** An endpoint whose credentials come when told, and what has arrived of its reply. */
    async function waiting() {
      const clock = new FakeClock();
      const told: { resolve?: (credentials: typeof CREDENTIALS) => void; reject?: (error: Error) => void } = {};
      const source = () =>
        new Promise<typeof CREDENTIALS>((resolve, reject) => Object.assign(told, { resolve, reject }));
      const slow = await openContainerEndpoint(source, clock);
      onTestFinished(() => slow.close());
      const arrived = { text: '', ended: false };
      const socket = connect(slow.port, '127.0.0.1');
      socket.on('data', (piece) => (arrived.text += piece.toString()));
      socket.on('close', () => (arrived.ended = true));
      socket.on('error', () => undefined);
      const head = `GET /v1/credentials HTTP/1.1\r\nHost: 127.0.0.1:${slow.port}\r\nAuthorization: ${slow.token.reveal()}`;
      socket.write(`${head}\r\n\r\n`);
      await expect.poll(() => clock.pending).toBe(1);
      return { clock, told, arrived };
    }

    test('the program gets a blank each second, and then the credentials in the same reply', async () => {
      const { clock, told, arrived } = await waiting();
      await clock.advance(999);
      expect(arrived.text).toBe('');
      await clock.advance(1);
      await expect.poll(() => arrived.text).toMatch(/^HTTP\/1\.1 200 .*\r\n1\r\n \r\n$/s);
      await clock.advance(1000);
      await expect.poll(() => arrived.text).toMatch(/(?:1\r\n \r\n){2}$/);
      told.resolve?.(CREDENTIALS);
      await expect.poll(() => arrived.text).toContain('the-secret-key');
      expect(clock.pending).toBe(0);
    });

    test('a refusal after that cuts the reply, which SDKs take for a reason to ask again', async () => {
      const { clock, told, arrived } = await waiting();
      await clock.advance(1000);
      told.reject?.(new NotFoundError('Gone.', 'Sign in.'));
      await expect.poll(() => arrived.ended).toBe(true);
      expect(arrived.text).not.toContain('Gone.');
      expect(arrived.text).not.toMatch(/0\r\n\r\n$/);
      expect(clock.pending).toBe(0);
    });
  });

  test('listens on 127.0.0.1 alone, and a taken port is a clear error', async () => {
    await expect(openContainerEndpoint(async () => CREDENTIALS, new FakeClock(), endpoint.port)).rejects.toMatchObject({
      code: 'bad-input',
    });
  });
});
