import { describe, expect, test } from 'vitest';
import { readAwsProfiles } from '../../../../src/core/files/effective-profiles.ts';
import type { ChainPlan } from '../../../../src/core/session/resolve/chain-plan.ts';
import { explainDifferences } from '../../../../src/core/session/resolve/explain-differences.ts';
import { planChain } from '../../../../src/core/session/resolve/plan-chain.ts';

const ROLE = 'arn:aws:iam::444455556666:role/Deploy';
const MFA = 'arn:aws:iam::111122223333:mfa/alice';
const KEY = 'aws_access_key_id = AKIAAAAAAAAAAAAAAAAA\naws_secret_access_key = s';
const SOURCE = `[base]\n${KEY}\n`;

function plan(config: string, credentials = SOURCE, name = 'p'): ChainPlan {
  return planChain({ profiles: readAwsProfiles(config, credentials), platform: 'linux' }, name);
}

/** The plan in a few words. */
function shape(config: string, credentials = SOURCE, name = 'p'): string {
  const { source, hops } = plan(config, credentials, name);
  return [source.kind, ...hops.map(({ role }) => role.roleName)].join(' > ');
}

const role = (name: string, rest: string): string => `role_arn = arn:aws:iam::444455556666:role/${name}\n${rest}\n`;

describe('what botocore and the JS SDK both take', () => {
  test.each([
    ['a role of a key', `[profile p]\n${role('A', 'source_profile = base')}`, 'static-key > A'],
    [
      'a role of a role',
      `[profile p]\n${role('B', 'source_profile = q')}[profile q]\n${role('A', 'source_profile = base')}`,
      'static-key > A > B',
    ],
    [
      'a role of an sso-session',
      `[profile p]\n${role('A', 'source_profile = s')}[profile s]\nsso_session = c\nsso_account_id = 111122223333\nsso_role_name = R\n`,
      'sso-role > A',
    ],
    [
      'a role of a legacy sign-in',
      `[profile p]\n${role('A', 'source_profile = s')}[profile s]\nsso_start_url = https://c.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = R\n`,
      'sso-role > A',
    ],
    [
      'a role of a credential_process',
      `[profile p]\n${role('A', 'source_profile = s')}[profile s]\ncredential_process = /bin/x\n`,
      'process > A',
    ],
    ['a role of the environment', `[profile p]\n${role('A', 'credential_source = Environment')}`, 'environment > A'],
    ['a role of the container', `[profile p]\n${role('A', 'credential_source = EcsContainer')}`, 'container > A'],
    ['a role of the instance', `[profile p]\n${role('A', 'credential_source = Ec2InstanceMetadata')}`, 'instance > A'],
    [
      'a role of a web identity',
      `[profile p]\n${role('A', 'source_profile = w')}[profile w]\n${role('W', 'web_identity_token_file = /t')}`,
      'web-identity > A',
    ],
    ['a web identity', `[profile p]\n${role('W', 'web_identity_token_file = /t')}`, 'web-identity'],
    [
      'a role of aws login',
      `[profile p]\n${role('A', 'source_profile = l')}[profile l]\nlogin_session = arn:aws:iam::1:user/a\n`,
      'login > A',
    ],
    [
      'a source with key and role: its key',
      `[profile p]\n${role('A', 'source_profile = q')}[profile q]\n${role('B', 'source_profile = base')}${KEY}\n`,
      'static-key > A',
    ],
  ])('%s', (_name, config, expected) => {
    expect(shape(config)).toBe(expected);
  });

  test('a profile that names itself and has a key', () => {
    const credentials = `[p]\n${KEY}\n${role('A', 'source_profile = p')}`;
    expect(shape('', credentials)).toBe('static-key > A');
  });
});

