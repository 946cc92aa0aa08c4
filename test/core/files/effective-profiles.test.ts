import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readAwsProfiles } from '../../../src/core/files/effective-profiles.ts';
import { jsProfile, parseJsIni } from '../../../src/core/files/js-reading.ts';
import type { AwsProfiles, EffectiveProfile, ProfileProblem } from '../../../src/core/model/profile.ts';
import { cpuMs } from '../../helpers/cpu-time.ts';
import { wildIniText } from './ini-arbitraries.ts';
import { askPython, hasBotocore, jsSdkReader } from './oracles.ts';

const CORP =
  '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access, , other\n';

describe('profiles', () => {
  test('an Identity Center profile as `aws configure sso` writes it', () => {
    const { profiles, ssoSessions, problems } = readAwsProfiles(
      `[profile admin]\nsso_session = corp\nsso_account_id = 000000000001\nsso_role_name = Admin\nregion = eu-west-1\noutput = json\n${CORP}`,
      '',
    );
    expect(problems).toEqual([]);
    expect(profiles).toHaveLength(1);
    expect(profiles[0]).toMatchObject({
      name: 'admin',
      kind: 'sso',
      jsKind: 'sso',
      ssoSession: 'corp',
      startUrl: 'https://corp.awsapps.com/start',
      ssoRegion: 'us-east-1',
      accountId: '000000000001',
      roleName: 'Admin',
      region: 'eu-west-1',
      output: 'json',
      problems: [],
      sections: [{ file: 'config', line: 1, header: 'profile admin' }],
    });
    expect(profiles[0]?.keys.get('region')).toEqual({ file: 'config', line: 5, value: 'eu-west-1' });
    expect(ssoSessions).toEqual([
      {
        kind: 'named',
        name: 'corp',
        cacheKey: 'corp',
        startUrl: 'https://corp.awsapps.com/start',
        ssoRegion: 'us-east-1',
        scopes: ['sso:account:access', 'other'],
        place: { file: 'config', line: 7 },
        header: 'sso-session corp',
        profiles: ['admin'],
        problems: [],
      },
    ]);
  });

  test('legacy profiles are grouped by start URL, to the letter', () => {
    const legacy = (name: string, url: string): string =>
      `[profile ${name}]\nsso_start_url = ${url}\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = Dev\n`;
    const { profiles, ssoSessions } = readAwsProfiles(
      legacy('a', 'https://x/start') + legacy('b', 'https://x/start') + legacy('c', 'https://x/start/'),
      '',
    );
    expect(profiles.map(({ kind }) => kind)).toEqual(['sso-legacy', 'sso-legacy', 'sso-legacy']);
    expect(ssoSessions.map(({ kind, name, profiles }) => ({ kind, name, profiles }))).toEqual([
      { kind: 'legacy', name: 'https://x/start', profiles: ['a', 'b'] },
      { kind: 'legacy', name: 'https://x/start/', profiles: ['c'] },
    ]);
  });

  test('an assumed role with MFA and its source in the credentials file', () => {
    const { profiles } = readAwsProfiles(
      '[profile assume-only]\nregion = ap-northeast-1\n[profile admin-role]\nrole_arn = arn:aws:iam::444455556666:role/Admin\nmfa_serial = arn:aws:iam::111122223333:mfa/me\nsource_profile = assume-only\nduration_seconds = 3600\nexternal_id = x\nrole_session_name = me\nmfa_process = ykman oath accounts code aws\n',
      '[assume-only]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG\n',
    );
    expect(profile(profiles, 'admin-role')).toMatchObject({
      kind: 'assume-role',
      roleArn: 'arn:aws:iam::444455556666:role/Admin',
      mfaSerial: 'arn:aws:iam::111122223333:mfa/me',
      sourceProfile: 'assume-only',
      durationSeconds: 3600,
      externalId: 'x',
      roleSessionName: 'me',
      mfaProcess: 'ykman oath accounts code aws',
      problems: [],
    });
    expect(profile(profiles, 'assume-only')).toMatchObject({
      kind: 'static',
      region: 'ap-northeast-1',
      staticKey: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', file: 'credentials', hasSecret: true, isTemporary: false },
      problems: [],
      sections: [
        { file: 'config', line: 1, header: 'profile assume-only' },
        { file: 'credentials', line: 1, header: 'assume-only' },
      ],
    });
  });

  test.each([
    ['process', 'credential_process = /bin/x\n'],
    ['login', 'login_session = arn:aws:sts::111122223333:assumed-role/R/s\n'],
    ['web-identity', 'web_identity_token_file = /t\nrole_arn = arn:aws:iam::444455556666:role/Admin\n'],
    ['static', 'aws_access_key_id = AKIA\naws_secret_access_key = s\n'],
    ['empty', 'region = eu-west-1\n'],
  ])('the kind %s', (kind, text) => {
    expect(readAwsProfiles(`[default]\n${text}`, '').profiles[0]).toMatchObject({
      name: 'default',
      kind,
      problems: [],
    });
  });

  test('the credentials file goes over the config file, key by key, and each key tells its place', () => {
    const [first] = readAwsProfiles('[profile a]\nregion = one\noutput = json\n', '# c\n[a]\nregion = two\n').profiles;
    expect(first).toMatchObject({ region: 'two', output: 'json' });
    expect(first?.keys.get('region')).toMatchObject({ file: 'credentials', line: 3 });
    expect(first?.keys.get('output')).toMatchObject({ file: 'config', line: 3 });
  });

  test('blocks are read with their keys', () => {
    const [first] = readAwsProfiles('[default]\ns3 =\n  max_queue_size = 10\n', '').profiles;
    expect(first?.keys.get('s3')).toEqual({
      file: 'config',
      line: 2,
      value: undefined,
      nested: new Map([['max_queue_size', '10']]),
    });
  });
});

