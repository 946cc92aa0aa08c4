import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { generateOrganization } from '../../src/sandbox/generate-organization.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import {
  DEBIAN_AWS,
  DEBIAN_PYTHON,
  debianClientsMissing,
  proxiedEnvironment,
  run,
  temporaryHome,
  type Finished,
} from '../helpers/sandbox-programs.ts';
import { answerInBrowser } from '../helpers/sandbox.ts';

const { assumeOnly } = DEMO.users;

/** As `aws configure sso` writes it. */
const SSO_CONFIG = `[profile admin]
sso_session = demo
sso_account_id = ${DEMO.accounts.development}
sso_role_name = AdministratorAccess
region = ap-northeast-1
output = json

[profile billing]
sso_session = demo
sso_account_id = 214748364801
sso_role_name = Billing
region = ap-northeast-1

[sso-session demo]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_registration_scopes = sso:account:access
`;

/** The two files of people without Identity Center. */
const ROLE_CONFIG = `[profile assume-only]
region = ap-northeast-1

[profile admin-role]
role_arn = ${DEMO.iam.adminRole}
mfa_serial = ${assumeOnly.mfaSerial}
source_profile = assume-only
region = ap-northeast-1
`;

const keys = (secretAccessKey: string = assumeOnly.secretAccessKey): string =>
  `[assume-only]\naws_access_key_id = ${assumeOnly.accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;

let sandbox: Sandbox;

beforeEach(async (context) => {
  const missing = debianClientsMissing();
  if (missing !== undefined) {
    context.skip(missing);
  }
  sandbox = await createSandbox();
  return () => sandbox.close();
});

const aws = (env: Record<string, string>, args: string, stdin = ''): Promise<Finished> =>
  run([DEBIAN_AWS, ...args.split(' ')], env, { stdin });

const python = (env: Record<string, string>, script: string): Promise<Finished> =>
  run([DEBIAN_PYTHON, '-c', script], env);

/** Signs in as a person does: runs the command, opens the URL it prints, clicks Allow. */
async function signIn(env: Record<string, string>): Promise<Finished> {
  let opened: Promise<Response> | undefined;
  const finished = await run([DEBIAN_AWS, 'sso', 'login', '--no-browser', '--profile', 'admin'], env, {
    onOutput(stdout) {
      const url = /https?:\/\/\S+\?user_code=\S+/.exec(stdout)?.[0];
      if (url !== undefined) {
        opened ??= answerInBrowser(url);
      }
    },
  });
  await opened;
  return finished;
}

describe('Debian’s aws 2.9.19 through the proxy, with an sso-session', () => {
  test('signs in by device code, lists buckets and says who it is', async () => {
    const home = await temporaryHome({ config: SSO_CONFIG });
    const env = await proxiedEnvironment(sandbox, home);
    const login = await signIn(env);
    expect(login).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Successfully logged into Start URL') as string,
    });
    const listed = await aws(env, 's3 ls --profile admin');
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout).toContain('minato-dev-assets');
    const identity = await aws(env, 'sts get-caller-identity --profile admin');
    expect(JSON.parse(identity.stdout)).toMatchObject({
      Account: DEMO.accounts.development,
      Arn: expect.stringMatching(
        /assumed-role\/AWSReservedSSO_AdministratorAccess_[0-9a-f]{16}\/mika\.tanaka$/,
      ) as string,
    });
    expect(sandbox.requests.of('sso-oidc.*')[0]?.host).toBe('oidc.ap-northeast-1.amazonaws.com');
  });

  test('lists what Systems Manager and EC2 know of instances', async () => {
    const env = await proxiedEnvironment(sandbox, await temporaryHome({ config: SSO_CONFIG }));
    await signIn(env);
    const managed = await aws(env, 'ssm describe-instance-information --profile admin --page-size 5');
    expect(managed).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(managed.stdout)).toMatchObject({
      InstanceInformationList: [{ InstanceId: 'i-0de3000000000000a', PingStatus: 'Online', PlatformType: 'Linux' }],
    });
    const known = 'Reservations[].Instances[].[InstanceId,State.Name,Tags[0].Value]';
    const described = await aws(env, `ec2 describe-instances --profile admin --output text --query ${known}`);
    expect(described).toMatchObject({ code: 0, stdout: 'i-0de3000000000000a\trunning\tworkbench\n', stderr: '' });
    const refused = await aws(env, 'ec2 describe-instances --profile billing');
    expect(refused.stderr).toContain('(UnauthorizedOperation) when calling the DescribeInstances operation');
    const denied = await aws(env, 'ssm describe-instance-information --profile billing');
    expect(denied.stderr).toContain('(AccessDeniedException) when calling the DescribeInstanceInformation operation');
    expect(sandbox.requests.of('ssm.*')[0]?.host).toBe('ssm.ap-northeast-1.amazonaws.com');
  });

  test('a role that may not list buckets is refused, and sign-out ends the session', async () => {
    const env = await proxiedEnvironment(sandbox, await temporaryHome({ config: SSO_CONFIG }));
    await signIn(env);
    const refused = await aws(env, 's3 ls --profile billing');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('AccessDenied');
    expect((await aws(env, 'sso logout')).code).toBe(0);
    expect(sandbox.requests.of('sso.Logout')[0]?.status).toBe(200);
    expect((await aws(env, 's3 ls --profile admin')).code).not.toBe(0);
  });

  test('a denied request ends the sign-in with an error', async () => {
    const env = await proxiedEnvironment(sandbox, await temporaryHome({ config: SSO_CONFIG }));
    const finished = run([DEBIAN_AWS, 'sso', 'login', '--no-browser', '--profile', 'admin'], env);
    await expect.poll(() => sandbox.control.waitingDevices()[0]?.userCode, { timeout: 20_000 }).toBeDefined();
    sandbox.control.denyDevice(sandbox.control.waitingDevices()[0]?.userCode ?? '');
    const { code, stderr } = await finished;
    expect(code).not.toBe(0);
    expect(stderr).toContain('AccessDeniedException');
  });

  test('an access token that ended is refused by the portal', async () => {
    const env = await proxiedEnvironment(sandbox, await temporaryHome({ config: SSO_CONFIG }));
    await signIn(env);
    sandbox.control.expireAccessTokens();
    const refused = await aws(env, 's3 ls --profile admin');
    expect(refused.code).toBe(255);
    expect(refused.stderr).toContain(
      'The SSO session associated with this profile has expired or is otherwise invalid',
    );
  });

  test('lists accounts and roles page by page', async () => {
    const home = await temporaryHome({ config: SSO_CONFIG });
    const env = await proxiedEnvironment(sandbox, home);
    await signIn(env);
    const token = JSON.parse(
      await readFile(join(home, '.aws/sso/cache', `${createHash('sha1').update('demo').digest('hex')}.json`), 'utf8'),
    ) as { accessToken: string };
    const accounts = await aws(
      env,
      `sso list-accounts --page-size 5 --access-token ${token.accessToken} --region ${DEMO.region}`,
    );
    expect((JSON.parse(accounts.stdout) as { accountList: unknown[] }).accountList).toHaveLength(14);
    expect(sandbox.requests.count('sso.ListAccounts')).toBe(3);
  });
});

describe('Debian’s clients through the proxy, with an IAM user and MFA', () => {
  test('aws assumes the role with a code from stdin', async () => {
    const env = await proxiedEnvironment(sandbox, await temporaryHome({ config: ROLE_CONFIG, credentials: keys() }));
    const code = sandbox.control.currentCode(assumeOnly.mfaSerial);
    const identity = await aws(env, 'sts get-caller-identity --profile admin-role', `${code}\n`);
    expect(identity).toMatchObject({ code: 0 });
    expect(identity.stdout).toContain('assumed-role/admin-role/botocore-session-');
    const listed = await aws(env, 's3 ls --profile admin-role');
    expect(listed.stdout).toContain('client-prod-site');
  });

  test('a wrong code is refused in AWS’s words', async () => {
    const env = await proxiedEnvironment(sandbox, await temporaryHome({ config: ROLE_CONFIG, credentials: keys() }));
    const refused = await aws(env, 'sts get-caller-identity --profile admin-role', '000000\n');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('MultiFactorAuthentication failed with invalid MFA one time pass code.');
  });

  test('a wrong secret key fails the signature check', async () => {
    const env = await proxiedEnvironment(
      sandbox,
      await temporaryHome({ config: ROLE_CONFIG, credentials: keys('wrong') }),
    );
    const refused = await aws(env, 'sts get-caller-identity --profile assume-only');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('SignatureDoesNotMatch');
  });

  test('boto3 signs, lists and assumes; a host that is not AWS’s is refused by the proxy', async () => {
    const env = await proxiedEnvironment(sandbox, await temporaryHome({ config: ROLE_CONFIG, credentials: keys() }));
    const script = `