describe('where the two differ', () => {
  test.each([
    [
      'key and sso: the sign-in, as botocore',
      `[profile p]\nsso_session = c\nsso_account_id = 111122223333\nsso_role_name = R\n${KEY}\n`,
      'sso-role',
    ],
    [
      'key in config and process: the process, as botocore',
      `[profile p]\ncredential_process = /bin/x\n${KEY}\n`,
      'process',
    ],
    ['key and role without source: the key, as JS', `[profile p]\n${role('A', KEY)}`, 'static-key'],
    [
      'both sources and a key: the key, as JS',
      `[profile p]\n${role('A', `source_profile = base\ncredential_source = Environment\n${KEY}`)}`,
      'static-key',
    ],
    [
      'role and web identity: the token, as botocore',
      `[profile p]\n${role('A', 'source_profile = base\nweb_identity_token_file = /t')}`,
      'web-identity',
    ],
    [
      'credential_source without role as a source, as JS',
      `[profile p]\n${role('A', 'source_profile = e')}[profile e]\ncredential_source = Environment\n`,
      'environment > A',
    ],
  ])('%s', (_name, config, expected) => {
    expect(shape(config)).toBe(expected);
  });

  test('key in credentials and process: the key, as both', () => {
    expect(shape('[profile p]\ncredential_process = /bin/x\n', `[p]\n${KEY}\n`)).toBe('static-key');
  });
});

describe('what is broken is named', () => {
  test.each([
    ['no such profile', '[profile q]\n', 'p', 'not-found', 'no profile p'],
    [
      'a missing source',
      `[profile p]\n${role('A', 'source_profile = nope')}`,
      'p',
      'profile-broken',
      'source_profile nope of the profile p does not exist',
    ],
    [
      'a circle of two',
      `[profile p]\n${role('A', 'source_profile = q')}[profile q]\n${role('B', 'source_profile = p')}`,
      'p',
      'profile-broken',
      'p -> q -> p',
    ],
    [
      'a profile that names itself without key',
      `[profile p]\n${role('A', 'source_profile = p')}`,
      'p',
      'profile-broken',
      'p -> p',
    ],
    [
      'a circle further on',
      `[profile p]\n${role('A', 'source_profile = q')}[profile q]\n${role('B', 'source_profile = r')}[profile r]\n${role('C', 'source_profile = q')}`,
      'p',
      'profile-broken',
      'p -> q -> r -> q',
    ],
    [
      'no source',
      `[profile p]\n${role('A', '')}`,
      'p',
      'profile-broken',
      'neither source_profile nor credential_source',
    ],
    [
      'both sources',
      `[profile p]\n${role('A', 'source_profile = base\ncredential_source = Environment')}`,
      'p',
      'profile-broken',
      'both source_profile and credential_source',
    ],
    [
      'credential_source in small letters',
      `[profile p]\n${role('A', 'credential_source = environment')}`,
      'p',
      'profile-broken',
      'credential_source environment',
    ],
    [
      'credential_source of an object’s own',
      `[profile p]\n${role('A', 'credential_source = constructor')}`,
      'p',
      'profile-broken',
      'credential_source constructor',
    ],
    [
      'a source without credentials',
      `[profile p]\n${role('A', 'source_profile = q')}[profile q]\nregion = eu-west-1\n`,
      'p',
      'profile-broken',
      'source_profile q of the profile p holds no credentials',
    ],
    ['settings only', '[profile p]\nregion = eu-west-1\n', 'p', 'profile-broken', 'holds no credentials'],
    ['half a key', '[profile p]\naws_access_key_id = AKIAAAAAAAAAAAAAAAAA\n', 'p', 'profile-broken', 'not complete'],
    [
      'sso without account',
      '[profile p]\nsso_session = c\nsso_role_name = R\n',
      'p',
      'profile-broken',
      'sso_account_id of the profile p is missing',
    ],
    [
      'sso with a wrong account',
      '[profile p]\nsso_session = c\nsso_role_name = R\nsso_account_id = 1e11\n',
      'p',
      'profile-broken',
      'sso_account_id of the profile p is not 12 digits',
    ],
    [
      'sso without role',
      '[profile p]\nsso_session = c\nsso_account_id = 111122223333\n',
      'p',
      'profile-broken',
      'sso_role_name of the profile p is missing',
    ],
    [
      'sso without Identity Center',
      '[profile p]\nsso_role_name = R\nsso_account_id = 111122223333\n',
      'p',
      'profile-broken',
      'sso_session of the profile p is missing',
    ],
    [
      'web identity without role',
      '[profile p]\nweb_identity_token_file = /t\n',
      'p',
      'profile-broken',
      'role_arn of the profile p is missing',
    ],
  ])('%s', (_name, config, name, code, text) => {
    expect(() => plan(config, SOURCE, name)).toThrowError(
      expect.objectContaining({ code, message: expect.stringContaining(text) as string }) as Error,
    );
  });

  test.each([
    ['role_arn', 'arn:aws:iam::1:role/x'],
    ['role_arn', 'arn:aws:iam::123456789012:role/../x'],
    ['role_arn', 'arn:aws:iam::123456789012:role/a b'],
    ['role_arn', 'arn:aws:iam::123456789012:user/x'],
    ['role_arn', `arn:aws:iam::123456789012:role/${'x'.repeat(3000)}`],
    ['mfa_serial', 'arn:aws:iam::123456789012:mfa/a b;c'],
    ['mfa_serial', 'short'],
    ['external_id', 'a b'],
    ['external_id', 'x'],
    ['role_session_name', 'a/b'],
    ['duration_seconds', '899'],
    ['duration_seconds', '43201'],
    ['region', 'us-east-1.evil.tld'],
    ['region', '../x'],
    ['region', 'cn-north-1'],
  ])('%s = %s is refused before AWS is asked', (key, value) => {
    const values = { role_arn: ROLE, source_profile: 'base', [key]: value };
    const config = `[profile p]\n${Object.entries(values)
      .map((pair) => pair.join(' = '))
      .join('\n')}\n`;
    expect(() => plan(config)).toThrowError(
      expect.objectContaining({ code: 'profile-broken', message: expect.stringContaining(key) as string }) as Error,
    );
  });

  test.each(['GAHT12345678', MFA, 'arn:aws-cn:iam::111122223333:mfa/a+b=c,d.e@f-g_h'])(
    'the serial %s is taken',
    (serial) => {
      expect(
        plan(`[profile p]\n${role('A', `source_profile = base\nmfa_serial = ${serial}`)}`).hops[0]?.mfa?.mfaSerial,
      ).toBe(serial);
    },
  );
});

