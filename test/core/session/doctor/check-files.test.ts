import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAwsProfiles } from '../../../../src/core/files/effective-profiles.ts';
import { ssoTokenCacheName } from '../../../../src/core/files/sso-token-cache.ts';
import { systemClock } from '../../../../src/core/model/clock.ts';
import { checkHelperLines } from '../../../../src/core/session/doctor/check-helper-lines.ts';
import { checkRegions } from '../../../../src/core/session/doctor/check-regions.ts';
import { checkShadowing } from '../../../../src/core/session/doctor/check-shadowing.ts';
import { checkStore } from '../../../../src/core/session/doctor/check-store.ts';
import { checkVault } from '../../../../src/core/session/doctor/check-vault.ts';
import { toolViews } from '../../../../src/core/session/doctor/tool-views.ts';
import { VaultSessions } from '../../../../src/core/session/profiles/vault-sessions.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';

describe('our own lines', () => {
  test('that name a program which is gone are told together', async () => {
    const home = await scratchFolder();
    const here = join(home, 'rolecall');
    await writeFile(here, '');
    await chmod(here, 0o755);
    const line = (name: string, program: string) =>
      `[profile ${name}]\ncredential_process = ${program} credentials --profile ${name}\n`;
    const gone = Array.from({ length: 7 }, (_, index) => line(`gone${index}`, '/gone/rolecall'));
    const config = [
      line('good', here),
      ...gone,
      line('by-name', 'rolecall'),
      '[profile other]\ncredential_process = /gone/other --x\n',
    ].join('\n');
    const findings = await checkHelperLines(readAwsProfiles(config, ''), 'linux', here);
    expect(findings).toMatchObject([
      { id: 'helper-stale:/gone/rolecall', severity: 'error', fix: { kind: 'repoint-helper-lines' } },
    ]);
    expect(findings[0]?.title).toMatch(/gone0, gone1, gone2, gone3, gone4 and 2 more ask/);
  });

  test('that run a script are held against both, runtime and script', async () => {
    const script = join(await scratchFolder(), 'rolecall.mjs');
    const config = `[profile a]\ncredential_process = ${process.execPath} ${script} credentials --profile a\n`;
    const check = () => checkHelperLines(readAwsProfiles(config, ''), 'linux', script);
    expect((await check()).map(({ id }) => id)).toEqual([`helper-stale:${script}`]);
    await writeFile(script, '');
    expect(await check()).toEqual([]);
  });

  test('that name another Rolecall which is there are good to know, with the way to the profile', async () => {
    const other = join(await scratchFolder(), 'rolecall');
    await writeFile(other, '', { mode: 0o755 });
    const config = `[profile a]\ncredential_process = ${other} credentials --profile a\n`;
    expect(await checkHelperLines(readAwsProfiles(config, ''), 'linux', '/opt/rolecall')).toMatchObject([
      {
        id: `helper-other:${other}`,
        severity: 'info',
        about: { kind: 'profile', name: 'a' },
        fix: { kind: 'repoint-helper-lines', profiles: ['a'] },
      },
    ]);
  });
});

describe('regions', () => {
  const config =
    '[default]\nregion = eu-west-1\n[profile a]\nrole_arn = arn:aws:iam::111111111111:role/R\nsource_profile = k\n[profile settings]\noutput = json\n';
  const credentials = '[k]\naws_access_key_id = AKIA\naws_secret_access_key = s\n';

  test('profiles with credentials and none are told together', () => {
    const [finding] = checkRegions(readAwsProfiles(config, credentials), {});
    expect(finding).toMatchObject({ id: 'region-missing', title: '2 profiles: a, k have no region.' });
  });

  test('not where the environment sets one for all', () => {
    expect(checkRegions(readAwsProfiles(config, credentials), { AWS_REGION: 'x' })).toEqual([]);
    expect(checkRegions(readAwsProfiles(config, credentials), { AWS_DEFAULT_REGION: 'x' })).toEqual([]);
    expect(checkRegions(readAwsProfiles('', ''), {})).toEqual([]);
  });
});

