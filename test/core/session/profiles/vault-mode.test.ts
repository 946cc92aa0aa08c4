import { writeFileSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withFileLock } from '../../../../src/core/files/file-lock.ts';
import { ssoTokenCacheName } from '../../../../src/core/files/sso-token-cache.ts';
import { ssoRoleCacheName } from '../../../../src/core/files/cli-cache.ts';
import { systemClock } from '../../../../src/core/model/clock.ts';
import { Secret } from '../../../../src/core/model/secret.ts';
import { MemoryStore } from '../../../../src/core/secrets/memory-store.ts';
import type { SecretStore } from '../../../../src/core/secrets/secret-store.ts';
import { planChain } from '../../../../src/core/session/resolve/plan-chain.ts';
import { profileFiles } from '../../../../src/core/session/profiles/profile-files.ts';
import { VaultMode } from '../../../../src/core/session/profiles/vault-mode.ts';
import { VaultSessions } from '../../../../src/core/session/profiles/vault-sessions.ts';
import { DEBIAN_PYTHON, debianClientsMissing, run } from '../../../helpers/sandbox-programs.ts';
import { answerInBrowser, startSandbox } from '../../../helpers/sandbox.ts';
import { NEVER, signInThrough, ssoUnderTest } from '../../../helpers/sso-under-test.ts';
import { profileSide, type ProfileSide } from './profile-side.ts';

const HELPER = '/opt/rolecall/rolecall';
const SECTION = '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-central-1\n';
const CONFIG = `# mine
${SECTION}
[profile admin]
sso_session=corp
sso_account_id=111111111111
sso_role_name=Admin
region: eu-central-1

[profile chained]
role_arn = arn:aws:iam::222222222222:role/Deploy
source_profile = admin

[profile other]
sso_session = else
sso_account_id = 111111111111
sso_role_name = Admin

[sso-session else]
sso_start_url = https://else.awsapps.com/start
sso_region = eu-central-1

[profile token-only]
sso_session = corp

[profile last]
sso_role_name = ReadOnly
sso_account_id = 111111111111
sso_session = corp`;
const TOKEN =
  '{"startUrl": "https://corp.awsapps.com/start", "region": "eu-central-1", "accessToken": "the-access-token", "expiresAt": "2030-01-01T00:00:00Z", "clientId": "id", "clientSecret": "client-secret", "registrationExpiresAt": "2030-02-01T00:00:00Z", "refreshToken": "the-refresh-token",   "madeBy": "another tool"}\n';

/** What `aws configure set` and `aws configure` do: keys changed and added, a nested one, a new profile. */
const AWS_CONFIGURES = `
import sys
from awscli.customizations.configure.writer import ConfigFileWriter
for profile, values in [
    ('admin', {'region': 'us-east-1'}),
    ('admin', {'output': 'json'}),
    ('admin', {'s3': {'max_concurrent_requests': '20'}}),
    ('last', {'output': 'text'}),
    ('new', {'region': 'eu-west-1'}),
    ('other', {'region': 'eu-west-2'}),
]:
    ConfigFileWriter().update_config({'__section__': f'profile {profile}', **values}, sys.argv[1])
`;

interface VaultSide extends ProfileSide {
  readonly vault: VaultMode;
  readonly sessions: VaultSessions;
  readonly store: SecretStore;
  readonly tokenFile: string;
  readonly cliCacheDir: string;
  token(): Promise<string | undefined>;
}

async function vaultSide(
  options: { store?: SecretStore; config?: string; credentials?: string; token?: string | undefined } = {},
): Promise<VaultSide> {
  const side = await profileSide(options.config ?? CONFIG, options.credentials ?? '');
  const store = options.store ?? new MemoryStore();
  const clock = systemClock();
  const cache = { dir: join(side.home, '.aws', 'sso', 'cache'), clock };
  const cliCacheDir = join(side.home, '.aws', 'cli', 'cache');
  const sessions = new VaultSessions({ path: join(side.rolecallHome, 'vault.json'), lockDir: side.lockDir, clock });
  const tokenFile = join(cache.dir, ssoTokenCacheName('corp'));
  await mkdir(cache.dir, { recursive: true });
  await mkdir(cliCacheDir, { recursive: true });
  const token = 'token' in options ? options.token : TOKEN;
  if (token !== undefined) {
    await writeFile(tokenFile, token, { mode: 0o600 });
  }
  const place = { helperPath: HELPER, platform: 'linux' as const };
  return {
    ...side,
    store,
    sessions,
    tokenFile,
    cliCacheDir,
    vault: new VaultMode({
      ...side,
      ...place,
      sessions,
      cache,
      cliCacheDir,
      secrets: store,
      log: (line) => side.lines.push(line),
    }),
    token: () => readFile(tokenFile, 'utf8').catch(() => undefined),
  };
}

