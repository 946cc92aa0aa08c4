import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
  LogoutCommand,
  SSOClient,
  paginateListAccounts,
} from '@aws-sdk/client-sso';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import { generateOrganization } from '../../../src/sandbox/generate-organization.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { signInToPortal } from '../../helpers/sandbox-sign-in.ts';
import { startSandbox } from '../../helpers/sandbox.ts';

async function signedIn(options: SandboxOptions = {}, userName?: string) {
  const sandbox = await startSandbox(options);
  const accessToken = await signInToPortal(sandbox, userName);
  const sso = new SSOClient({ region: sandbox.region, endpoint: sandbox.url, maxAttempts: 1 });
  return { sandbox, accessToken, sso };
}

describe('accounts and roles', () => {
  test('the demo has 14 accounts, one of them with a hostile name', async () => {
    const { sso, accessToken } = await signedIn();
    const { accountList = [] } = await sso.send(new ListAccountsCommand({ accessToken }));
    expect(accountList).toHaveLength(14);
    expect(accountList.map(({ accountName }) => accountName)).toContain('R&D "Blue" <b>$(id)</b>; #1]');
    expect(accountList.find(({ accountName }) => accountName === 'Log Archive')?.accountId).toBe('033812745609');
  });

  test('pages go on until nothing is left', async () => {
    const { sso, accessToken } = await signedIn({ organization: generateOrganization(250, 2) });
    const ids: (string | undefined)[] = [];
    for await (const page of paginateListAccounts({ client: sso, pageSize: 60 }, { accessToken })) {
      ids.push(...(page.accountList ?? []).map(({ accountId }) => accountId));
    }
    expect(new Set(ids).size).toBe(250);
  });

  test('pages of more than 100 rows, and false page tokens, are refused', async () => {
    const { sso, accessToken } = await signedIn();
    for (const input of [{ maxResults: 101 }, { maxResults: 0 }, { nextToken: 'nonsense' }]) {
      await expect(sso.send(new ListAccountsCommand({ accessToken, ...input }))).rejects.toMatchObject({
        name: 'InvalidRequestException',
      });
    }
  });

  test('each person sees their own', async () => {
    const { sso, accessToken } = await signedIn({}, 'sam.okafor');
    const accountId = DEMO.accounts.production;
    const { roleList } = await sso.send(new ListAccountRolesCommand({ accessToken, accountId }));
    expect(roleList).toEqual([{ roleName: 'ReadOnlyAccess', accountId }]);
  });

  test('an assignment taken away is gone at once, and its role is forbidden', async () => {
    const { sandbox, sso, accessToken } = await signedIn();
    const role = { accountId: DEMO.accounts.production, roleName: 'AdministratorAccess' };
    await sso.send(new GetRoleCredentialsCommand({ accessToken, ...role }));
    sandbox.control.unassign(role.accountId, role.roleName);
    await expect(sso.send(new GetRoleCredentialsCommand({ accessToken, ...role }))).rejects.toMatchObject({
      name: 'ForbiddenException',
      message: 'No access',
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('credentials and sign-out', () => {
  test('role credentials speak for the permission set, for its time', async () => {
    // Signatures are made with the machine's time, so the fake clock starts there.
    const clock = new FakeClock(Date.now());
    const { sandbox, sso, accessToken } = await signedIn({ clock });
    const accountId = DEMO.accounts.logArchive;
    const { roleCredentials } = await sso.send(
      new GetRoleCredentialsCommand({ accessToken, accountId, roleName: 'ReadOnlyAccess' }),
    );
    const { accessKeyId = '', secretAccessKey = '', sessionToken, expiration = 0 } = roleCredentials ?? {};
    expect(expiration).toBe(Math.floor(clock.now().getTime() / 1000) * 1000 + 8 * 3600 * 1000);
    const sts = new STSClient({
      region: 'us-east-1',
      endpoint: sandbox.url,
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
      maxAttempts: 1,
    });
    const identity = await sts.send(new GetCallerIdentityCommand({}));
    expect(identity.Account).toBe(accountId);
    expect(identity.Arn).toMatch(
      /^arn:aws:sts::033812745609:assumed-role\/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}\/mika\.tanaka$/,
    );
  });

  test('a token that is false, expired or signed out is 401', async () => {
    const { sandbox, sso, accessToken } = await signedIn();
    const unauthorized = { name: 'UnauthorizedException', message: 'Session token not found or invalid' };
    await expect(sso.send(new ListAccountsCommand({ accessToken: 'no' }))).rejects.toMatchObject(unauthorized);
    const other = await signInToPortal(sandbox);
    await sso.send(new LogoutCommand({ accessToken }));
    await expect(sso.send(new ListAccountsCommand({ accessToken }))).rejects.toMatchObject(unauthorized);
    await sso.send(new ListAccountsCommand({ accessToken: other }));
    sandbox.control.expireAccessTokens();
    await expect(sso.send(new ListAccountsCommand({ accessToken: other }))).rejects.toMatchObject(unauthorized);
  });

  test('more than the rate is throttled until time has passed', async () => {
    const clock = new FakeClock();
    const { sandbox, sso, accessToken } = await signedIn({ clock, rateLimitPerSecond: 3 });
    sandbox.faults.retryAfter = '2';
    const call = () => sso.send(new ListAccountsCommand({ accessToken }));
    await Promise.all([call(), call(), call()]);
    const refused = await call().catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'TooManyRequestsException', $metadata: { httpStatusCode: 429 } });
    await clock.advance(400);
    await expect(call()).resolves.toBeDefined();
    await expect(call()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });
});
