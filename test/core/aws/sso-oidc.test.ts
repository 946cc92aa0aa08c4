import { afterEach, describe, expect, test } from 'vitest';
import { authorizeUrl } from '../../../src/core/aws/authorize-url.ts';
import {
  AwsRefusedError,
  AwsUnavailableError,
  MalformedReplyError,
  ThrottledError,
} from '../../../src/core/aws/aws-errors.ts';
import { createToken, registerClient, startDeviceAuthorization } from '../../../src/core/aws/sso-oidc.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { awsError, scriptedServer, type ScriptedReply } from '../../helpers/scripted-server.ts';
import { networkTo } from '../../helpers/test-network.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function oidc(reply: ScriptedReply) {
  const server = await scriptedServer(() => reply);
  closers.push(() => server.close());
  return { server, request: { network: networkTo(server.url), region: 'us-east-1' } };
}

const CLIENT = { clientId: 'client', clientSecret: new Secret('client-secret'), expiresAt: new Date('2027-01-01') };
const START_URL = 'https://corp.awsapps.com/start';

describe('registerClient', () => {
  test('registers for PKCE without a port, and reads the secret’s end in seconds', async () => {
    const { server, request } = await oidc({
      json: { clientId: 'id', clientSecret: 's', clientIdIssuedAt: 1, clientSecretExpiresAt: 1_800_000_000 },
    });
    const registration = await registerClient(request, {
      clientName: 'rolecall',
      scopes: ['sso:account:access'],
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      issuerUrl: START_URL,
    });
    expect(registration.expiresAt).toEqual(new Date(1_800_000_000_000));
    expect(server.seen[0]?.path).toBe('/client/register');
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({
      clientName: 'rolecall',
      clientType: 'public',
      scopes: ['sso:account:access'],
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      issuerUrl: START_URL,
    });
  });

  test.each([
    {},
    { clientId: 'a', clientSecret: 'b' },
    { clientId: 'a b', clientSecret: 'b', clientSecretExpiresAt: 1e9 },
    { clientId: 'a', clientSecret: '', clientSecretExpiresAt: 1e9 },
  ])('the reply %j is refused', async (json) => {
    const { request } = await oidc({ json });
    await expect(registerClient(request, { clientName: 'x', scopes: [] })).rejects.toThrow(MalformedReplyError);
  });
});

describe('startDeviceAuthorization', () => {
  const good = {
    deviceCode: 'device',
    userCode: 'ABCD-EFGH',
    verificationUri: 'https://device.sso.us-east-1.amazonaws.com/',
    verificationUriComplete: 'https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH',
    expiresIn: 600,
    interval: 1,
  };

  test.each<[unknown, number]>([
    [1, 1],
    [0, 1],
    [-1, 1],
    [1e9, 60],
    ['5', 5],
    ['x', 5],
    [undefined, 5],
    [null, 5],
  ])('an interval of %j is taken as %d s', async (interval, seconds) => {
    const { request } = await oidc({ json: { ...good, interval } });
    const started = await startDeviceAuthorization(request, CLIENT, START_URL);
    expect(started).toMatchObject({ kind: 'started', device: { intervalSeconds: seconds } });
  });

  test.each<[string, number]>([
    ['600', 600],
    ['0', 60],
    ['1e400', 600],
    ['999999999', 1800],
  ])('an expiresIn of %s is taken as %d s', async (expiresIn, seconds) => {
    const text = JSON.stringify(good).replace('600', expiresIn);
    const { request } = await oidc({ text, headers: { 'content-type': 'application/json' } });
    const started = await startDeviceAuthorization(request, CLIENT, START_URL);
    expect(started).toMatchObject({ kind: 'started', device: { expiresInSeconds: seconds } });
  });

  test.each(['<b>', 'A'.repeat(10_000), '', 'ABCD EFGH', 'AB\u001b[2J'])(
    'a user code %j is refused',
    async (userCode) => {
      const { request } = await oidc({ json: { ...good, userCode } });
      await expect(startDeviceAuthorization(request, CLIENT, START_URL)).rejects.toThrow(MalformedReplyError);
    },
  );

  test('a forgotten registration is an outcome; a start URL of elsewhere a refusal', async () => {
    const forgotten = await oidc(awsError(401, 'InvalidClientException', { error: 'invalid_client' }));
    expect(await startDeviceAuthorization(forgotten.request, CLIENT, START_URL)).toEqual({ kind: 'client-expired' });
    const elsewhere = await oidc(
      awsError(400, 'InvalidRequestException', { error: 'invalid_request', error_description: 'no such portal' }),
    );
    const error = await startDeviceAuthorization(elsewhere.request, CLIENT, START_URL).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AwsRefusedError);
    expect(String(error)).toContain('no such portal');
  });
});

