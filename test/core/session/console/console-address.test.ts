import { writeFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AwsUnavailableError } from '../../../../src/core/aws/aws-errors.ts';
import { loadAwsProfiles } from '../../../../src/core/files/load-aws-profiles.ts';
import type { TemporaryCredentials } from '../../../../src/core/model/credentials.ts';
import { NotFoundError } from '../../../../src/core/model/errors.ts';
import { Secret } from '../../../../src/core/model/secret.ts';
import { consoleService, type ConsoleOptions } from '../../../../src/core/session/console/console-address.ts';
import { CannotFederateError, UrlRefusedError } from '../../../../src/core/session/errors.ts';
import type { RoleTarget } from '../../../../src/shared/role-target.ts';
import { answerInBrowser, startSandbox, textOf } from '../../../helpers/sandbox.ts';
import { scriptedServer, type ScriptedReply, type SeenRequest } from '../../../helpers/scripted-server.ts';
import { NEVER, signInThrough, ssoUnderTest, type SsoUnderTest } from '../../../helpers/sso-under-test.ts';

const CREDENTIALS: TemporaryCredentials = {
  accessKeyId: 'ASIAQWERTYUIOPASDFGH',
  secretAccessKey: new Secret('secret-canary'),
  sessionToken: new Secret('token-canary'),
  expiresAt: new Date('2099-01-01'),
};

const CONTEXT = {
  asker: { program: 'test', pid: undefined, folder: undefined, parents: [] },
  userAsked: true,
  signal: NEVER,
};