import boto3, sys, urllib.request
session = boto3.Session(profile_name='assume-only')
print(session.client('sts').get_caller_identity()['Arn'])
answer = session.client('sts').assume_role(RoleArn='${DEMO.iam.adminRole}', RoleSessionName='boto', SerialNumber='${assumeOnly.mfaSerial}', TokenCode='${sandbox.control.currentCode(assumeOnly.mfaSerial)}')['Credentials']
admin = boto3.Session(answer['AccessKeyId'], answer['SecretAccessKey'], answer['SessionToken'], region_name='ap-northeast-1')
print([bucket['Name'] for bucket in admin.client('s3').list_buckets()['Buckets']])
try:
    urllib.request.urlopen('https://example.com/')
except Exception as error:
    print(error)
`;
    const { code, stdout, stderr } = await python(env, script);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('arn:aws:iam::619283746501:user/assume-only');
    expect(stdout).toContain("['client-prod-site']");
    expect(stdout).toContain('403 Forbidden');
  });

  test('boto3 uses the sign-in that aws made', async () => {
    const env = await proxiedEnvironment(sandbox, await temporaryHome({ config: SSO_CONFIG }));
    await signIn(env);
    const script = `
import boto3
session = boto3.Session(profile_name='admin')
print(session.client('sts').get_caller_identity()['Account'], [b['Name'] for b in session.client('s3').list_buckets()['Buckets']])
`;
    const { stdout, stderr } = await python(env, script);
    expect(stderr).toBe('');
    expect(stdout).toContain(`${DEMO.accounts.development} ['minato-dev-assets'`);
  });
});

describe('Debian’s clients in other partitions', () => {
  test.each([
    ['cn-north-1', 'https://rolecall-demo.awsapps.cn/start', 'arn:aws-cn:', 'oidc.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'https://rolecall-gov.awsapps.com/start', 'arn:aws-us-gov:', 'oidc.us-gov-west-1.amazonaws.com'],
  ])('%s: sign-in, identity and buckets by its own hosts', async (region, startUrl, arn, host) => {
    await sandbox.close();
    sandbox = await createSandbox({ organization: generateOrganization(1, 1, { region, startUrl }) });
    const config = `[profile admin]
sso_session = demo
sso_account_id = 100000000000
sso_role_name = ReadOnlyAccess
region = ${region}

[sso-session demo]
sso_start_url = ${startUrl}
sso_region = ${region}
sso_registration_scopes = sso:account:access
`;
    const env = await proxiedEnvironment(sandbox, await temporaryHome({ config }));
    expect((await signIn(env)).code).toBe(0);
    const identity = await aws(env, 'sts get-caller-identity --profile admin');
    expect(identity.stdout).toContain(`${arn}sts::100000000000:assumed-role/AWSReservedSSO_ReadOnlyAccess_`);
    expect((await aws(env, 's3 ls --profile admin')).stdout).toContain('minato-100000000000');
    expect(sandbox.requests.of('sso-oidc.*')[0]?.host).toBe(host);
  });
});