/** A store that fails on chosen calls, in order of the calls to `set`, `get`, `delete` and `names`. */
function failingStore(
  shouldFail: (operation: string, count: number) => boolean,
  store: MemoryStore = new MemoryStore(),
): MemoryStore {
  const counts = new Map<string, number>();
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      return typeof member !== 'function'
        ? member
        : (...args: unknown[]) => {
            const operation = String(name);
            const count = (counts.get(operation) ?? 0) + 1;
            counts.set(operation, count);
            return shouldFail(operation, count)
              ? Promise.reject(new Error(`store: ${operation}`))
              : (member.apply(target, args) as unknown);
          };
    },
  });
}

describe('turning vault mode on', () => {
  test('is shown first, and changes nothing then', async () => {
    const side = await vaultSide();
    const previews = await side.vault.preview('corp', 'vault');
    expect(previews).toMatchObject([{ file: side.configFile, applied: false }]);
    expect(previews[0]?.diff).toContain(`+credential_process = ${HELPER} credentials --profile admin`);
    expect([await side.config(), await side.token(), side.sessions.modeOf('corp')]).toEqual([CONFIG, TOKEN, 'shared']);
    expect(await side.store.names()).toEqual([]);
  });

  test('moves the token into the store and makes the profiles ask us', async () => {
    const side = await vaultSide();
    await side.vault.turnOn('corp');
    expect(side.sessions.modeOf('corp')).toBe('vault');
    expect(await side.token()).toBeUndefined();
    expect((await side.store.get({ kind: 'sso-token', id: 'corp' }))?.reveal()).toContain('the-refresh-token');
    expect(await side.config()).toContain(
      `[profile admin]\ncredential_process = ${HELPER} credentials --profile admin\nrolecall_sso_session=corp\nrolecall_sso_account_id=111111111111\nrolecall_sso_role_name=Admin\nregion: eu-central-1\n`,
    );
    const profiles = await side.files.read();
    for (const name of ['admin', 'last', 'chained']) {
      expect(planChain({ profiles, platform: 'linux' }, name).source).toMatchObject({
        kind: 'sso-role',
        target: { ssoSession: 'corp', accountId: '111111111111' },
      });
    }
    expect((await side.undoLog.list())[0]).toMatchObject({ kind: 'vault-on', state: 'by-its-own-switch' });
  });

  test('leaves other Identity Centers, roles that start from it, and profiles without an account alone', async () => {
    const side = await vaultSide();
    await side.vault.turnOn('corp');
    const text = await side.config();
    expect(text).toContain(CONFIG.slice(CONFIG.indexOf('[profile chained]'), CONFIG.indexOf('[profile last]')));
    expect(side.sessions.modeOf('else')).toBe('shared');
  });

  test('leaves the token nowhere in the home folder', async () => {
    const side = await vaultSide();
    await side.vault.turnOn('corp');
    const names = await readdir(side.home, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const texts = await Promise.all(files.map((file) => readFile(file, 'latin1')));
    expect(files.length).toBeGreaterThan(2);
    expect(texts.filter((text) => /the-access-token|the-refresh-token|client-secret/.test(text))).toEqual([]);
  });

  test('takes along what the AWS CLI kept of its roles, and nothing else', async () => {
    const side = await vaultSide();
    const session = { kind: 'named', name: 'corp' } as const;
    const mine = join(side.cliCacheDir, ssoRoleCacheName({ accountId: '111111111111', roleName: 'Admin', session }));
    const others = join(side.cliCacheDir, 'other.json');
    await writeFile(mine, '{"ProviderType": "sso", "Credentials": {}}');
    await writeFile(others, '{"ProviderType": "sso", "Credentials": {}}');
    await side.vault.turnOn('corp');
    await expect(stat(mine)).rejects.toThrow('ENOENT');
    expect((await stat(others)).isFile()).toBe(true);
  });

  test('works without a token, and done again takes in what came meanwhile', async () => {
    const side = await vaultSide({ token: undefined });
    await side.vault.turnOn('corp');
    const first = await side.config();
    await writeFile(side.tokenFile, TOKEN);
    await writeFile(
      side.configFile,
      `${first}\n\n[profile new]\nsso_session = corp\nsso_account_id = 333333333333\nsso_role_name = X\n`,
    );
    await side.vault.turnOn('corp');
    expect(await side.token()).toBeUndefined();
    expect((await side.store.get({ kind: 'sso-token', id: 'corp' }))?.reveal()).toContain('the-access-token');
    expect(await side.config()).toContain(`[profile new]\ncredential_process = ${HELPER} credentials --profile new\n`);
  });

  test('a token that another program writes while ours is moved is not lost', async () => {
    const newer = TOKEN.replace('2030-01-01', '2031-01-01').replace('the-access-token', 'newer');
    const file: { path?: string } = {};
    const store = failingStore((operation, count) => {
      if (operation === 'set' && count === 6 && file.path !== undefined) {
        writeFileSync(file.path, newer);
      }
      return false;
    });
    const side = await vaultSide({ store });
    file.path = side.tokenFile;
    await side.vault.turnOn('corp');
    expect(await side.token()).toBeUndefined();
    expect((await side.store.get({ kind: 'sso-token', id: 'corp' }))?.reveal()).toContain('newer');
  });

  test('of two tokens the one that holds longer stays', async () => {
    const side = await vaultSide();
    await side.vault.turnOn('corp');
    await writeFile(side.tokenFile, TOKEN.replace('2030-01-01', '2029-01-01').replace('the-access-token', 'older'));
    await side.vault.turnOn('corp');
    expect(await side.token()).toBeUndefined();
    expect((await side.store.get({ kind: 'sso-token', id: 'corp' }))?.reveal()).toContain('the-access-token');
  });
});

describe('turning vault mode off', () => {
  test('brings back every byte: config, token, and the store is empty again', async () => {
    const side = await vaultSide();
    await side.vault.turnOn('corp');
    const previews = await side.vault.turnOff('corp');
    expect(previews).toMatchObject([{ applied: true }]);
    expect([await side.config(), await side.token(), side.sessions.modeOf('corp')]).toEqual([CONFIG, TOKEN, 'shared']);
    expect(await side.store.names()).toEqual([]);
    expect((await stat(side.tokenFile)).mode & 0o777).toBe(0o600);
  });

  test('a profile that stands in both files comes back in both', async () => {
    const credentials = '[mixed]\nsso_role_name = Admin\nregion = eu-west-1\n';
    const config = `${CONFIG}\n\n[profile mixed]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Hidden\n`;
    const side = await vaultSide({ config, credentials });
    await side.vault.turnOn('corp');
    expect(await side.credentials()).toBe(credentials.replace('sso_role_name', 'rolecall_sso_role_name'));
    expect(planChain({ profiles: await side.files.read(), platform: 'linux' }, 'mixed').source).toMatchObject({
      target: { roleName: 'Admin' },
    });
    await side.vault.turnOff('corp');
    expect([await side.config(), await side.credentials()]).toEqual([config, credentials]);
  });

  test('keeps what the user changed meanwhile, and a token that was renewed', async () => {
    const side = await vaultSide();
    await side.vault.turnOn('corp');
    await writeFile(side.configFile, (await side.config()).replace('region: eu-central-1', 'region: us-east-1'));
    const kept = (await side.store.get({ kind: 'sso-token', id: 'corp' }))?.reveal() ?? '';
    await side.store.set({ kind: 'sso-token', id: 'corp' }, new Secret(kept.replace('the-access-token', 'renewed')));
    await side.vault.turnOff('corp');
    expect(await side.config()).toBe(CONFIG.replace('region: eu-central-1', 'region: us-east-1'));
    const token = JSON.parse((await side.token()) ?? '') as Record<string, unknown>;
    expect(token).toMatchObject({ accessToken: 'renewed', refreshToken: 'the-refresh-token', madeBy: 'another tool' });
  });

  test('what the AWS CLI wrote meanwhile is all that differs: as if vault mode had never been on', async (ctx) => {
    const missing = debianClientsMissing();
    if (missing !== undefined) {
      ctx.skip(missing);
    }
    const awsConfigures = async (file: string): Promise<void> =>
      expect(await run([DEBIAN_PYTHON, '-c', AWS_CONFIGURES, file], { PATH: '/usr/bin:/bin' })).toEqual({
        code: 0,
        stdout: '',
        stderr: '',
      });
    const [side, plain] = [await vaultSide(), await vaultSide()];
    await awsConfigures(plain.configFile);
    await side.vault.turnOn('corp');
    await awsConfigures(side.configFile);
    expect(await side.config()).not.toBe(await plain.config());
    await side.vault.turnOff('corp');
    expect(await side.config()).toBe(await plain.config());
  });

  test('a newer token that another program left in the open stays', async () => {
    const side = await vaultSide();
    await side.vault.turnOn('corp');
    const newer = TOKEN.replace('2030-01-01', '2031-01-01').replace('the-access-token', 'newer');
    await writeFile(side.tokenFile, newer);
    await side.vault.turnOff('corp');
    expect(await side.token()).toBe(newer);
  });

  test('without a store it is still possible to leave, signed out', async () => {
    const side = await vaultSide();
    await side.vault.turnOn('corp');
    const cache = { dir: join(side.home, '.aws', 'sso', 'cache'), clock: systemClock() };
    const place = { helperPath: HELPER, platform: 'linux' as const };
    const locked = new VaultMode({ ...side, ...place, cache, secrets: failingStore(() => true), log: () => undefined });
    const vaulted = await side.config();
    await expect(locked.turnOff('corp')).rejects.toThrow('store: get');
    expect([await side.config(), side.sessions.modeOf('corp')]).toEqual([vaulted, 'vault']);
    await locked.turnOff('corp', { withoutToken: true });
    expect([await side.config(), side.sessions.modeOf('corp'), await side.token()]).toEqual([
      CONFIG,
      'shared',
      undefined,
    ]);
    expect(await side.store.names()).not.toEqual([]);
  });
});

describe('what is refused', () => {
  test.each([
    ['an Identity Center that is not there', 'nope', CONFIG, 'not-found'],
    [
      'the legacy form',
      'https://old.awsapps.com/start',
      `${CONFIG}\n\n[profile old]\nsso_start_url = https://old.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 111111111111\nsso_role_name = A\n`,
      'bad-input',
    ],
    [
      'a profile with an access key too',
      'corp',
      CONFIG.replace('region: eu-central-1', 'aws_access_key_id = AKIA\naws_secret_access_key = hush'),
      'bad-input',
    ],
    [
      'keys that [DEFAULT] sets for all',
      'corp',
      `[DEFAULT]\nsso_region = eu-central-1\nsso_account_id = 111111111111\n\n${CONFIG}`,
      'bad-input',
    ],
  ])('%s', async (_, id, config, code) => {
    const side = await vaultSide({ config });
    await expect(side.vault.turnOn(id)).rejects.toMatchObject({ code });
    expect([await side.config(), await side.token(), side.sessions.modeOf(id)]).toEqual([config, TOKEN, 'shared']);
    expect(await side.store.names()).toEqual([]);
  });
});

describe('whatever fails half-way', () => {
  /** All files and the mode, to compare. */
  const stateOf = async (side: VaultSide) => [await side.config(), await side.token(), side.sessions.modeOf('corp')];

  test.each([
    ['the store cannot be read', (operation: string) => operation === 'names'],
    ['the store refuses the first write', (operation: string) => operation === 'set'],
    ['the store refuses the token itself', (operation: string, count: number) => operation === 'set' && count === 2],
    [
      'the store fails after the files were changed',
      (operation: string, count: number) => operation === 'set' && count === 3,
    ],
  ])('turning on: %s, and all is as before', async (_, shouldFail) => {
    const store = new MemoryStore();
    const side = await vaultSide({ store: failingStore(shouldFail, store) });
    await expect(side.vault.turnOn('corp')).rejects.toThrow('store: ');
    expect(await stateOf(side)).toEqual([CONFIG, TOKEN, 'shared']);
    expect(await store.names()).toEqual([]);
    expect(await side.undoLog.list()).toEqual([]);
  });

  test('turning on: the file cannot be written, and the store is left as it was', async () => {
    const side = await vaultSide();
    await chmod(side.configFile, 0o400);
    await expect(side.vault.turnOn('corp')).rejects.toMatchObject({ code: 'file-unsafe' });
    expect(await stateOf(side)).toEqual([CONFIG, TOKEN, 'shared']);
    expect(await side.store.names()).toEqual([]);
  });

  test('turning off: the file cannot be written, and the token is back in the store alone', async () => {
    const side = await vaultSide();
    await side.vault.turnOn('corp');
    const before = await stateOf(side);
    const { files } = side;
    const broken = new VaultMode({
      ...side,
      files: { ...files, apply: () => Promise.reject(new Error('disk')) },
      helperPath: HELPER,
      platform: 'linux',
      cache: { dir: join(side.home, '.aws', 'sso', 'cache'), clock: systemClock() },
      secrets: side.store,
      log: () => undefined,
    });
    await expect(broken.turnOff('corp')).rejects.toThrow('disk');
    expect(await stateOf(side)).toEqual(before);
    await side.vault.turnOff('corp');
    expect(await stateOf(side)).toEqual([CONFIG, TOKEN, 'shared']);
  });

  test('a crash between the steps is finished by switching again, in either direction', async () => {
    const side = await vaultSide();
    // As left by a process killed after the files were changed and before the token moved.
    await side.vault.turnOn('corp');
    await side.sessions.set('corp', 'shared');
    await writeFile(side.tokenFile, TOKEN);
    const profiles = await side.files.read();
    expect(planChain({ profiles, platform: 'linux' }, 'admin').source).toMatchObject({ kind: 'sso-role' });
    await side.vault.turnOn('corp');
    expect([await side.token(), side.sessions.modeOf('corp')]).toEqual([undefined, 'vault']);
    await side.sessions.set('corp', 'shared');
    await side.vault.turnOff('corp');
    expect(await stateOf(side)).toEqual([CONFIG, TOKEN, 'shared']);
  });
});

test('no token is renewed between copy and switch: the switch waits for the lock of renewals', async () => {
  const side = await vaultSide();
  let isFree = false;
  let release = (): void => undefined;
  const held = withFileLock(side.lockDir, 'sso-token corp', () => new Promise<void>((resolve) => (release = resolve)));
  await expect.poll(async () => (await readdir(side.lockDir)).some((name) => name.endsWith('.lock'))).toBe(true);
  const switching = side.vault.turnOn('corp').then(() => expect(isFree).toBe(true));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await side.config()).toBe(CONFIG);
  isFree = true;
  release();
  await Promise.all([held, switching]);
});

