import { createHash, randomBytes } from 'node:crypto';
import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { answerInBrowser, startSandbox, textOf } from '../../helpers/sandbox.ts';

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const REDIRECT = 'http://127.0.0.1/oauth/callback';

function oidcClient(sandbox: Sandbox): SSOOIDCClient {
  return new SSOOIDCClient({ region: sandbox.region, endpoint: sandbox.url, maxAttempts: 1 });
}

async function startDevice(sandbox: Sandbox, scopes: string[] = ['sso:account:access']) {
  const client = oidcClient(sandbox);
  const registration = await client.send(
    new RegisterClientCommand({ clientName: 'test', clientType: 'public', ...(scopes.length > 0 ? { scopes } : {}) }),
  );
  const { clientId, clientSecret } = registration;
  const device = await client.send(
    new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl: sandbox.startUrl }),
  );
  const poll = () =>
    client.send(
      new CreateTokenCommand({ clientId, clientSecret, grantType: DEVICE_GRANT, deviceCode: device.deviceCode }),
    );
  return { client, clientId, clientSecret, registration, device, poll };
}

async function startPkce(sandbox: Sandbox) {
  const client = oidcClient(sandbox);
  const { clientId = '', clientSecret } = await client.send(
    new RegisterClientCommand({
      clientName: 'test <b>',
      clientType: 'public',
      scopes: ['sso:account:access'],
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: [REDIRECT],
      issuerUrl: sandbox.startUrl,
    }),
  );
  const codeVerifier = randomBytes(48).toString('base64url');
  const redirectUri = 'http://127.0.0.1:54321/oauth/callback';
  const query = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state: 'state-1',
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    scopes: 'sso:account:access',
  };
  const authorizeUrl = (changes: Partial<typeof query> = {}) =>
    `${sandbox.url}/authorize?${new URLSearchParams({ ...query, ...changes }).toString()}`;
  const token = (code: string, changes = {}) =>
    client.send(
      new CreateTokenCommand({
        clientId,
        clientSecret,
        grantType: 'authorization_code',
        code,
        redirectUri,
        codeVerifier,
        ...changes,
      }),
    );
  return { client, clientId, clientSecret, authorizeUrl, token };
}

const codeOf = (redirect: string): string => new URL(redirect).searchParams.get('code') ?? '';

describe('device authorization', () => {
  test('a client is registered for 90 days', async () => {
    const clock = new FakeClock();
    const { registration } = await startDevice(await startSandbox({ clock }));
    expect(registration.clientSecretExpiresAt).toBe(clock.now().getTime() / 1000 + 90 * 86_400);
  });

  test('polling is pending until the page is answered, then gives tokens once', async () => {
    const clock = new FakeClock();
    const sandbox = await startSandbox({ clock });
    const { device, poll } = await startDevice(sandbox);
    expect(device).toMatchObject({ expiresIn: 600, interval: 1, verificationUri: `${sandbox.url}/device` });
    await expect(poll()).rejects.toMatchObject({
      name: 'AuthorizationPendingException',
      error: 'authorization_pending',
    });
    const answered = await answerInBrowser(device.verificationUriComplete ?? '');
    expect(textOf(await answered.text())).toContain('Request approved');
    await clock.advance(1000);
    const token = await poll();
    expect(token).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600 });
    expect(token.refreshToken).toMatch(/^aor/);
    await clock.advance(1000);
    await expect(poll()).rejects.toMatchObject({ name: 'InvalidGrantException' });
  });

  test('polling too fast is slowed down by five seconds for good; the second poll is forgiven', async () => {
    const clock = new FakeClock();
    const { poll } = await startDevice(await startSandbox({ clock }));
    await expect(poll()).rejects.toMatchObject({ name: 'AuthorizationPendingException' });
    await expect(poll()).rejects.toMatchObject({ name: 'AuthorizationPendingException' });
    await expect(poll()).rejects.toMatchObject({ name: 'SlowDownException' });
    await clock.advance(5000);
    await expect(poll()).rejects.toMatchObject({ name: 'SlowDownException' });
    await clock.advance(11_000);
    await expect(poll()).rejects.toMatchObject({ name: 'AuthorizationPendingException' });
  });

  test('a denied request and an expired one are told apart', async () => {
    const clock = new FakeClock();
    const sandbox = await startSandbox({ clock });
    const denied = await startDevice(sandbox);
    await answerInBrowser(denied.device.verificationUriComplete ?? '', { decision: 'deny' });
    await expect(denied.poll()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const expired = await startDevice(sandbox);
    await clock.advance(601_000);
    await expect(expired.poll()).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  });

  test('without scopes there is no refresh token, and the token lasts as long as the sign-in', async () => {
    const sandbox = await startSandbox();
    const { device, poll } = await startDevice(sandbox, []);
    sandbox.control.approveDevice(device.userCode ?? '');
    const token = await poll();
    expect(token.refreshToken).toBeUndefined();
    expect(token.expiresIn).toBe(8 * 3600);
  });

  test('a wrong secret is 401, an unknown start URL 400', async () => {
    const sandbox = await startSandbox();
    const { client, clientId, clientSecret } = await startDevice(sandbox);
    const start = (input: { clientSecret?: string | undefined; startUrl: string }) =>
      client.send(new StartDeviceAuthorizationCommand({ clientId, clientSecret, ...input }));
    await expect(start({ clientSecret: 'no', startUrl: sandbox.startUrl })).rejects.toMatchObject({
      name: 'InvalidClientException',
      $metadata: { httpStatusCode: 401 },
    });
    await expect(start({ startUrl: 'https://other.awsapps.com/start' })).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
    await expect(start({ startUrl: `${sandbox.startUrl}/#/` })).resolves.toBeDefined();
  });
});