describe('a hop carries what its profile says', () => {
  test('all keys, and the region of its own profile', () => {
    const config = `[profile p]
role_arn = ${ROLE}
source_profile = base
external_id = x-1
duration_seconds = 7200
role_session_name = me
mfa_serial = ${MFA}
mfa_process = ykman oath accounts code aws
region = eu-west-1
`;
    expect(plan(config)).toMatchObject({
      profile: 'p',
      region: 'eu-west-1',
      hops: [
        {
          profile: 'p',
          externalId: 'x-1',
          durationSeconds: 7200,
          roleSessionName: 'me',
          mfa: { mfaSerial: MFA, mfaProcess: 'ykman oath accounts code aws' },
          region: 'eu-west-1',
        },
      ],
    });
  });

  test('what is no whole number is ignored, as botocore does', () => {
    expect(
      plan(`[profile p]\n${role('A', 'source_profile = base\nduration_seconds = 1h')}`).hops[0]?.durationSeconds,
    ).toBeUndefined();
  });
});

describe('our own helper is never run, but planned through', () => {
  const line = (name: string): string => `credential_process = /opt/rolecall credentials --profile ${name}`;

  test('a protected key', () => {
    expect(plan(`[profile p]\n${line('p')}\nrolecall_key = AKIASTOREDSTOREDSTOR\n`).source).toEqual({
      kind: 'stored-key',
      profile: 'p',
      accessKeyId: 'AKIASTOREDSTOREDSTOR',
    });
  });

  test('a protected role of a protected key', () => {
    const config = `[profile p]\n${line('p')}\nrolecall_role_arn = ${ROLE}\nrolecall_source_profile = k\nrolecall_mfa_serial = ${MFA}
[profile k]\n${line('k')}\nrolecall_key = AKIASTOREDSTOREDSTOR\n`;
    expect(shape(config)).toBe('stored-key > Deploy');
  });

  test('an Identity Center role, by its own words or by another profile', () => {
    const direct =
      'credential_process = "/opt/a b/rolecall" credentials --sso-session c --account 111122223333 --role R';
    expect(shape(`[profile p]\n${direct}\n`)).toBe('sso-role');
    expect(shape(`[profile p]\n${line('q')}\n[profile q]\n${direct}\n`)).toBe('sso-role');
  });

  test('vault mode: the sign-in kept beside the line', () => {
    expect(
      shape(
        `[profile p]\n${line('p')}\nrolecall_sso_session = c\nrolecall_sso_account_id = 111122223333\nrolecall_sso_role_name = R\n`,
      ),
    ).toBe('sso-role');
  });

  test.each([
    ['serves itself with nothing kept', `[profile p]\n${line('p')}\n`, 'holds no credentials'],
    ['keeps our line again', `[profile p]\n${line('p')}\nrolecall_${line('p')}\n`, 'p -> p'],
    ['serves one that serves it', `[profile p]\n${line('q')}\n[profile q]\n${line('p')}\n`, 'p -> q -> p'],
    ['serves nobody', `[profile p]\n${line('nope')}\n`, 'does not exist'],
  ])('%s: broken, not an endless loop', (_name, config, text) => {
    expect(() => plan(config)).toThrowError(
      expect.objectContaining({ code: 'profile-broken', message: expect.stringContaining(text) as string }) as Error,
    );
  });
});

