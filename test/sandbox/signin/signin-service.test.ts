import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromLoginCredentials } from '@aws-sdk/credential-providers';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect, onTestFinished, test, vi } from 'vitest';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { stsClient, type SdkCredentials } from '../../helpers/sandbox-clients.ts';
import { startSandbox } from '../../helpers/sandbox.ts';

const CLIENT_ID = 'arn:aws:signin:::devtools/same-device';
const REDIRECT = 'http://127.0.0.1:54321/oauth/callback';

interface Tokens {
  readonly accessToken: SdkCredentials;
  readonly refreshToken: string;
  readonly idToken?: string;
  readonly expiresIn: number;
}

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A DPoP proof; `changes` bend its claims. */
function dpop(
  sandbox: Sandbox,
  key: { privateKey: KeyObject; publicKey: KeyObject },
  changes: Record<string, unknown> = {},
): string {
  const { x, y } = key.publicKey.export({ format: 'jwk' });
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    jti: randomUUID(),
    htm: 'POST',
    htu: `${sandbox.url}/v1/token`,
    iat: Math.floor(Date.now() / 1000),
    ...changes,
  };
  const signed = `${encode({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x, y } })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

async function token(sandbox: Sandbox, proof: string, body: Record<string, string>) {
  const headers = { 'content-type': 'application/json', dpop: proof };
  const reply = await fetch(`${sandbox.url}/v1/token`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ clientId: CLIENT_ID, ...body }),
  });
  return { status: reply.status, body: (await reply.json()) as Tokens & { error?: string } };
}

/** Runs the browser's part and gives the code. */
async function authorize(sandbox: Sandbox, principal: string) {
  const codeVerifier = randomBytes(48).toString('base64url');
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT_ID,
    state: 'state-1',
    code_challenge_method: 'SHA-256',
    scope: 'openid',
    redirect_uri: REDIRECT,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
  });
  const page = await (await fetch(`${sandbox.url}/v1/authorize?${query.toString()}`)).text();
  const requestId = /name="request_id" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const body = new URLSearchParams({ request_id: requestId, principal, decision: 'allow' });
  const reply = await fetch(`${sandbox.url}/v1/authorize`, { method: 'POST', body, redirect: 'manual' });
  const location = new URL(reply.headers.get('location') ?? '');
  expect(location.searchParams.get('state')).toBe('state-1');
  return {
    grantType: 'authorization_code',
    code: location.searchParams.get('code') ?? '',
    redirectUri: REDIRECT,
    codeVerifier,
  };
}

/** The ARN of the first person's administrator role in the development account, as the page offers it. */
async function adminArn(sandbox: Sandbox): Promise<string> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT_ID,
    code_challenge_method: 'SHA-256',
    scope: 'openid',
    redirect_uri: REDIRECT,
    code_challenge: 'a'.repeat(43),
  });
  const page = await (await fetch(`${sandbox.url}/v1/authorize?${query.toString()}`)).text();
  const pattern = new RegExp(
    `arn:aws:sts::${DEMO.accounts.development}:assumed-role/AWSReservedSSO_AdministratorAccess_[^"]+`,
  );
  return pattern.exec(page)?.[0] ?? '';
}