test('a key in both files is told with both lines, and never with its value', () => {
  const config = '[profile a]\nregion = one\noutput = json\naws_secret_access_key = canary-one\n';
  const credentials = '[a]\nregion = two\noutput = json\naws_secret_access_key = canary-two\n[b]\nregion = x\n';
  const findings = checkShadowing({ config, credentials }, '/h/credentials');
  expect(findings.map(({ id, severity, line }) => [id, severity, line])).toEqual([
    ['key-shadowed:a:region', 'info', 2],
    ['key-shadowed:a:aws_secret_access_key', 'warning', 4],
  ]);
  expect(findings[0]?.title).toContain('line 2 of the config file, line 2 of the credentials file');
  expect(JSON.stringify(findings)).not.toContain('canary');
});

test.each([
  [{ backend: 'keyring', state: 'ready' }, false, undefined],
  [{ backend: 'passphrase', state: 'ready' }, true, undefined],
  [{ backend: 'memory', state: 'ready' }, false, 'info'],
  [{ backend: 'memory', state: 'ready' }, true, 'warning'],
  [{ backend: 'none', state: 'missing' }, false, 'info'],
  [{ backend: 'none', state: 'missing' }, true, 'warning'],
  [{ backend: 'keyring', state: 'locked' }, false, 'warning'],
  [{ backend: 'keyring', state: 'changed' }, false, 'warning'],
  [{ backend: 'keyring', state: 'failed' }, false, 'error'],
] as const)('the secret store %j, needed: %s', (store, isNeeded, severity) => {
  const findings = checkStore({ ...store, message: 'm', hint: 'h' }, isNeeded);
  expect(findings.map((finding) => finding.severity)).toEqual(severity === undefined ? [] : [severity]);
});

describe('vault mode', () => {
  const section = '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-central-1\n';
  const open = '[profile open]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = A\n';
  const served =
    '[profile served]\ncredential_process = /x/rolecall credentials --profile served\nrolecall_sso_session = corp\nrolecall_sso_account_id = 111111111111\nrolecall_sso_role_name = A\n';

  async function found(
    config: string,
    mode: 'vault' | 'shared' | 'broken',
    hasToken = false,
  ): Promise<readonly string[]> {
    const home = await scratchFolder();
    const sessions = new VaultSessions({
      path: join(home, 'vault.json'),
      lockDir: join(home, 'locks'),
      clock: systemClock(),
    });
    const cache = { dir: join(home, 'cache'), clock: systemClock() };
    if (mode === 'vault') {
      await sessions.set('corp', 'vault');
    } else if (mode === 'broken') {
      await writeFile(join(home, 'vault.json'), '{');
    }
    if (hasToken) {
      await mkdir(cache.dir);
      await writeFile(
        join(cache.dir, ssoTokenCacheName('corp')),
        '{"accessToken":"x","expiresAt":"2099-01-01T00:00:00Z"}',
      );
    }
    const findings = await checkVault({ sessions, cache, profiles: readAwsProfiles(config, ''), platform: 'linux' });
    return findings.map(({ id, fix }) => `${id}${fix === undefined ? '' : ` ${fix.kind}`}`);
  }

  test.each([
    ['on, all as it should be', section + served, 'vault', false, []],
    ['off, all as it should be', section + open, 'shared', true, []],
    ['on, a profile in the open', section + served + open, 'vault', false, ['vault-open-profiles:corp turn-vault-on']],
    ['on, a token in the open', section + served, 'vault', true, ['vault-open-token:corp turn-vault-on']],
    ['half-way', section + served, 'shared', true, ['vault-half-way:corp turn-vault-on']],
    ['the list lost', section + served, 'broken', false, ['vault-list-unreadable']],
  ] as const)('%s', async (_, config, mode, hasToken, expected) => {
    expect(await found(config, mode, hasToken)).toEqual(expected);
  });
});

test('what each family of tools makes of the profiles', () => {
  const config =
    '[profile "with blank"]\nrole_arn = arn:aws:iam::111111111111:role/R\nsource_profile = k\n[profile both]\nsso_session = c\nsso_account_id = 111111111111\nsso_role_name = A\naws_access_key_id = AKIA\naws_secret_access_key = s\n[profile k]\nregion = x\n';
  expect(toolViews(readAwsProfiles(config, ''))).toEqual([
    { profile: 'with blank', awsCli: 'assume-role', jsSdk: undefined, agree: false },
    { profile: 'both', awsCli: 'sso', jsSdk: 'static', agree: false },
    { profile: 'k', awsCli: 'empty', jsSdk: 'empty', agree: true },
  ]);
  const broken = toolViews(readAwsProfiles(`${config}[profile k]\n`, ''));
  expect(broken.every(({ awsCli }) => awsCli === undefined)).toBe(true);
});
