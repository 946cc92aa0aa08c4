import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ssoTokenCacheName } from '../../src/core/files/sso-token-cache.ts';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { missingProgram, startSession, type DesktopSession } from '../core/secrets/desktop-session.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { run, temporaryHome } from '../helpers/sandbox-programs.ts';
import { startSandbox } from '../helpers/sandbox.ts';
import { testAuthority } from '../helpers/test-authority.ts';

const START = 'https://corp.awsapps.com/start';
const PAST = '2020-01-01T00:00:00Z';
const FUTURE = '2099-01-01T00:00:00Z';
const SECTION = `[sso-session corp]\nsso_start_url = ${START}\nsso_region = eu-central-1\nsso_registration_scopes = sso:account:access\n`;
const KEY = 'aws_access_key_id = AKIAEXAMPLEEXAMPLE00\naws_secret_access_key = canary-secret\n';
const TOKEN = {
  startUrl: START,
  region: 'eu-central-1',
  accessToken: 'canary-token',
  expiresAt: FUTURE,
  refreshToken: 'canary-token',
  clientId: 'id',
  clientSecret: 'canary-secret',
  registrationExpiresAt: FUTURE,
};

/** What a machine has that is wrong, and what has to be said of it, by the code that scripts go by. */
interface Trouble {
  readonly what: string;
  readonly config?: string;
  readonly credentials?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What else is made in the home folder; gives more of the environment. */
  readonly prepare?: (home: string) => Promise<Readonly<Record<string, string>> | void>;
  /** AWS's hosts are asked. */
  readonly online?: boolean;
  readonly told: readonly Told[];
}

interface Told {
  readonly code: string;
  readonly line?: number;
  readonly canFix?: boolean;
}

/** Files of the AWS CLI's token cache. */
const cached = (files: Readonly<Record<string, unknown>>) => async (home: string) => {
  const folder = join(home, '.aws', 'sso', 'cache');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, value] of Object.entries(files)) {
    await writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value), { mode: 0o600 });
  }
};

const modes =
  (mode: number, ...names: string[]) =>
  async (home: string) => {
    for (const name of names) {
      await chmod(join(home, '.aws', name), mode);
    }
  };

