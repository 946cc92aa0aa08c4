import { describe, expect, onTestFinished, test } from 'vitest';
import { AwsUnavailableError, OfflineError, ThrottledError } from '../../../../src/core/aws/aws-errors.ts';
import { NoAccessError, SignInNeededError } from '../../../../src/core/session/errors.ts';
import { DEMO } from '../../../../src/sandbox/demo-facts.ts';
import { answerInBrowser, startSandbox } from '../../../helpers/sandbox.ts';
import { awsError, scriptedServer, type ScriptedReply, type SeenRequest } from '../../../helpers/scripted-server.ts';
import { NEVER, signInThrough, ssoUnderTest } from '../../../helpers/sso-under-test.ts';

const TARGET = { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' } as const;

async function portal(answer: (request: SeenRequest) => ScriptedReply, token: Record<string, unknown> = {}) {
  const server = await scriptedServer(answer);
  onTestFinished(() => server.close());
  const under = await ssoUnderTest({ env: { AWS_ENDPOINT_URL: server.url } });
  const corp = {
    startUrl: 'https://corp.awsapps.com/start',
    region: 'us-east-1',
    accessToken: 'first',
    expiresAt: '2099-01-01T00:00:00Z',
  };
  await under.writeToken('corp', { ...corp, ...token });
  return { under, server };
}

const RENEWABLE = {
  clientId: 'id',
  clientSecret: 's',
  registrationExpiresAt: '2099-01-01T00:00:00Z',
  refreshToken: 'r',
};

function credentials(): ScriptedReply {
  const roleCredentials = {
    accessKeyId: 'ASIAQWERTYUIOPASDFGH',
    secretAccessKey: 'abcdefghijklmnopqrstuvwxyz',
    sessionToken: 'abcdefghijklmnopqrstuvwxyz',
    expiration: Date.now() + 3_600_000,
  };
  return { json: { roleCredentials } };
}

describe('the credentials of a permission set', () => {
  test('come from the sandbox after a sign-in', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    await signInThrough(under, answerInBrowser);
    const { accounts } = await under.directory.refresh('corp', () => undefined, NEVER);
    const [account] = accounts.filter(({ roles }) => roles.length > 0);
    const target = { ...TARGET, accountId: account?.accountId ?? '', roleName: account?.roles[0] ?? '' };
    const result = await under.ssoRole(target, NEVER);
    expect(result.accessKeyId).toMatch(/^ASIA/);
    expect(result.accountId).toBe(target.accountId);
    expect(result.expiresAt.getTime()).toBeGreaterThan(Date.now());
    expect(DEMO).toBeDefined();
  });

  test('401: the token is renewed once and the call made again', async () => {
    const { under, server } = await portal((request) => {
      if (request.path === '/token') {
        return { json: { accessToken: 'second', expiresIn: 3600 } };
      }
      return request.headers['x-amz-sso_bearer_token'] === 'second'
        ? credentials()
        : awsError(401, 'UnauthorizedException');
    }, RENEWABLE);
    await expect(under.ssoRole(TARGET, NEVER)).resolves.toMatchObject({ accessKeyId: 'ASIAQWERTYUIOPASDFGH' });
    expect(server.seen.map(({ path }) => path)).toEqual([
      '/federation/credentials',
      '/token',
      '/federation/credentials',
    ]);
  });

  test('401 also for the renewed token: it is not renewed again at each call, and does not count as a sign-in', async () => {
    const { under, server } = await portal(
      (request) =>
        request.path === '/token'
          ? { json: { accessToken: `renewed${server.seen.length}`, expiresIn: 3600, refreshToken: 'r' } }
          : awsError(401, 'UnauthorizedException'),
      RENEWABLE,
    );
    await expect(under.ssoRole(TARGET, NEVER)).rejects.toThrow(SignInNeededError);
    await expect(under.ssoRole(TARGET, NEVER)).rejects.toThrow(SignInNeededError);
    expect(server.seen.filter(({ path }) => path === '/token')).toHaveLength(1);
    expect(await under.ssoSessions.access('corp')).toMatchObject({ kind: 'expired' });
  });

  test('401 without a refresh token: a sign-in is needed', async () => {
    const { under, server } = await portal(() => awsError(401, 'UnauthorizedException'));
    await expect(under.ssoRole(TARGET, NEVER)).rejects.toThrow(SignInNeededError);
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    [403, 'ForbiddenException'],
    [404, 'ResourceNotFoundException'],
  ])('%d: the role is not assigned', async (status, name) => {
    const { under } = await portal(() => awsError(status, name, { message: 'No access' }));
    const error = await under.ssoRole(TARGET, NEVER).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(NoAccessError);
    expect(String(error)).toContain('111122223333');
  });

  test('a short outage is waited out, a long one told', async () => {
    let failures = 2;
    const { under } = await portal(() => (failures-- > 0 ? awsError(500, 'InternalServerException') : credentials()));
    await expect(under.ssoRole(TARGET, NEVER)).resolves.toBeDefined();
    failures = 100;
    await expect(under.ssoRole(TARGET, NEVER)).rejects.toThrow(AwsUnavailableError);
    expect(failures).toBe(96);
  });

  test('throttling is told after a few tries', async () => {
    const { under, server } = await portal(() => awsError(429, 'TooManyRequestsException'));
    await expect(under.ssoRole(TARGET, NEVER)).rejects.toThrow(ThrottledError);
    expect(server.seen).toHaveLength(4);
  });

  test('offline is told at once', async () => {
    const { under, server } = await portal(() => credentials());
    await server.close();
    await expect(under.ssoRole(TARGET, NEVER)).rejects.toThrow(OfflineError);
  });

  test('signed out: no request is made', async () => {
    const { under, server } = await portal(() => credentials(), { accessToken: '' });
    await expect(under.ssoRole(TARGET, NEVER)).rejects.toThrow(SignInNeededError);
    expect(server.seen).toHaveLength(0);
  });
});
