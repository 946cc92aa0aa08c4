import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ssoTokenCacheName } from '../../../../src/core/files/sso-token-cache.ts';
import { systemClock } from '../../../../src/core/model/clock.ts';
import type { SsoSessionConfig } from '../../../../src/core/model/profile.ts';
import { checkCaches } from '../../../../src/core/session/doctor/check-caches.ts';
import type { Finding } from '../../../../src/core/session/doctor/finding.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';

const FUTURE = '2099-01-01T00:00:00Z';
const PAST = '2020-01-01T00:00:00Z';
const START = 'https://corp.awsapps.com/start';
const CORP: SsoSessionConfig = {
  kind: 'named',
  name: 'corp',
  cacheKey: 'corp',
  startUrl: START,
  ssoRegion: 'eu-central-1',
  scopes: [],
  place: { file: 'config', line: 1 },
  profiles: [],
  problems: [],
};
const TOKEN = {
  startUrl: START,
  accessToken: 'canary',
  expiresAt: FUTURE,
  refreshToken: 'canary',
  clientId: 'id',
  clientSecret: 'canary',
  registrationExpiresAt: FUTURE,
};

/** What is found with these files in the two caches; values that are no text are written as JSON. */
async function check(
  sso: Record<string, unknown>,
  cli: Record<string, unknown> = {},
  session: SsoSessionConfig = CORP,
  login: Record<string, unknown> = {},
): Promise<readonly Finding[]> {
  const home = await scratchFolder();
  const paths = {
    ssoCacheDir: join(home, 'sso'),
    cliCacheDir: join(home, 'cli'),
    loginCacheDir: join(home, 'login'),
  };
  for (const [dir, files] of [
    [paths.ssoCacheDir, sso],
    [paths.cliCacheDir, cli],
    [paths.loginCacheDir, login],
  ] as const) {
    await mkdir(dir);
    for (const [name, value] of Object.entries(files)) {
      await writeFile(join(dir, name), typeof value === 'string' ? value : JSON.stringify(value));
    }
  }
  const clock = {
    ...systemClock(),
    setTimer: (_: number, action: () => void) => (queueMicrotask(action), () => undefined),
  };
  const findings = await checkCaches({ paths, clock, awsNow: new Date(), ssoSessions: [session] });
  expect(JSON.stringify(findings)).not.toContain('canary');
  return findings;
}

const CORP_FILE = ssoTokenCacheName('corp');
const ids = (findings: readonly Finding[]): readonly string[] => findings.map(({ id }) => id);

describe("the AWS CLI's caches", () => {
  test('nothing is said of a token that holds, of none, and of no folder', async () => {
    expect(await check({ [CORP_FILE]: TOKEN })).toEqual([]);
    expect(await check({})).toEqual([]);
    const clock = systemClock();
    const paths = { ssoCacheDir: '/nowhere/sso', cliCacheDir: '/nowhere/cli', loginCacheDir: '/nowhere/login' };
    expect(await checkCaches({ paths, clock, awsNow: new Date(), ssoSessions: [CORP] })).toEqual([]);
  });

  test.each(['', '{"startUrl": "https', '[]', 'null', '\u0000\u0000', '{'.repeat(10_000)])(
    'a file that holds %j is told, and can be set aside',
    async (text) => {
      const findings = await check({ [CORP_FILE]: text });
      expect(findings).toMatchObject([{ id: `cache-broken:${CORP_FILE}`, fix: { kind: 'set-aside-file' } }]);
    },
  );

  test('a broken file of aws login is told, a good one is not', async () => {
    const login = { 'good.json': { accessToken: { accessKeyId: 'x', expiresAt: PAST } }, 'bad.json': '{"access' };
    expect(ids(await check({}, {}, CORP, login))).toEqual(['cache-broken:bad.json']);
  });

  test('a token that ended and cannot be renewed is told, one that renews is not', async () => {
    const { refreshToken: _, ...plain } = TOKEN;
    expect(ids(await check({ [CORP_FILE]: { ...plain, expiresAt: PAST } }))).toEqual(['cache-expired:corp']);
    expect(await check({ [CORP_FILE]: { ...TOKEN, expiresAt: PAST } })).toEqual([]);
  });

  test('the legacy form is told why it cannot be renewed', async () => {
    const legacy: SsoSessionConfig = { ...CORP, kind: 'legacy', name: START, cacheKey: START };
    const findings = await check(
      { [ssoTokenCacheName(START)]: { startUrl: START, accessToken: 'x', expiresAt: PAST } },
      {},
      legacy,
    );
    expect(findings).toMatchObject([{ id: `cache-expired:${START}`, why: expect.stringMatching(/Legacy/) as string }]);
  });

  test('a registration that ended is told, since the token then cannot be renewed', async () => {
    expect(ids(await check({ [CORP_FILE]: { ...TOKEN, registrationExpiresAt: PAST } }))).toEqual([
      'registration-expired:corp',
    ]);
  });

  test('a token of another portal is told, one that writes its address otherwise is not', async () => {
    expect(ids(await check({ [CORP_FILE]: { ...TOKEN, startUrl: 'https://other.awsapps.com/start' } }))).toEqual([
      'cache-other-portal:corp',
    ]);
    for (const startUrl of [`${START}/`, `${START}/#/`, `${START}#`, '']) {
      expect(await check({ [CORP_FILE]: { ...TOKEN, startUrl } })).toEqual([]);
    }
  });

  test('what ended and nothing uses is told once, with all files that can go', async () => {
    const registration = { clientId: 'id', clientSecret: 'canary', expiresAt: PAST };
    const credentials = {
      ProviderType: 'sso',
      Credentials: { AccessKeyId: 'x', Expiration: '2020-01-01T00:00:00+00:00' },
    };
    const findings = await check(
      {
        'other.json': { ...TOKEN, expiresAt: PAST, registrationExpiresAt: PAST },
        'renewable.json': { ...TOKEN, expiresAt: PAST },
        'botocore-client-id-eu-central-1.json': registration,
        'botocore-client-id-us-east-1.json': { ...registration, expiresAt: FUTURE },
      },
      {
        'old.json': credentials,
        'good.json': { Credentials: { Expiration: FUTURE } },
        'odd.json': { Credentials: { Expiration: 'soon' } },
        'else.json': { anything: 1 },
      },
    );
    expect(findings).toMatchObject([
      { id: 'cache-left-over', severity: 'info', title: expect.stringMatching(/^3 /) as string },
    ]);
    const [fix] = findings.map((finding) => finding.fix);
    const names = fix?.kind === 'remove-expired-files' ? fix.paths.map((path) => path.split('/').at(-1)) : [];
    expect(names).toEqual(['botocore-client-id-eu-central-1.json', 'other.json', 'old.json']);
  });

  test('the token of a known Identity Center is never among what can go', async () => {
    const { refreshToken: _, ...plain } = TOKEN;
    expect(ids(await check({ [CORP_FILE]: { ...plain, expiresAt: PAST } }))).not.toContain('cache-left-over');
  });
});