const SSO = { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' } as const;
const profile = (name: string): RoleTarget => ({ kind: 'profile', profile: name });

const CONFIG = `[sso-session corp]
sso_start_url = https://corp.awsapps.com/start/#/
sso_region = us-east-1
[sso-session china]
sso_start_url = https://start.home.awsapps.cn/directory/d-1
sso_region = cn-north-1
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Admin
[profile keys]
aws_access_key_id = AKIAQWERTYUIOPASDFGH
aws_secret_access_key = x
[profile direct]
role_arn = arn:aws:iam::444455556666:role/team/Deploy
source_profile = keys
[profile chained]
role_arn = arn:aws:iam::777788889999:role/Deploy
source_profile = direct
[profile over-sso]
role_arn = arn:aws:iam::777788889999:role/Deploy
source_profile = sso
[profile gov]
role_arn = arn:aws-us-gov:iam::444455556666:role/Deploy
source_profile = keys
`;

const line = (name: string): string => `credential_process = /opt/rolecall credentials --profile ${name}`;

/** Profiles whose own keys stand aside for a line of ours: protected ones, and those of an Identity Center in vault mode. */
const SERVED = `${CONFIG}
[profile stored]
${line('stored')}
rolecall_key = AKIAQWERTYUIOPASDFGH
[profile from-stored]
role_arn = arn:aws:iam::444455556666:role/Deploy
source_profile = stored
[profile stored-gov]
${line('stored-gov')}
rolecall_role_arn = arn:aws-us-gov:iam::444455556666:role/team/Deploy
rolecall_source_profile = stored
[profile vault]
${line('vault')}
rolecall_sso_session = china
rolecall_sso_account_id = 111122223333
rolecall_sso_role_name = Admin
[profile pasted]
aws_access_key_id = ASIAQWERTYUIOPASDFGH
aws_secret_access_key = x
aws_session_token = y
`;

/** A console service whose sign-in host answers as told (with a token unless told). */
async function consoleAt(
  answer: (request: SeenRequest) => ScriptedReply = () => ({ json: { SigninToken: 'signin-canary' } }),
) {
  const server = await scriptedServer(answer);
  onTestFinished(() => server.close());
  const under = await ssoUnderTest({ env: { ROLECALL_SIGNIN_ENDPOINT: server.url }, config: CONFIG });
  return { server, under, open: opener(under) };
}

function opener(
  under: SsoUnderTest,
  getCredentials: (target: RoleTarget) => Promise<TemporaryCredentials> = async () => CREDENTIALS,
) {
  const service = consoleService({
    network: under.network,
    clock: under.clock,
    random: { fraction: () => 0, bytes: () => new Uint8Array() },
    platform: 'linux',
    readProfiles: () => loadAwsProfiles(under.paths),
    getCredentials,
  });
  return (target: RoleTarget, options: ConsoleOptions = {}) => service.address(target, options, CONTEXT);
}

function duration(request: SeenRequest | undefined): string | null {
  return new URLSearchParams(request?.body).get('SessionDuration');
}

describe('by federation', () => {
  test('signs in to the console of a permission set at the sandbox', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    await signInThrough(under, answerInBrowser);
    const { accounts } = await under.directory.refresh('corp', () => undefined, NEVER);
    const account = accounts.find(({ roles }) => roles.length > 0);
    const target = { ...SSO, accountId: account?.accountId ?? '', roleName: account?.roles[0] ?? '' };
    const open = opener(under, (wanted) =>
      wanted.kind === 'sso-role' ? under.ssoRole(wanted, NEVER) : Promise.reject(new Error('not here')),
    );
    const { url, shown } = await open(target, { destination: 's3', region: 'eu-west-1' });
    const page = await fetch(url.reveal());
    const text = textOf(await page.text());
    expect(page.status).toBe(200);
    expect(text).toContain(target.accountId);
    expect(text).toContain(target.roleName);
    expect(shown).toBe('eu-west-1.console.aws.amazon.com/s3/home');
    expect(String(url)).toBe('[secret]');
  });

  test('the login address carries issuer, destination and token; what is shown carries none of it', async () => {
    const { open, server } = await consoleAt();
    const { url, shown } = await open(SSO, { destination: 'ec2', region: 'eu-west-1' });
    const login = new URL(url.reveal());
    expect(`${login.origin}${login.pathname}`).toBe(`${server.url}/federation`);
    expect(Object.fromEntries(login.searchParams)).toEqual({
      Action: 'login',
      Issuer: 'https://corp.awsapps.com/start/#/',
      Destination: 'https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1',
      SigninToken: 'signin-canary',
    });
    expect(shown).toBe('eu-west-1.console.aws.amazon.com/ec2/home');
  });

  test.each([
    [SSO, ['43200']],
    [profile('sso'), ['43200']],
    [profile('direct'), ['43200']],
    [profile('chained'), [null]],
    [profile('over-sso'), [null]],
  ] as const)('the duration for %j: %j', async (target, durations) => {
    const { open, server } = await consoleAt();
    await open(target);
    expect(server.seen.map(duration)).toEqual(durations);
  });

  test('a refused duration is left out at once; without it refused, no console', async () => {
    const { open, server } = await consoleAt((request) =>
      duration(request) === null
        ? { json: { SigninToken: 't' } }
        : { status: 400, text: 'Invalid credentials parameter' },
    );
    await open(SSO);
    expect(server.seen.map(duration)).toEqual(['43200', null]);
    const never = await consoleAt(() => ({ status: 400, text: 'no' }));
    await expect(never.open(SSO)).rejects.toThrow(CannotFederateError);
    expect(never.server.seen).toHaveLength(2);
  });

  test('an outage is tried again and then told', async () => {
    const { open, server } = await consoleAt(() => ({ status: 503, text: '' }));
    await expect(open(SSO)).rejects.toThrow(AwsUnavailableError);
    expect(server.seen).toHaveLength(4);
  });

  test('an access key’s own profile opens no console, and nothing is sent', async () => {
    const { open, server } = await consoleAt();
    await expect(open(profile('keys'))).rejects.toThrow(CannotFederateError);
    expect(server.seen).toHaveLength(0);
  });

  test.each([
    [{ ...SSO, ssoSession: 'china' }, {}, 'https://console.amazonaws.cn/'],
    [
      profile('gov'),
      { region: 'us-gov-east-1' },
      'https://us-gov-east-1.console.amazonaws-us-gov.com/console/home?region=us-gov-east-1',
    ],
  ] as const)('%j opens the console of its partition', async (target, options, destination) => {
    const { open } = await consoleAt();
    const { url } = await open(target, options);
    expect(new URL(url.reveal()).searchParams.get('Destination')).toBe(destination);
  });

  test('a destination of elsewhere is refused before credentials are fetched', async () => {
    const { under } = await consoleAt();
    const open = opener(under, () => Promise.reject(new Error('asked for credentials')));
    await expect(open(SSO, { destination: 'https://evil.tld/' })).rejects.toThrow(UrlRefusedError);
    await expect(open(SSO, { region: 'cn-north-1' })).rejects.toThrow('region');
  });

  test('who is not in the files is told', async () => {
    const { open } = await consoleAt();
    await expect(open(profile('nobody'))).rejects.toThrow(NotFoundError);
    await expect(open({ ...SSO, ssoSession: 'nobody' })).rejects.toThrow(NotFoundError);
  });

  test('no secret is in an error', async () => {
    const { open } = await consoleAt(() => ({ status: 400, text: 'secret-canary' }));
    const error = await open(SSO).catch((e: unknown) => e);
    expect(JSON.stringify(error) + String(error) + String((error as Error).cause)).not.toContain('canary');
  });
});

