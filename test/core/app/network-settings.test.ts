import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAwsNetwork, type AwsNetwork } from '../../../src/core/aws/client-config.ts';
import { egressOf, forgetProxySignIn, keepProxySignIn } from '../../../src/core/app/network-settings.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { secretNameKey, type SecretName } from '../../../src/core/secrets/secret-name.ts';
import { testConnection } from '../../../src/core/session/doctor/test-connection.ts';
import { DEFAULT_SETTINGS, SettingsSchema, type Settings } from '../../../src/shared/settings.ts';
import * as v from 'valibot';
import { startSandbox } from '../../helpers/sandbox.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';
import { testAuthority } from '../../helpers/test-authority.ts';

const NEVER = new AbortController().signal;
const NO_PROFILES = { profiles: [], ssoSessions: [], problems: [] };

/** Secrets in memory. */
function memorySecrets() {
  const kept = new Map<string, Secret>();
  return {
    kept,
    get: async (name: SecretName) => kept.get(secretNameKey(name)),
    set: async (name: SecretName, secret: Secret) => void kept.set(secretNameKey(name), secret),
    delete: async (name: SecretName) => void kept.delete(secretNameKey(name)),
  };
}

/** A network that goes by settings the test changes. */
function networkBy(changes: Partial<Settings>, env: Record<string, string> = {}) {
  const now = { settings: { ...DEFAULT_SETTINGS, ...changes } };
  const secrets = memorySecrets();
  const network = createAwsNetwork({ env, clock: systemClock(), egress: egressOf(() => now.settings, secrets) });
  onTestFinished(() => network.transport.close());
  const set = (more: Partial<Settings>): void => {
    now.settings = { ...now.settings, ...more };
  };
  return { network, secrets, now, set };
}

function check(network: AwsNetwork) {
  return testConnection(network, NO_PROFILES, NEVER);
}