describe('authorization code with PKCE', () => {
  test('the page shows the client escaped, and its answer leads to the callback with code and state', async () => {
    const sandbox = await startSandbox();
    const { authorizeUrl, token } = await startPkce(sandbox);
    const page = await (await fetch(authorizeUrl())).text();
    expect(page).toContain('test &lt;b&gt;');
    expect(page).not.toContain('test <b>');
    const redirect = sandbox.control.approveAuthorize(authorizeUrl());
    expect(redirect).toMatch(/^http:\/\/127\.0\.0\.1:54321\/oauth\/callback\?code=[\w-]+&state=state-1$/);
    await expect(token(codeOf(redirect))).resolves.toMatchObject({ tokenType: 'Bearer' });
    await expect(token(codeOf(redirect))).rejects.toMatchObject({ name: 'InvalidGrantException' });
  });

  test.each([
    ['another verifier', { codeVerifier: 'x'.repeat(64) }],
    ['another port', { redirectUri: 'http://127.0.0.1:1/oauth/callback' }],
  ])('a code with %s is refused', async (_name, changes) => {
    const sandbox = await startSandbox();
    const { authorizeUrl, token } = await startPkce(sandbox);
    const code = codeOf(sandbox.control.approveAuthorize(authorizeUrl()));
    await expect(token(code, changes)).rejects.toMatchObject({ name: 'InvalidGrantException' });
  });

  test.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['a redirect to another path', { redirect_uri: 'http://127.0.0.1:5/other' }],
    ['a redirect off this computer', { redirect_uri: 'https://evil.example/oauth/callback' }],
  ])('%s is refused on the page, without a redirect', async (_name, changes) => {
    const { authorizeUrl } = await startPkce(await startSandbox());
    const reply = await fetch(authorizeUrl(changes), { redirect: 'manual' });
    expect(reply.status).toBe(400);
    expect(reply.headers.get('location')).toBeNull();
  });

  test.each([
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['a scope not registered', { scopes: 'openid' }, 'invalid_scope'],
  ])('%s is refused by redirect', async (_name, changes, error) => {
    const { authorizeUrl } = await startPkce(await startSandbox());
    const reply = await fetch(authorizeUrl(changes), { redirect: 'manual' });
    expect(new URL(reply.headers.get('location') ?? '').searchParams.get('error')).toBe(error);
  });

  test('a refresh token renews, rotates on demand, and ends when revoked', async () => {
    const sandbox = await startSandbox({ settings: { rotateRefreshTokens: true } });
    const { client, clientId, clientSecret, authorizeUrl, token } = await startPkce(sandbox);
    const first = await token(codeOf(sandbox.control.approveAuthorize(authorizeUrl())));
    const refresh = (refreshToken: string | undefined) =>
      client.send(new CreateTokenCommand({ clientId, clientSecret, grantType: 'refresh_token', refreshToken }));
    const second = await refresh(first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await expect(refresh(first.refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' });
    sandbox.control.settings.rotateRefreshTokens = false;
    expect((await refresh(second.refreshToken)).refreshToken).toBe(second.refreshToken);
    sandbox.control.revokeRefreshTokens();
    await expect(refresh(second.refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' });
  });
});