describe('differences are told', () => {
  const codes = (config: string, credentials = SOURCE): readonly string[] =>
    explainDifferences({ profiles: readAwsProfiles(config, credentials), platform: 'linux' }, 'p').map(
      ({ code }) => code,
    );

  test.each([
    ['none', `[profile p]\n${role('A', 'source_profile = base')}`, []],
    [
      'both sources',
      `[profile p]\n${role('A', 'source_profile = base\ncredential_source = Environment')}`,
      ['both-sources'],
    ],
    ['no source', `[profile p]\n${role('A', KEY)}`, ['no-source']],
    [
      'key and sso',
      `[profile p]\nsso_session = c\nsso_account_id = 111122223333\nsso_role_name = R\n${KEY}\n`,
      ['key-and-sso'],
    ],
    ['a shell command', '[profile p]\ncredential_process = cat ~/x | jq .\n', ['process-and-shell']],
    ['a code', `[profile p]\n${role('A', `source_profile = base\nmfa_serial = ${MFA}`)}`, ['mfa-cannot-be-asked']],
    [
      'a long chain',
      `[profile p]\n${role('B', 'source_profile = q\nduration_seconds = 7200')}[profile q]\n${role('A', 'source_profile = base')}`,
      ['chained-too-long'],
    ],
    [
      'a code on a later role',
      `[profile p]\n${role('B', `source_profile = q\nmfa_serial = ${MFA}`)}[profile q]\n${role('A', 'source_profile = base')}`,
      ['mfa-cannot-be-asked', 'mfa-on-a-later-role'],
    ],
    [
      'of a source on the way',
      `[profile p]\n${role('A', 'source_profile = q')}[profile q]\ncredential_process = $HOME/x\n`,
      ['process-and-shell'],
    ],
    ['a circle', `[profile p]\n${role('A', 'source_profile = q')}[profile q]\n${role('B', 'source_profile = p')}`, []],
  ])('%s', (_name, config, expected) => {
    expect(codes(config)).toEqual(expected);
  });
});