test('signed in, switched on, renewed and switched off at a real portal', async () => {
  const sandbox = await startSandbox();
  const config = `[sso-session corp]\nsso_start_url = ${sandbox.startUrl}\nsso_region = ${sandbox.region}\n\n[profile admin]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Admin\n`;
  const store = new MemoryStore();
  const shared = await ssoUnderTest({ sandbox, config, secretStore: store });
  await signInThrough(shared, answerInBrowser);
  const { rolecallHome, homeDir, paths, clock } = shared;
  const side = await profileSide();
  const lockDir = join(rolecallHome, 'locks');
  const sessions = new VaultSessions({ path: join(rolecallHome, 'vault.json'), lockDir, clock });
  const vault = new VaultMode({
    ...side,
    files: profileFiles({ paths, editor: { ...side.editor, lockDir } }),
    sessions,
    lockDir,
    cache: { dir: paths.ssoCacheDir, clock },
    cliCacheDir: paths.cliCacheDir,
    secrets: store,
    helperPath: HELPER,
    platform: 'linux',
    log: () => undefined,
  });
  await vault.turnOn('corp');
  const vaulted = await ssoUnderTest({ sandbox, homeDir, secretStore: store, mode: 'vault' });
  expect(await vaulted.ssoSessions.access('corp')).toMatchObject({ kind: 'signed-in', renewsByItself: true });
  await vaulted.ssoSessions.renew('corp', NEVER);
  expect((await readdir(paths.ssoCacheDir)).filter((name) => name.startsWith(ssoTokenCacheName('corp')))).toEqual([]);
  await vault.turnOff('corp');
  expect(await readFile(paths.configFile, 'utf8')).toBe(config);
  const again = await ssoUnderTest({ sandbox, homeDir, secretStore: new MemoryStore() });
  expect(await again.ssoSessions.access('corp')).toMatchObject({ kind: 'signed-in', renewsByItself: true });
  await again.ssoSessions.renew('corp', NEVER);
});