describe('problems', () => {
  const role = 'role_arn = arn:aws:iam::444455556666:role/Admin\n';
  const key = 'aws_access_key_id = AKIA\naws_secret_access_key = s\n';
  const sso = 'sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Dev\n';

  test.each<[code: string, config: string, credentials: string, expected: Partial<ProfileProblem>]>([
    [
      'sso-session-missing',
      `[profile a]\n${sso}`,
      '',
      { profile: 'a', line: 2, severity: 'error', tools: ['aws-cli', 'js-sdk'] },
    ],
    ['sso-session-incomplete', `[sso-session corp]\nsso_region = r\n`, '', { ssoSession: 'corp', line: 1 }],
    [
      'sso-session-conflict',
      `[profile a]\n${sso}sso_region = eu-west-1\n${CORP}`,
      '',
      { line: 5, key: 'sso_region', tools: ['aws-cli'] },
    ],
    ['sso-incomplete', `[profile a]\nsso_account_id = 111122223333\n`, '', { severity: 'error', profile: 'a' }],
    ['sso-incomplete', `[profile a]\nsso_session = corp\n${CORP}`, '', { severity: 'note', tools: ['js-sdk'] }],
    ['source-profile-missing', `[profile a]\n${role}source_profile = nope\n`, '', { line: 3, profile: 'a' }],
    ['source-profile-loop', `[profile a]\n${role}source_profile = a\n`, '', { profile: 'a' }],
    ['source-profile-empty', `[profile a]\n${role}source_profile = b\n[profile b]\nregion = x\n`, '', { profile: 'a' }],
    [
      'source-profile-sso',
      `[profile a]\n${role}source_profile = b\n[profile b]\n${sso}${CORP}`,
      '',
      { severity: 'note', tools: ['aws-cli'] },
    ],
    [
      'both-sources',
      `[profile a]\n${role}source_profile = b\ncredential_source = Environment\n[profile b]\n${key}`,
      '',
      { line: 4 },
    ],
    ['no-source', `[profile a]\n${role}`, '', { severity: 'error' }],
    ['credential-source-unknown', `[profile a]\n${role}credential_source = environment\n`, '', { line: 3 }],
    [
      'role-arn-invalid',
      `[profile a]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = b\n[b]\n`,
      `[b]\n${key}`,
      { line: 2 },
    ],
    [
      'mfa-serial-invalid',
      `[profile a]\n${role}source_profile = b\nmfa_serial = arn:aws:iam::1:mfa/a b\n`,
      `[b]\n${key}`,
      { line: 4 },
    ],
    ['mfa-serial-unused', `[profile a]\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n`, '', { severity: 'note' }],
    ['duration-invalid', `[profile a]\n${role}source_profile = b\nduration_seconds = 1h\n`, `[b]\n${key}`, { line: 4 }],
    [
      'duration-invalid',
      `[profile a]\n${role}source_profile = b\nduration_seconds = 100\n`,
      `[b]\n${key}`,
      { line: 4 },
    ],
    ['static-key-incomplete', '', '[a]\naws_access_key_id = AKIA\n', { file: 'credentials', line: 2 }],
    [
      'static-key-incomplete',
      '[profile a]\naws_access_key_id = AKIA\n',
      '[a]\naws_secret_access_key = s\n',
      { tools: ['aws-cli'] },
    ],
    ['static-key-shadows', `[profile a]\n${sso}${CORP}`, `[a]\n${key}`, { tools: ['js-sdk'] }],
    ['static-key-shadows', '[profile a]\ncredential_process = x\n', `[a]\n${key}`, { tools: ['aws-cli', 'js-sdk'] }],
    ['static-key-shadows', `[profile a]\ncredential_process = x\n${key}`, '', { tools: ['js-sdk'] }],
    [
      'static-key-shadowed',
      `[profile a]\n${role}source_profile = b\n${key}[profile b]\n${key}`,
      '',
      { severity: 'note' },
    ],
    ['security-token-shadows', '', `[a]\n${key}aws_security_token = old\naws_session_token = new\n`, { line: 4 }],
    ['services-missing', '[profile a]\nservices = local\n', '', { line: 2 }],
    ['tools-differ', `[profile a]\ncredential_process = x\nlogin_session = y\n`, '', { profile: 'a' }],
    ['invisible-to-js', '[profile "a b"]\nregion = x\n', '', { profile: 'a b', tools: ['js-sdk'] }],
    ['invisible-to-js', '[profile h\u00e9llo]\nregion = x\n', '', { profile: 'h\u00e9llo' }],
    ['invisible-to-js', '[profile   a]\nregion = x\n', '', { profile: 'a' }],
    ['unsafe-name', '[profile prod\u202eved]\nregion = x\n', '', { severity: 'warning' }],
    ['profile-twice', '[profile a]\nregion = x\n[profile "a"]\nregion = y\n', '', { profile: 'a' }],
    ['default-twice', '[default]\nregion = x\n[profile default]\nregion = y\n', '', { profile: 'default' }],
    ['inline-comment', '[profile a]\nregion = x # mine\n', '', { line: 2, key: 'region' }],
    ['inline-comment', '[profile a]\nregion = x\n  more\n', '', { line: 2, key: 'region' }],
    ['continued-line', '[profile a]\nregion = x\n  credential_process = evil\n', '', { key: 'credential_process' }],
    ['key-invisible-to-js', '[profile a]\nRegion = x\n', '', { line: 2, key: 'region', tools: ['js-sdk'] }],
    ['key-invisible-to-js', '[profile a]\nregion: x\noutput = json\n', '', { line: 2, key: 'region' }],
    [
      'prefix-in-credentials-file',
      '',
      `[profile assume-only]\n${key}`,
      { file: 'credentials', line: 1, profile: 'assume-only' },
    ],
    ['prefix-in-credentials-file', '', '[sso-session corp]\nsso_region = x\n', { file: 'credentials' }],
    ['prefix-missing', '[a]\nregion = x\n', '', { file: 'config', line: 1, profile: 'a' }],
    ['section-ignored', '[profile a b]\nregion = x\n', '', { file: 'config', line: 1 }],
    ['section-ignored', "[profile it's]\nregion = x\n", '', { line: 1 }],
    ['default-section-leaks', '[DEFAULT]\nregion = x\n', '', { line: 1 }],
    [
      'duplicate-section',
      '[profile a]\nregion = x\n\n[profile a]\n',
      '',
      { line: 4, severity: 'error', tools: ['aws-cli'] },
    ],
    ['duplicate-key', '[profile a]\nregion = x\nREGION = y\n', '', { line: 3, key: 'region' }],
    ['byte-order-mark', '\ufeff[profile a]\nregion = x\n', '', { line: 1 }],
    ['key-before-section', 'region = x\n', '', { line: 1 }],
    ['line-without-value', '[default]\n\nregion\n', '', { line: 3 }],
    ['line-without-value', '[default]\n[profile a\n', '', { line: 2 }],
    ['line-without-key', '[default]\n= x\n', '', { line: 2 }],
    ['bad-nested-line', '[default]\ns3 =\n  garbage\n', '', { line: 2, key: 's3' }],
    ['js-reads-nothing', '[profile __proto__]\nregion = x\n[profile a]\nregion = y\n', '', { tools: ['js-sdk'] }],
    ['js-reads-nothing', '[profile a]\rregion = x\r', '', { tools: ['js-sdk'] }],
  ])('%s', (code, config, credentials, expected) => {
    const found = allProblems(readAwsProfiles(config, credentials)).filter((problem) => problem.code === code);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject(expected);
    expect(found[0]?.message).toMatch(/\.$/);
    expect(found[0]?.hint.length).toBeGreaterThan(4);
  });

  test('a misplaced [profile x] is named where a role looks for it', () => {
    const { profiles } = readAwsProfiles(
      `[profile r]\n${role}source_profile = assume-only\n`,
      `[profile assume-only]\n${key}`,
    );
    expect(profiles.map(({ name }) => name)).toEqual(['r']);
    expect(profile(profiles, 'r').problems[0]).toMatchObject({
      code: 'source-profile-missing',
      hint: 'The credentials file says [profile assume-only]; write [assume-only] there.',
    });
  });

  test('every profile of a circle, and those that lead to it, name the circle', () => {
    const link = (name: string, source: string): string => `[profile ${name}]\n${role}source_profile = ${source}\n`;
    const { profiles } = readAwsProfiles(link('start', 'l1') + link('l1', 'l2') + link('l2', 'l1'), '');
    for (const { problems } of profiles) {
      expect(problems.map(({ code }) => code)).toEqual(['source-profile-loop']);
      expect(problems[0]?.message).toContain('l1 -> l2 -> l1');
    }
  });

  test('what botocore accepts as a source is no problem', () => {
    const { profiles } = readAwsProfiles(
      `[profile self]\n${role}source_profile = self\n${key}[profile chained]\n${role}source_profile = self\n[profile viaprocess]\n${role}source_profile = p\n[profile p]\ncredential_process = x\n[profile env]\n${role}credential_source = Environment\n`,
      '',
    );
    expect(profiles.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test('a chain of 20,000 roles is followed once', () => {
    const text = Array.from(
      { length: 20_000 },
      (_, index) => `[profile p${index}]\n${role}source_profile = p${index + 1}\n`,
    ).join('');
    const spentMs = cpuMs(() => {
      const { profiles } = readAwsProfiles(text, '');
      expect(profiles[0]?.problems.map(({ code }) => code)).toContain('source-profile-missing');
    });
    expect(spentMs).toBeLessThan(5_000);
  });

  test('a file that botocore refuses is shown all the same, and not a thousand times', () => {
    const { profiles, problems } = readAwsProfiles('[profile a]\nregion = x\n'.repeat(1_000), '');
    expect(profiles).toHaveLength(1);
    expect(profiles[0]?.region).toBe('x');
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toMatchObject({ code: 'more-problems' });
  });
});

test('no secret of the files is in what is read from them, however it is looked at', () => {
  const canary = 'wJalrXUtnFEMIcanary';
  const keys = [
    'aws_secret_access_key',
    'aws_session_token',
    'aws_security_token',
    'AWS_SECRET_ACCESS_KEY',
    'rolecall_aws_secret_access_key',
    'my_password',
  ];
  const forms = (key: string): readonly string[] => [
    `[a]\naws_access_key_id = AKIA\n${key} = ${canary}\n`,
    `[a]\n${key} =\n  x = ${canary}\n`,
    `[a]\n${key}: ${canary}\n  ${canary}\n`,
    `[a]\ns3 =\n  ${key} = ${canary}\n`,
    `[a]\nregion = x\n  ${key} = ${canary}\n`,
    `[DEFAULT]\n${key} = ${canary}\n[a]\nregion = x\n`,
    `[a]\n${key} = ${canary}\n[a]\n${key} = ${canary}\n`,
  ];
  for (const text of keys.flatMap(forms)) {
    const read = readAwsProfiles(text.replaceAll('[a]', '[profile a]'), text);
    expect(inspect(read, { depth: 20, showHidden: true })).not.toContain(canary);
    expect(JSON.stringify(read)).not.toContain(canary);
    expect(read.profiles).toHaveLength(1);
    for (const { keys } of read.profiles) {
      expect(inspect([...keys], { depth: 20 })).not.toContain(canary);
      expect([...keys].length).toBe(keys.size);
    }
  }
});

test('names that are members of objects are ordinary profiles', () => {
  const { profiles } = readAwsProfiles(
    '[profile constructor]\nregion = x\n[profile toString]\nregion = y\n',
    '[hasOwnProperty]\nregion = z\n',
  );
  expect(profiles.map(({ name, region }) => [name, region])).toEqual([
    ['constructor', 'x'],
    ['toString', 'y'],
    ['hasOwnProperty', 'z'],
  ]);
  expect(({} as Record<string, unknown>)['region']).toBeUndefined();
});

describe('the two files together', () => {
  const pairs = fc.sample(fc.tuple(wildIniText, wildIniText), { numRuns: 1_500, seed: 5 });

  test('1,500 generated pairs give the profiles of the real botocore session', (ctx) => {
    if (!hasBotocore()) {
      ctx.skip('python3-botocore is not installed');
    }
    const real = askPython(FULL_CONFIG_SCRIPT, pairs) as readonly (Record<string, Record<string, unknown>> | null)[];
    let compared = 0;
    pairs.forEach(([config, credentials], index) => {
      const expected = real[index];
      const read = readAwsProfiles(config, credentials);
      const isRefused = read.problems.some(
        ({ severity, tools, code }) =>
          severity === 'error' && tools[0] === 'aws-cli' && tools.length === 1 && code !== 'section-ignored',
      );
      expect({ config, credentials, isRefused }).toEqual({ config, credentials, isRefused: expected === null });
      if (expected !== null && expected !== undefined) {
        compared += 1;
        const ours = Object.fromEntries(
          read.profiles.map(({ name, keys }) => [
            name,
            Object.fromEntries(
              [...keys].map(([key, value]) => [
                key,
                value.nested === undefined ? value.value : Object.fromEntries(value.nested),
              ]),
            ),
          ]),
        );
        const theirs = Object.fromEntries(
          Object.entries(expected).filter(([name]) => !/^(?:profile|sso-session|services)\s/.test(name)),
        );
        expect({ config, credentials, profiles: ours }).toEqual({ config, credentials, profiles: theirs });
      }
    });
    expect(compared).toBeGreaterThan(50);
  });

  test('and those of the real JS SDK', async (ctx) => {
    const sdk = jsSdkReader();
    if (sdk === undefined) {
      ctx.skip('@smithy/core cannot be resolved from here');
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'rolecall-pairs-'));
    try {
      for (const [config, credentials] of pairs.slice(0, 600)) {
        const configFilepath = join(folder, 'config');
        const filepath = join(folder, 'credentials');
        writeFileSync(configFilepath, config);
        writeFileSync(filepath, credentials);
        const merged = JSON.parse(
          JSON.stringify(await sdk.parseKnownFiles({ filepath, configFilepath, ignoreCache: true })),
        ) as Record<string, Record<string, string>>;
        const [ofConfig, ofCredentials] = [parseJsIni(config), parseJsIni(credentials)];
        for (const name of [
          ...Object.keys(merged),
          'a',
          'b',
          'ab',
          'default',
          'toString',
          'constructor',
          'x',
          'profile.a',
        ]) {
          const ours = jsProfile(ofConfig, ofCredentials, name);
          const values = ours === undefined ? undefined : Object.fromEntries(ours);
          expect({ config, credentials, name, values }).toEqual({
            config,
            credentials,
            name,
            values: Object.hasOwn(merged, name) ? merged[name] : undefined,
          });
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const FULL_CONFIG_SCRIPT = `
import json, os, sys, tempfile
import botocore.session
from botocore.exceptions import ConfigParseError
folder = tempfile.mkdtemp()
config, credentials = os.path.join(folder, 'config'), os.path.join(folder, 'credentials')
os.environ.update(AWS_CONFIG_FILE=config, AWS_SHARED_CREDENTIALS_FILE=credentials)
session = botocore.session.Session()
results = []
for texts in json.load(sys.stdin):
    session._config = None
    for path, text in zip((config, credentials), texts):
        with open(path, 'wb') as f:
            f.write(text.encode('utf-8'))
    try:
        results.append(session.full_config['profiles'])
    except ConfigParseError:
        results.append(None)
for path in (config, credentials):
    os.remove(path)
os.rmdir(folder)
json.dump(results, sys.stdout)
`;

function profile(profiles: readonly EffectiveProfile[], name: string): EffectiveProfile {
  const found = profiles.find((each) => each.name === name);
  if (found === undefined) {
    throw new Error(`no profile ${name}`);
  }
  return found;
}

function allProblems(read: AwsProfiles): readonly ProfileProblem[] {
  return [...read.problems, ...read.profiles.flatMap(({ problems }) => problems)];
}