async function portOf(server: { listen(port: number, host: string, done: () => void): unknown; address(): unknown }) {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function closedPort(): Promise<number> {
  const server = createTcpServer();
  const port = await portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A proxy that lets nobody through. */
async function refusingProxy(): Promise<string> {
  const proxy = createServer();
  proxy.on('connect', (_request, socket) => socket.end('HTTP/1.1 403 No\r\n\r\n'));
  onTestFinished(() => void proxy.close());
  return `http://127.0.0.1:${await portOf(proxy)}`;
}

/** AWS behind a proxy with an authority of its own, which only the given variables name. */
async function behindProxy(...trusting: string[]): Promise<Record<string, string>> {
  const sandbox = await startSandbox();
  const { AWS_CA_BUNDLE, NODE_EXTRA_CA_CERTS, ...env } = await sandbox.proxyEnv();
  const bundle = AWS_CA_BUNDLE ?? NODE_EXTRA_CA_CERTS ?? '';
  return { ...env, ...Object.fromEntries(trusting.map((name) => [name, bundle])) };
}

async function bundleOfAnother(home: string): Promise<string> {
  const authority = await testAuthority();
  onTestFinished(() => authority.remove());
  const file = join(home, 'other.pem');
  await writeFile(file, authority.certificate);
  return file;
}

const TROUBLES: readonly Trouble[] = [
  {
    what: 'files that cannot be read',
    config: `${SECTION}[profile a]\nregion = x\nregion = y\n[profile b]\nno value\n`,
    credentials: `\uFEFF[one]\n${KEY}`,
    told: [
      { code: 'duplicate-key', line: 7, canFix: true },
      { code: 'line-without-value', line: 9, canFix: true },
      { code: 'byte-order-mark', canFix: true },
    ],
  },
  {
    what: 'names that only some tools see',
    config: `${SECTION}[bare]\nregion = eu-west-1\n[profile with space]\nregion = eu-west-1\n`,
    credentials: `[profile wrong]\n${KEY}`,
    told: [
      { code: 'prefix-missing', line: 5, canFix: true },
      { code: 'section-ignored', line: 7 },
      { code: 'prefix-in-credentials-file', line: 1, canFix: true },
    ],
  },
  {
    what: 'what hides what',
    config: `${SECTION}[profile both]\nregion = eu-west-1\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n`,
    credentials: `[both]\n${KEY}region = us-east-1\naws_security_token = old\n`,
    env: {
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE01',
      AWS_SECRET_ACCESS_KEY: 'canary-secret',
      AWS_SECURITY_TOKEN: 'canary-token',
      AWS_PROFILE: 'gone',
      AWS_DEFAULT_PROFILE: 'both',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'us-east-1',
    },
    told: [
      { code: 'key-shadowed' },
      { code: 'static-key-shadows' },
      { code: 'security-token-shadows', line: 5 },
      { code: 'environment-long-term-key' },
      { code: 'environment-security-token' },
      { code: 'environment-profile-missing' },
      { code: 'environment-profiles-differ' },
      { code: 'environment-regions-differ' },
    ],
  },
  {
    what: 'half of what a key takes, and variables that lead nowhere',
    env: {
      AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEEXAMPLE01',
      AWS_SECRET_ACCESS_KEY: 'canary-secret',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
      AWS_ENDPOINT_URL_STS: 'nonsense',
      HTTPS_PROXY: 'ftp://x y',
    },
    told: [
      { code: 'environment-keys' },
      { code: 'environment-token-missing' },
      { code: 'environment-file-missing' },
      { code: 'environment-endpoint-broken' },
      { code: 'environment-proxy' },
    ],
  },
  {
    what: 'caches that are stale',
    config: SECTION,
    prepare: cached({
      [ssoTokenCacheName('corp')]: { ...TOKEN, expiresAt: PAST, refreshToken: undefined },
      'broken.json': '{"startUrl": "https',
      'left.json': { clientId: 'id', clientSecret: 'canary-secret', expiresAt: PAST },
    }),
    told: [
      { code: 'cache-expired' },
      { code: 'cache-broken', canFix: true },
      { code: 'cache-left-over', canFix: true },
    ],
  },
  {
    what: 'a client registration that ended',
    config: SECTION,
    prepare: cached({ [ssoTokenCacheName('corp')]: { ...TOKEN, registrationExpiresAt: PAST } }),
    told: [{ code: 'registration-expired' }],
  },
  {
    what: 'a token of another portal',
    config: SECTION,
    prepare: cached({ [ssoTokenCacheName('corp')]: { ...TOKEN, startUrl: 'https://other.awsapps.com/start' } }),
    told: [{ code: 'cache-other-portal' }],
  },
  {
    what: 'files that others can read',
    config: SECTION,
    credentials: `[one]\n${KEY}`,
    prepare: modes(0o644, 'credentials'),
    told: [{ code: 'mode-secret-readable', canFix: true }],
  },
  {
    what: 'files that others can write',
    config: SECTION,
    credentials: `[one]\n${KEY}`,
    prepare: modes(0o622, 'credentials', 'config'),
    told: [
      { code: 'mode-secret-writable', canFix: true },
      { code: 'mode-config-writable', canFix: true },
    ],
  },
  {
    what: 'a helper that is gone',
    config:
      '[profile served]\nregion = eu-west-1\ncredential_process = /nowhere/bin/rolecall credentials --profile x\n',
    told: [{ code: 'helper-stale', canFix: true }],
  },
  {
    what: 'no keyring',
    prepare: async () => ({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' }),
    told: [{ code: 'secret-store-missing' }],
  },
  {
    what: 'a proxy that is not there',
    online: true,
    prepare: async () => ({ HTTPS_PROXY: `http://127.0.0.1:${await closedPort()}` }),
    told: [{ code: 'proxy-refused' }],
  },
  {
    what: 'a proxy whose name nobody knows',
    online: true,
    env: { HTTPS_PROXY: 'http://proxy.invalid:3128' },
    told: [{ code: 'proxy-name' }],
  },
  {
    what: 'a proxy that lets nobody through',
    online: true,
    prepare: async () => ({ HTTPS_PROXY: await refusingProxy() }),
    told: [{ code: 'proxy-says-no' }],
  },
  {
    what: 'an endpoint where nothing listens',
    online: true,
    prepare: async () => ({ AWS_ENDPOINT_URL: `http://127.0.0.1:${await closedPort()}` }),
    told: [{ code: 'network-refused' }, { code: 'environment-endpoint' }],
  },
  {
    what: 'an endpoint whose name nobody knows',
    online: true,
    env: { AWS_ENDPOINT_URL: 'http://aws.invalid' },
    told: [{ code: 'network-name' }],
  },
  {
    what: 'a network that inspects, with an authority nobody is told of',
    online: true,
    prepare: () => behindProxy(),
    told: [{ code: 'network-certificate' }],
  },
  {
    what: 'the wrong authority',
    online: true,
    prepare: async (home) => ({
      ...(await behindProxy('NODE_EXTRA_CA_CERTS')),
      NODE_EXTRA_CA_CERTS: await bundleOfAnother(home),
    }),
    told: [{ code: 'network-certificate' }, { code: 'trust-missing-for-python' }],
  },
  {
    what: 'an authority that only one family of tools is told of',
    online: true,
    prepare: () => behindProxy('AWS_CA_BUNDLE'),
    told: [{ code: 'trust-missing-for-js' }],
  },
  {
    what: 'files of authorities that are not there',
    env: {
      AWS_CA_BUNDLE: '/nowhere/a.pem',
      REQUESTS_CA_BUNDLE: '/nowhere/b.pem',
      NODE_EXTRA_CA_CERTS: '/nowhere/c.pem',
    },
    told: [
      { code: 'trust-aws-ca-bundle' },
      { code: 'trust-requests-ca-bundle' },
      { code: 'trust-node-extra-ca-certs' },
    ],
  },
  {
    what: 'a clock that is wrong',
    online: true,
    prepare: async () => {
      const sandbox = await startSandbox();
      sandbox.faults.clockSkewMs = 20 * 60_000;
      return sandbox.env();
    },
    told: [{ code: 'clock' }],
  },
];

interface Finding extends Told {
  readonly severity: string;
  readonly title: string;
  readonly why: string;
  readonly hint: string;
}

async function look(home: string, env: Readonly<Record<string, string>>, online = false): Promise<readonly Finding[]> {
  const machine = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', HOME: home, ROLECALL_HOME: join(home, '.rolecall') };
  const words = [process.execPath, ROLECALL, 'doctor', '--json', ...(online ? [] : ['--offline'])];
  const { code, stdout, stderr } = await run(words, { ...machine, ...env });
  expect(stderr.replaceAll(/^Warning: Ignoring extra certs.*\n/gm, '')).toBe('');
  expect(stdout).not.toMatch(/canary[-/]/);
  const { findings } = JSON.parse(stdout) as { findings: readonly Finding[] };
  expect(code).toBe(findings.some(({ severity }) => severity === 'error') ? 1 : 0);
  return findings;
}

function expectTold(findings: readonly Finding[], told: readonly Told[]): void {
  for (const { code, line, canFix = false } of told) {
    const found = findings.find((finding) => finding.code === code);
    expect(found, `${code} among ${findings.map((finding) => finding.code).join(', ')}`).toBeDefined();
    expect(found).toMatchObject({ canFix, ...(line === undefined ? {} : { line }) });
    expect(found).toMatchObject({
      title: expect.stringMatching(/^\S/) as string,
      why: expect.stringMatching(/\S.*\.$/s) as string,
      hint: expect.stringMatching(/\S.*[.)]$/s) as string,
      severity: expect.stringMatching(/^(?:error|warning|info)$/) as string,
    });
  }
}

test.each(TROUBLES)(
  '"rolecall doctor --json" tells $what',
  async ({ config, credentials, env, prepare, online, told }) => {
    const files = { ...(config !== undefined && { config }), ...(credentials !== undefined && { credentials }) };
    const home = await temporaryHome(files);
    const more = (await prepare?.(home)) ?? {};
    expectTold(await look(home, { ...env, ...more }, online), told);
  },
);

test('"rolecall doctor --json" tells a keyring that is locked', async (context) => {
  const missing = missingProgram(['dbus-run-session', 'gnome-keyring-daemon', 'dbus-send']);
  if (missing !== undefined) {
    context.skip(missing);
  }
  const home = await temporaryHome();
  const before = await startSession({ home: join(home, 'session'), keyring: 'unlocked' });
  const words = [process.execPath, ROLECALL, 'keys', 'add', 'robot', '--region', 'eu-west-1'];
  const machine = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', HOME: home, ROLECALL_HOME: join(home, '.rolecall') };
  const { accessKeyId, secretAccessKey } = DEMO.users.assumeOnly;
  const env = { ...machine, ...(await startSandbox()).env(), ...busOf(before) };
  const added = await run(words, env, { stdin: `${accessKeyId}\n${secretAccessKey}\n` });
  expect(added).toMatchObject({ code: 0, stderr: '' });
  await before.stop();
  const session = await startSession({ home: join(home, 'session'), keyring: 'locked' });
  onTestFinished(() => session.stop());
  expectTold(await look(home, busOf(session)), [{ code: 'secret-store-locked' }]);
});

function busOf({ env }: DesktopSession): Record<string, string> {
  const { DBUS_SESSION_BUS_ADDRESS: bus = '', XDG_RUNTIME_DIR: runtime = '' } = env;
  return { DBUS_SESSION_BUS_ADDRESS: bus, XDG_RUNTIME_DIR: runtime };
}
