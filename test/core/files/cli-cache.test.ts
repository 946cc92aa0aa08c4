import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  assumeRoleCacheName,
  forgetSsoRoleCredentials,
  loginCacheName,
  ssoRoleCacheName,
} from '../../../src/core/files/cli-cache.ts';
import { pythonJson } from '../../../src/core/files/python-json.ts';
import { ssoTokenCacheName } from '../../../src/core/files/sso-token-cache.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { tickUntil } from './ticking.ts';

interface CacheKeyCase {
  readonly kind: string;
  readonly args: Record<string, string>;
  readonly serialized: string;
  readonly file: string;
}

const cases = JSON.parse(
  readFileSync(new URL('../../fixtures/cache-keys.json', import.meta.url), 'utf8'),
) as readonly CacheKeyCase[];

test.each(cases.map((one) => [one.kind, one.serialized, one] as const))(
  '%s: %s is kept where the real tools keep it',
  (kind, serialized, { args, file }) => {
    switch (kind) {
      case 'cli-cache sso role': {
        const session =
          args['sessionName'] === undefined
            ? ({ kind: 'legacy', name: args['startUrl'] ?? '' } as const)
            : ({ kind: 'named', name: args['sessionName'] } as const);
        expect(
          ssoRoleCacheName({ accountId: args['accountId'] ?? '', roleName: args['roleName'] ?? '', session }),
        ).toBe(file);
        break;
      }
      case 'cli-cache assume-role':
        expect(
          assumeRoleCacheName({
            roleArn: args['RoleArn'] ?? '',
            roleSessionName: args['RoleSessionName'],
            externalId: args['ExternalId'],
            mfaSerial: args['SerialNumber'],
            durationSeconds: args['DurationSeconds'] === undefined ? undefined : Number(args['DurationSeconds']),
          }),
        ).toBe(file);
        break;
      case 'sso-cache registration':
        expect(pythonJson(args, { sortKeys: true })).toBe(serialized);
        break;
      case 'sso-cache token':
        expect(ssoTokenCacheName(serialized)).toBe(file);
        break;
      case 'login-cache token':
        expect(loginCacheName(serialized)).toBe(file);
        break;
      default:
        throw new Error(`a kind without a test: ${kind}`);
    }
  },
);

test('signing out forgets the credentials of Identity Center roles and leaves those of assumed roles', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'rolecall-cli-cache-'));
  const clock = new FakeClock();
  const mine = { accountId: '111122223333', roleName: 'Admin', session: { kind: 'named', name: 'corp' } } as const;
  const write = (name: string, value: unknown): void => writeFileSync(join(dir, name), JSON.stringify(value));
  write(ssoRoleCacheName(mine), { ProviderType: 'sso', Credentials: {} });
  write('other.json', { ProviderType: 'sso', Credentials: {} });
  write('role.json', { Credentials: {}, AssumedRoleUser: {} });
  write('list.json', ['sso']);
  write('notes.txt', { ProviderType: 'sso' });
  mkdirSync(join(dir, 'folder.json'));

  expect(await forgetSsoRoleCredentials(dir, clock, [mine, { ...mine, roleName: 'None' }])).toBe(1);
  expect(readdirSync(dir).toSorted()).toEqual(['folder.json', 'list.json', 'notes.txt', 'other.json', 'role.json']);
  expect(await tickUntil(clock, forgetSsoRoleCredentials(dir, clock))).toBe(1);
  expect(readdirSync(dir).toSorted()).toEqual(['folder.json', 'list.json', 'notes.txt', 'role.json']);
  rmSync(dir, { recursive: true });
});

test('without a cache there is nothing to forget', async () => {
  expect(await forgetSsoRoleCredentials(join(tmpdir(), 'rolecall-no-such-folder'), new FakeClock())).toBe(0);
});
