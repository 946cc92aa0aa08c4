import { AssumeRoleCommand, GetFederationTokenCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { GetRoleCredentialsCommand, SSOClient } from '@aws-sdk/client-sso';
import { describe, expect, test } from 'vitest';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import { demoOrganization } from '../../../src/sandbox/demo-organization.ts';
import type { Organization } from '../../../src/sandbox/organization.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { credentialsOf, stsClient, type SdkCredentials } from '../../helpers/sandbox-clients.ts';
import { signInToPortal } from '../../helpers/sandbox-sign-in.ts';
import { startSandbox, textOf } from '../../helpers/sandbox.ts';

const { assumeOnly } = DEMO.users;
const DESTINATION = 'https://ap-northeast-1.console.aws.amazon.com/s3/buckets?region=ap-northeast-1';

const sessionOf = (credentials: SdkCredentials): string =>
  JSON.stringify({
    sessionId: credentials.accessKeyId,
    sessionKey: credentials.secretAccessKey,
    sessionToken: credentials.sessionToken,
  });

function getSigninToken(
  sandbox: Sandbox,
  credentials: SdkCredentials,
  more: Record<string, string> = {},
): Promise<Response> {
  const body = new URLSearchParams({ Action: 'getSigninToken', Session: sessionOf(credentials), ...more });
  return fetch(`${sandbox.url}/federation`, { method: 'POST', body });
}

const loginUrl = (sandbox: Sandbox, signinToken: string, destination = DESTINATION): string =>
  `${sandbox.url}/federation?${new URLSearchParams({ Action: 'login', Issuer: 'Rolecall', Destination: destination, SigninToken: signinToken }).toString()}`;

async function ssoRole(sandbox: Sandbox, accountId: string, roleName: string): Promise<SdkCredentials> {
  const sso = new SSOClient({ region: sandbox.region, endpoint: sandbox.url, maxAttempts: 1 });
  const accessToken = await signInToPortal(sandbox);
  const { roleCredentials } = await sso.send(new GetRoleCredentialsCommand({ accessToken, accountId, roleName }));
  const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = roleCredentials ?? {};
  return { accessKeyId, secretAccessKey, sessionToken };
}

async function assumed(sandbox: Sandbox, RoleArn: string = DEMO.iam.readOnlyRole): Promise<SdkCredentials> {
  const mfa = { SerialNumber: assumeOnly.mfaSerial, TokenCode: sandbox.control.currentCode(assumeOnly.mfaSerial) };
  const input = { RoleArn, RoleSessionName: 'mika', ...mfa };
  return credentialsOf(await stsClient(sandbox, assumeOnly).send(new AssumeRoleCommand(input)));
}

describe('getSigninToken and login', () => {
  test('a role of Identity Center opens its console, by POST and by GET', async () => {
    const sandbox = await startSandbox();
    const credentials = await ssoRole(sandbox, DEMO.accounts.hostile, 'AdministratorAccess');
    const posted = await getSigninToken(sandbox, credentials, { SessionDuration: '43200' });
    const { SigninToken } = (await posted.json()) as { SigninToken: string };
    const page = await fetch(loginUrl(sandbox, SigninToken));
    const markup = await page.text();
    const words = textOf(markup);
    expect(page.status).toBe(200);
    expect(words).toContain('You are signed in to R&D "Blue" <b>$(id)</b>; #1]');
    expect(markup).not.toContain('<b>$(id)');
    expect(words).toContain('Account ID 508672951103 Role AdministratorAccess');
    expect(words).toContain('Service S3 Region ap-northeast-1');
    expect(words).toMatch(/Time left (12 h 0|11 h 59) min/);
    expect(words).toContain('minato-rnd');
    const query = new URLSearchParams({ Action: 'getSigninToken', Session: sessionOf(credentials) });
    expect((await fetch(`${sandbox.url}/federation?${query.toString()}`)).status).toBe(200);
  });

  test('the secrets of a session are not in the log', async () => {
    const sandbox = await startSandbox();
    const credentials = await ssoRole(sandbox, DEMO.accounts.staging, 'ReadOnlyAccess');
    const { SigninToken } = (await (await getSigninToken(sandbox, credentials)).json()) as { SigninToken: string };
    await fetch(loginUrl(sandbox, SigninToken));
    const log = JSON.stringify(sandbox.requests.entries);
    expect(sandbox.requests.count('federation.getSigninToken')).toBe(1);
    for (const secret of [credentials.secretAccessKey, credentials.sessionToken ?? '', SigninToken]) {
      expect(log).not.toContain(secret);
    }
  });

  test('a sign-in URL is good for fifteen minutes', async () => {
    const clock = new FakeClock(Date.now());
    const sandbox = await startSandbox({ clock });
    const credentials = await ssoRole(sandbox, DEMO.accounts.staging, 'ReadOnlyAccess');
    const { SigninToken } = (await (await getSigninToken(sandbox, credentials)).json()) as { SigninToken: string };
    expect((await fetch(loginUrl(sandbox, SigninToken))).status).toBe(200);
    await clock.advance(901_000);
    const late = await fetch(loginUrl(sandbox, SigninToken));
    expect(late.status).toBe(400);
    expect(await late.text()).toContain('credentials in your login link were invalid');
  });

  test('a destination that is no console of the partition is refused', async () => {
    const sandbox = await startSandbox();
    const credentials = await ssoRole(sandbox, DEMO.accounts.staging, 'ReadOnlyAccess');
    const { SigninToken } = (await (await getSigninToken(sandbox, credentials)).json()) as { SigninToken: string };
    for (const destination of [
      'https://evil.example/',
      'https://console.aws.amazon.com.evil.example/',
      'https://console.amazonaws.cn/',
    ]) {
      expect((await fetch(loginUrl(sandbox, SigninToken, destination))).status).toBe(400);
    }
  });
});

describe('who may not federate', () => {
  test('GetSessionToken credentials and long-term keys are refused', async () => {
    const sandbox = await startSandbox();
    const session = credentialsOf(await stsClient(sandbox, assumeOnly).send(new GetSessionTokenCommand({})));
    const refused = await getSigninToken(sandbox, session);
    expect(refused.status).toBe(400);
    expect(textOf(await refused.text())).toContain('Invalid credentials parameter');
    expect((await getSigninToken(sandbox, assumeOnly)).status).toBe(400);
  });

  test('a duration is taken for a role assumed with long-term keys, and refused for a chained one', async () => {
    const sandbox = await startSandbox();
    const first = await assumed(sandbox);
    expect((await getSigninToken(sandbox, first, { SessionDuration: '900' })).status).toBe(200);
    const input = { RoleArn: DEMO.iam.auditRole, RoleSessionName: 'audit' };
    const chained = credentialsOf(await stsClient(sandbox, first).send(new AssumeRoleCommand(input)));
    expect((await getSigninToken(sandbox, chained, { SessionDuration: '900' })).status).toBe(400);
    expect((await getSigninToken(sandbox, chained)).status).toBe(200);
  });

  test.each(['899', '43201', 'abc', '-1', ''])('a duration of %j is refused', async (duration) => {
    const sandbox = await startSandbox();
    const credentials = await assumed(sandbox);
    expect((await getSigninToken(sandbox, credentials, { SessionDuration: duration })).status).toBe(400);
  });

  test('a federated user gets in without a duration only', async () => {
    const sandbox = await startSandbox({ organization: withFederatingUser() });
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
    });
    const federate = new GetFederationTokenCommand({ Name: 'mika', Policy, DurationSeconds: 3600 });
    const federated = credentialsOf(await stsClient(sandbox, FEDERATING_KEY).send(federate));
    expect((await getSigninToken(sandbox, federated, { SessionDuration: '3600' })).status).toBe(400);
    expect((await getSigninToken(sandbox, federated)).status).toBe(200);
    await expect(stsClient(sandbox, assumeOnly).send(federate)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test.each(['', '{', 'null', '{"sessionId":1}', '[]'])('a Session of %j is refused', async (session) => {
    const sandbox = await startSandbox();
    const body = new URLSearchParams({ Action: 'getSigninToken', Session: session });
    expect((await fetch(`${sandbox.url}/federation`, { method: 'POST', body })).status).toBe(400);
  });
});

const FEDERATING_KEY = { accessKeyId: 'AKIATESTFEDERATING22', secretAccessKey: 'test-only' };

function withFederatingUser(): Organization {
  const demo = demoOrganization();
  const policy = {
    policyName: 'federate',
    document: {
      Version: '2012-10-17' as const,
      Statement: { Effect: 'Allow' as const, Action: ['sts:GetFederationToken', 's3:*'], Resource: '*' },
    },
  };
  const user = { userName: 'federator', policies: [policy], accessKeys: [FEDERATING_KEY] };
  const accounts = demo.accounts.map((account) =>
    account.accountId === DEMO.iam.membersAccount ? { ...account, users: [...(account.users ?? []), user] } : account,
  );
  return { ...demo, accounts };
}