/** A proxy that wants this user name and password, and says no to all else. */
async function askingProxy(accepted: string): Promise<{ readonly url: string; readonly seen: string[] }> {
  const seen: string[] = [];
  const server = createServer();
  server.on('connect', (request, socket: Socket) => {
    const given = request.headers['proxy-authorization'] ?? '';
    seen.push(given);
    const isRight = given === `Basic ${Buffer.from(accepted).toString('base64')}`;
    socket.end(`HTTP/1.1 ${isRight ? '403 No' : '407 Who'}\r\ncontent-length: 0\r\n\r\n`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

describe('a proxy with an authority of its own, by the settings alone', () => {
  test('is used, and its certificates are trusted', async () => {
    const sandbox = await startSandbox();
    const { HTTPS_PROXY = '', AWS_CA_BUNDLE = '' } = await sandbox.proxyEnv();
    const { network } = networkBy({ proxyMode: 'manual', proxyUrl: HTTPS_PROXY, caBundleFile: AWS_CA_BUNDLE });
    expect(await check(network)).toEqual({
      hosts: ['sts.us-east-1.amazonaws.com'],
      proxies: [new URL(HTTPS_PROXY).host],
      findings: [],
    });
  });

  test('counts from the moment it is set, with no new start', async () => {
    const sandbox = await startSandbox();
    const { HTTPS_PROXY = '', AWS_CA_BUNDLE = '' } = await sandbox.proxyEnv();
    const { network, set } = networkBy({ proxyMode: 'manual', proxyUrl: HTTPS_PROXY });
    const before = await check(network);
    expect(before.findings[0]?.title).toMatch(/certificate of sts.*authority this machine does not know/);
    expect(before.findings[0]?.hint).toMatch(/settings/);
    set({ caBundleFile: AWS_CA_BUNDLE });
    expect((await check(network)).findings).toEqual([]);
  });

  test('wins over a proxy of the environment that is not there', async () => {
    const sandbox = await startSandbox();
    const { HTTPS_PROXY = '', AWS_CA_BUNDLE = '' } = await sandbox.proxyEnv();
    const env = { HTTPS_PROXY: 'http://127.0.0.1:9', AWS_CA_BUNDLE };
    const { network, set } = networkBy({ proxyMode: 'environment' }, env);
    expect((await check(network)).proxies).toEqual(['127.0.0.1:9']);
    set({ proxyMode: 'manual', proxyUrl: HTTPS_PROXY });
    expect((await check(network)).findings).toEqual([]);
  });

  test('a file of authorities that was corrected is read again', async () => {
    const sandbox = await startSandbox();
    const { HTTPS_PROXY = '', AWS_CA_BUNDLE = '' } = await sandbox.proxyEnv();
    const file = join(await scratchFolder(), 'ca.pem');
    const { network } = networkBy({ proxyMode: 'manual', proxyUrl: HTTPS_PROXY, caBundleFile: file });
    expect((await check(network)).findings[0]?.title).toMatch(/ca\.pem \(named by the settings\) cannot be read/);
    const stranger = await testAuthority();
    onTestFinished(() => stranger.remove());
    await writeFile(file, stranger.certificate);
    expect((await check(network)).findings[0]?.title).toMatch(/authority this machine does not know/);
    const { readFile, utimes } = await import('node:fs/promises');
    await writeFile(file, await readFile(AWS_CA_BUNDLE));
    await utimes(file, new Date(), new Date(Date.now() + 5_000));
    expect((await check(network)).findings).toEqual([]);
  });
});

describe('a proxy that asks who one is', () => {
  test('gets the user name and password from the secret store; settings and messages hold neither', async () => {
    const proxy = await askingProxy('anna:p@ss/wörd');
    const { network, secrets, now, set } = networkBy({ proxyMode: 'manual', proxyUrl: proxy.url });
    expect((await check(network)).findings[0]?.title).toMatch(/asks for a user name and password/);
    await keepProxySignIn(now.settings, secrets, { user: 'anna', password: new Secret('p@ss/wörd') });
    set({ proxySignsIn: true });
    const { findings, proxies } = await check(network);
    expect(findings[0]?.title).toMatch(/does not connect to AWS \(HTTP 403\)/);
    expect(JSON.stringify({ findings, proxies, settings: now.settings })).not.toMatch(/anna|wörd/);
    await forgetProxySignIn(now.settings, secrets);
    expect((await check(network)).findings[0]?.title).toMatch(/asks for a user name and password/);
  });

  test('and another proxy that is set later does not get them', async () => {
    const [first, second] = [await askingProxy('anna:secret'), await askingProxy('anna:secret')];
    const { network, secrets, now, set } = networkBy({ proxyMode: 'manual', proxyUrl: first.url, proxySignsIn: true });
    await keepProxySignIn(now.settings, secrets, { user: 'anna', password: new Secret('secret') });
    set({ proxyUrl: second.url });
    await check(network);
    expect(second.seen).toEqual(['']);
  });

  test('nothing is kept where no proxy is set', async () => {
    const { secrets, now } = networkBy({});
    const signIn = { user: 'anna', password: new Secret('secret') };
    await expect(keepProxySignIn(now.settings, secrets, signIn)).rejects.toThrow('no proxy');
    expect(secrets.kept.size).toBe(0);
  });
});

test.each([
  ['proxyUrl', 'http://user:password@proxy.example:3128'],
  ['proxyUrl', 'ftp://proxy.example'],
  ['proxyUrl', 'http://proxy.example/path'],
  ['proxyUrl', 'http://proxy.example\nHost: x'],
  ['noProxy', 'a\nb'],
  ['caBundleFile', 'relative/ca.pem'],
  ['caBundleFile', '/ca\u0000.pem'],
])('%s is not set to %j', (name, value) => {
  expect(v.safeParse(SettingsSchema, { [name]: value }).success).toBe(false);
});

test.each([
  ['proxyUrl', ''],
  ['proxyUrl', 'http://proxy.corp.example:3128'],
  ['proxyUrl', 'https://[fd00::1]:8443/'],
  ['noProxy', 'localhost, .corp.example,10.0.0.1:8080'],
  ['caBundleFile', '/etc/ssl/certs/corp.pem'],
  ['caBundleFile', String.raw`C:\certs\corp root.pem`],
  ['caBundleFile', String.raw`\\server\share\corp.pem`],
])('%s may be %j', (name, value) => {
  expect(v.safeParse(SettingsSchema, { [name]: value }).success).toBe(true);
});