test('a code and a proof give credentials of fifteen minutes for the console session', async () => {
  const sandbox = await startSandbox();
  const arn = await adminArn(sandbox);
  const { status, body } = await token(sandbox, dpop(sandbox, newKey()), await authorize(sandbox, arn));
  expect([status, body.expiresIn]).toEqual([200, 900]);
  const identity = await stsClient(sandbox, body.accessToken).send(new GetCallerIdentityCommand({}));
  expect(identity.Arn).toBe(arn);
  const claims = JSON.parse(Buffer.from(body.idToken?.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
  expect(claims.sub).toBe(arn);
});

test('refresh tokens rotate, and answer only to the key that began the session', async () => {
  const sandbox = await startSandbox();
  const key = newKey();
  const first = await token(sandbox, dpop(sandbox, key), await authorize(sandbox, await adminArn(sandbox)));
  const refresh = (refreshToken: string, with_ = key) =>
    token(sandbox, dpop(sandbox, with_), { grantType: 'refresh_token', refreshToken });
  expect((await refresh(first.body.refreshToken, newKey())).status).toBe(400);
  const second = await refresh(first.body.refreshToken);
  expect(second.status).toBe(200);
  expect((await refresh(first.body.refreshToken)).body.error).toBe('TOKEN_EXPIRED');
  sandbox.control.endLogins();
  expect((await refresh(second.body.refreshToken)).body.error).toBe('TOKEN_EXPIRED');
});

test.each([
  ['for another address', { htu: 'http://127.0.0.1/v1/token' }],
  ['for another method', { htm: 'GET' }],
  ['an hour old', { iat: Math.floor(Date.now() / 1000) - 3600 }],
  ['without an id', { jti: '' }],
])('a proof %s is refused', async (_name, changes) => {
  const sandbox = await startSandbox();
  const grant = await authorize(sandbox, await adminArn(sandbox));
  expect((await token(sandbox, dpop(sandbox, newKey(), changes), grant)).status).toBe(400);
});

test('a proof is taken once, a code too, and an old code says so', async () => {
  const clock = new FakeClock(Date.now());
  const sandbox = await startSandbox({ clock });
  const arn = await adminArn(sandbox);
  const key = newKey();
  const proof = dpop(sandbox, key);
  const grant = await authorize(sandbox, arn);
  expect((await token(sandbox, proof, grant)).status).toBe(200);
  expect((await token(sandbox, proof, await authorize(sandbox, arn))).status).toBe(400);
  expect((await token(sandbox, dpop(sandbox, key), grant)).body.error).toBe('AUTHCODE_EXPIRED');
  const late = await authorize(sandbox, arn);
  await clock.advance(601_000);
  const iat = Math.floor(clock.now().getTime() / 1000);
  expect((await token(sandbox, dpop(sandbox, key, { iat }), late)).body.error).toBe('AUTHCODE_EXPIRED');
});

test('a user without the permission is told so', async () => {
  const sandbox = await startSandbox();
  const user = `arn:aws:iam::${DEMO.iam.membersAccount}:user/assume-only`;
  const { body } = await token(sandbox, dpop(sandbox, newKey()), await authorize(sandbox, user));
  expect(body.error).toBe('INSUFFICIENT_PERMISSIONS');
});

test('the JS SDK refreshes a session of aws login here', async () => {
  const sandbox = await startSandbox();
  const arn = await adminArn(sandbox);
  const key = newKey();
  const { body } = await token(sandbox, dpop(sandbox, key), await authorize(sandbox, arn));
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-login-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const tokenFile = join(folder, `${createHash('sha256').update(arn).digest('hex')}.json`);
  const stale = { ...body.accessToken, accountId: DEMO.accounts.development, expiresAt: '2020-01-01T00:00:00Z' };
  const dpopKey = key.privateKey.export({ type: 'sec1', format: 'pem' });
  await writeFile(tokenFile, JSON.stringify({ ...body, accessToken: stale, clientId: CLIENT_ID, dpopKey }));
  await writeFile(join(folder, 'config'), `[profile login]\nlogin_session = ${arn}\nregion = ap-northeast-1\n`);
  vi.stubEnv('AWS_LOGIN_CACHE_DIRECTORY', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const provider = fromLoginCredentials({
    profile: 'login',
    configFilepath: join(folder, 'config'),
    clientConfig: { endpoint: sandbox.url, region: 'ap-northeast-1' },
  });
  const { accessKeyId, secretAccessKey, sessionToken = '' } = await provider();
  const identity = await stsClient(sandbox, { accessKeyId, secretAccessKey, sessionToken }).send(
    new GetCallerIdentityCommand({}),
  );
  expect(identity.Arn).toBe(arn);
  expect((JSON.parse(await readFile(tokenFile, 'utf8')) as Tokens).refreshToken).not.toBe(body.refreshToken);
});