describe('of a profile that a line of ours serves', () => {
  async function served() {
    const at = await consoleAt();
    await writeFile(at.under.paths.configFile, SERVED);
    return at;
  }

  test.each([
    ['from-stored', 'https://console.aws.amazon.com/', '43200', 'rolecall'],
    ['stored-gov', 'https://console.amazonaws-us-gov.com/', '43200', 'rolecall'],
    ['vault', 'https://console.amazonaws.cn/', '43200', 'https://start.home.awsapps.cn/directory/d-1'],
  ] as const)('%s opens as if its own keys stood there', async (name, destination, seconds, issuer) => {
    const { open, server } = await served();
    const { searchParams } = new URL((await open(profile(name))).url.reveal());
    expect(searchParams.get('Destination')).toBe(destination);
    expect(searchParams.get('Issuer')).toBe(issuer);
    expect(server.seen.map(duration)).toEqual([seconds]);
  });

  test('a protected access key opens none, and nothing is sent', async () => {
    const { open, server } = await served();
    await expect(open(profile('stored'))).rejects.toThrow('An access key');
    expect(server.seen).toHaveLength(0);
  });

  test('a protected role is switched to by its ARN', async () => {
    const { open } = await served();
    const { url } = await open(profile('stored-gov'), { via: 'switch-role' });
    expect(url.reveal()).toContain('account=444455556666&roleName=team%2FDeploy');
  });

  test('a role of an Identity Center in vault mode opens through its portal', async () => {
    const { open } = await served();
    const { url } = await open(profile('vault'), { via: 'portal' });
    expect(url.reveal()).toBe(
      'https://start.home.awsapps.cn/directory/d-1/#/console?account_id=111122223333&role_name=Admin',
    );
  });
});

test('temporary credentials that were pasted into a profile are tried: they may be a role’s', async () => {
  const { open, under, server } = await consoleAt();
  await writeFile(under.paths.configFile, SERVED);
  expect((await open(profile('pasted'))).shown).toBe('console.aws.amazon.com');
  expect(server.seen.map(duration)).toEqual(['43200']);
});

describe('by the portal', () => {
  test.each([
    [SSO, {}, 'https://corp.awsapps.com/start/#/console?account_id=111122223333&role_name=Admin'],
    [
      profile('sso'),
      { destination: 's3', region: 'eu-west-1' },
      'https://corp.awsapps.com/start/#/console?account_id=111122223333&role_name=Admin&destination=https%3A%2F%2Feu-west-1.console.aws.amazon.com%2Fs3%2Fhome%3Fregion%3Deu-west-1',
    ],
    [
      { ...SSO, ssoSession: 'china' },
      {},
      'https://start.home.awsapps.cn/directory/d-1/#/console?account_id=111122223333&role_name=Admin',
    ],
  ] as const)('%j with %j', async (target, options, expected) => {
    const { open, server } = await consoleAt();
    const { url, shown } = await open(target, { ...options, via: 'portal' });
    expect(url.reveal()).toBe(expected);
    expect(shown).toBe(`${new URL(expected).host} (111122223333)`);
    expect(server.seen).toHaveLength(0);
  });

  test('is not offered where there is no portal', async () => {
    const { open } = await consoleAt();
    await expect(open(profile('direct'), { via: 'portal' })).rejects.toThrow(CannotFederateError);
  });

  test('a section that was given a hostile start URL opens nothing', async () => {
    const { open, under } = await consoleAt();
    await writeFile(
      under.paths.configFile,
      '[sso-session corp]\nsso_start_url = https://d-1.awsapps.com.evil.tld/start\nsso_region = us-east-1\n',
    );
    await expect(open(SSO, { via: 'portal' })).rejects.toThrow('not the address of an AWS access portal');
  });
});

describe('by switching roles', () => {
  test('the link names account, role with its path, display name and colour', async () => {
    const { open, server } = await consoleAt();
    const { url, shown } = await open(profile('direct'), { via: 'switch-role', colour: 'F2B0A9' });
    expect(url.reveal()).toBe(
      `${server.url}/switchrole?account=444455556666&roleName=team%2FDeploy&displayName=direct&color=F2B0A9`,
    );
    expect(shown).toContain('444455556666');
    expect(server.seen).toHaveLength(0);
  });

  test('goes to the role’s partition', async () => {
    const under = await ssoUnderTest({ config: CONFIG });
    const { url } = await opener(under)(profile('gov'), { via: 'switch-role' });
    expect(url.reveal()).toMatch(
      /^https:\/\/signin\.amazonaws-us-gov\.com\/switchrole\?account=444455556666&roleName=Deploy/,
    );
  });

  test('is not offered for permission sets and keys', async () => {
    const { open } = await consoleAt();
    await expect(open(SSO, { via: 'switch-role' })).rejects.toThrow(CannotFederateError);
    await expect(open(profile('keys'), { via: 'switch-role' })).rejects.toThrow(CannotFederateError);
  });
});
