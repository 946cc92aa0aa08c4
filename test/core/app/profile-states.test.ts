import { describe, expect, test } from 'vitest';
import { profileReference } from '../../../src/core/session/keys/helper-line.ts';
import { problemState, profileStates } from '../../../src/core/app/profile-states.ts';
import { managedProfiles } from '../../../src/core/app/managed-profiles.ts';
import { BLOCK_BEGIN, BLOCK_END } from '../../../src/core/files/managed-block.ts';
import { readAwsProfiles } from '../../../src/core/files/effective-profiles.ts';

const FILES = { config: '/home/u/.aws/config', credentials: '/home/u/.aws/credentials' };

const CONFIG = `[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1

[profile admin]
sso_session = corp
sso_account_id = 000000000001
sso_role_name = Admin
region = eu-west-1

[profile old]
sso_start_url = https://old.awsapps.com/start
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = ReadOnly

[profile deploy]
role_arn = arn:aws:iam::111122223333:role/deploy
source_profile = iam
mfa_serial = arn:aws:iam::999988887777:mfa/phone

[profile kept]
credential_process = /opt/rolecall/rolecall credentials --profile kept
rolecall_key = AKIAEXAMPLEEXAMPLE00

[profile kept-role]
credential_process = /opt/rolecall/rolecall credentials --profile kept-role
rolecall_role_arn = arn:aws:iam::111122223333:role/team/deploy
rolecall_source_profile = kept
rolecall_mfa_serial = arn:aws:iam::999988887777:mfa/phone

[profile vault]
credential_process = /opt/rolecall/rolecall credentials --profile vault
rolecall_sso_session = corp
rolecall_sso_account_id = 000000000001
rolecall_sso_role_name = Admin

[profile colours]
output = json

${BLOCK_BEGIN}
[profile made-by-us]
sso_session = corp
sso_account_id = 000000000001
sso_role_name = Audit
${BLOCK_END}

[profile token]
role_arn = arn:aws:iam::111122223333:role/ci
web_identity_token_file = /tmp/token
`;
const CREDENTIALS = `[iam]
aws_access_key_id = AKIAEXAMPLEEXAMPLE11
aws_secret_access_key = CANARY/secret
`;

describe('profiles as a screen shows them', () => {
  const states = profileStates(readAwsProfiles(CONFIG, CREDENTIALS), 'linux', FILES, {
    managed: managedProfiles(CONFIG),
    behindDefault: 'admin',
  });
  const named = (name: string) => states.find((state) => state.name === name);

  test.each([
    [
      'admin',
      {
        kind: 'sso',
        ssoSession: 'corp',
        accountId: '000000000001',
        roleName: 'Admin',
        region: 'eu-west-1',
        canFederate: true,
        isDefault: true,
        protected: false,
        file: FILES.config,
        line: 5,
      },
    ],
    ['old', { kind: 'sso-legacy', ssoSession: 'https://old.awsapps.com/start', canFederate: true }],
    [
      'deploy',
      {
        kind: 'assume-role',
        roleArn: 'arn:aws:iam::111122223333:role/deploy',
        sourceProfile: 'iam',
        mfaSerial: 'arn:aws:iam::999988887777:mfa/phone',
        accountId: '111122223333',
        roleName: 'deploy',
        canFederate: true,
        managed: false,
      },
    ],
    ['token', { kind: 'web-identity', accountId: '111122223333', roleName: 'ci' }],
    ['iam', { kind: 'static', canFederate: false, file: FILES.credentials, line: 1 }],
    ['kept', { kind: 'static', protected: true, canFederate: false }],
    [
      'kept-role',
      {
        kind: 'assume-role',
        protected: true,
        accountId: '111122223333',
        roleName: 'deploy',
        sourceProfile: 'kept',
        canFederate: true,
      },
    ],
    ['vault', { kind: 'sso', ssoSession: 'corp', accountId: '000000000001', roleName: 'Admin', protected: false }],
    ['made-by-us', { kind: 'sso', managed: true }],
    ['colours', { kind: 'settings-only', canFederate: false, output: 'json' }],
  ])('%s', (name, expected) => {
    expect(named(name)).toMatchObject(expected);
  });

  test('no secret is among them', () => {
    expect(JSON.stringify(states)).not.toContain('CANARY');
  });
});

test('a problem names the tools and the file in the words of the screen', () => {
  const problem = {
    code: 'unsafe-name',
    severity: 'note',
    message: 'm',
    hint: 'h',
    tools: ['aws-cli', 'js-sdk'],
    file: 'credentials',
    line: 3,
  } as const;
  expect(problemState(problem, FILES)).toEqual({
    code: 'unsafe-name',
    severity: 'info',
    message: 'm',
    hint: 'h',
    tools: ['aws-cli', 'boto3', 'js-sdk'],
    file: FILES.credentials,
    line: 3,
  });
  expect(problemState(problem).file).toBe('credentials');
});

test('a line of ours that names another profile or a role serves it, one that names its own serves nothing else', () => {
  const line = (words: string): string => `credential_process = /opt/rolecall/rolecall credentials ${words}`;
  const config = `[profile é]
${line(`--profile ${profileReference('é')}`)}
rolecall_role_arn = arn:aws:iam::111122223333:role/x
[profile alias]
${line(`--profile ${profileReference('é')}`)}
[profile role]
${line('--sso-session corp --account 111122223333 --role Admin')}
[profile gone]
${line('--profile nobody')}
`;
  const states = profileStates(readAwsProfiles(config, ''), 'linux');
  expect(states.map(({ name, serves }) => [name, serves])).toEqual([
    ['é', undefined],
    ['alias', { kind: 'profile', profile: 'é' }],
    ['role', { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' }],
    ['gone', undefined],
  ]);
});