describe('createToken', () => {
  const grant = { kind: 'device-code', deviceCode: new Secret('device') } as const;

  test.each([
    ['AuthorizationPendingException', 'authorization_pending', 400, 'pending'],
    ['SlowDownException', 'slow_down', 400, 'slow-down'],
    ['ExpiredTokenException', 'expired_token', 400, 'expired'],
    ['AccessDeniedException', 'access_denied', 400, 'denied'],
    ['InvalidGrantException', 'invalid_grant', 400, 'invalid-grant'],
    ['InvalidClientException', 'invalid_client', 401, 'client-expired'],
    ['UnauthorizedClientException', 'unauthorized_client', 400, 'client-expired'],
  ])('%s is an outcome, not an exception', async (name, error, status, kind) => {
    const { request } = await oidc(awsError(status, name, { error, error_description: 'words' }));
    expect(await createToken(request, CLIENT, grant)).toEqual({ kind });
  });

  test('outages, throttling and unknown refusals throw', async () => {
    const cases = [
      [awsError(500, 'InternalServerException', { error: 'server_error' }), AwsUnavailableError],
      [awsError(429, 'TooManyRequestsException'), ThrottledError],
      [awsError(400, 'InvalidScopeException', { error: 'invalid_scope' }), AwsRefusedError],
    ] as const;
    for (const [reply, expected] of cases) {
      const { request } = await oidc(reply);
      await expect(createToken(request, CLIENT, grant)).rejects.toThrow(expected);
    }
  });

  test('the body is in camel case, with the redirect URI’s port and the verifier', async () => {
    const { server, request } = await oidc({
      json: { accessToken: 'a', tokenType: 'Bearer', expiresIn: 3600, refreshToken: 'r' },
    });
    const outcome = await createToken(request, CLIENT, {
      kind: 'authorization-code',
      code: new Secret('code'),
      codeVerifier: new Secret('verifier'),
      redirectUri: 'http://127.0.0.1:5555/oauth/callback',
    });
    expect(outcome).toMatchObject({ kind: 'token', token: { expiresInSeconds: 3600 } });
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({
      clientId: 'client',
      clientSecret: 'client-secret',
      grantType: 'authorization_code',
      code: 'code',
      codeVerifier: 'verifier',
      redirectUri: 'http://127.0.0.1:5555/oauth/callback',
    });
    await createToken(request, CLIENT, { kind: 'refresh-token', refreshToken: new Secret('refresh') });
    expect(JSON.parse(server.seen[1]?.body ?? '')).toEqual({
      clientId: 'client',
      clientSecret: 'client-secret',
      grantType: 'refresh_token',
      refreshToken: 'refresh',
    });
  });

  test.each([
    { accessToken: 'a\nb', expiresIn: 1 },
    { accessToken: 'a', expiresIn: 0 },
    { accessToken: 'a', expiresIn: -5 },
    { accessToken: 'a', expiresIn: '3600' },
    { accessToken: 'a', expiresIn: 1e12 },
    { accessToken: '', expiresIn: 3600 },
    { expiresIn: 3600 },
    { accessToken: 'a', expiresIn: 3600, refreshToken: 7 },
  ])('the token %j is refused', async (json) => {
    const { request } = await oidc({ json });
    await expect(createToken(request, CLIENT, grant)).rejects.toThrow(MalformedReplyError);
  });
});

test('the authorize URL has AWS’s parameters in AWS’s spelling', () => {
  const url = authorizeUrl(
    'eu-west-1',
    {},
    {
      clientId: 'client id',
      redirectUri: 'http://127.0.0.1:5555/oauth/callback',
      state: 'st',
      codeChallenge: 'ch-_',
      scopes: ['sso:account:access', 'other'],
    },
  );
  expect(url).toBe(
    'https://oidc.eu-west-1.amazonaws.com/authorize?response_type=code&client_id=client%20id' +
      '&redirect_uri=http%3A%2F%2F127.0.0.1%3A5555%2Foauth%2Fcallback&state=st&code_challenge_method=S256' +
      '&scopes=sso%3Aaccount%3Aaccess%20other&code_challenge=ch-_',
  );
});
