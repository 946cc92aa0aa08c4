import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { loginCacheName } from '../../src/core/files/cli-cache.ts';
import { hiddenFields } from './sandbox.ts';

const CLIENT = 'arn:aws:signin:::devtools/same-device';

/** A machine beside a sandbox, as far as a sign-in needs it. */
interface LoginPlace {
  readonly sandbox: { readonly url: string };
  readonly home: string;
}

/** The answer of AWS's token endpoint. */
export interface LoginReply {
  readonly accessToken: Readonly<Record<string, string>>;
  readonly refreshToken: string;
  readonly [key: string]: unknown;
}

/** Signs in as `aws login` does, as the administrator of an account, with this key and at this time of AWS's. */
export async function awsLogin(url: string, key: KeyObject, accountId: string, now: Date): Promise<LoginReply> {
  const redirectUri = 'http://127.0.0.1:9/oauth/callback';
  const codeVerifier = randomBytes(48).toString('base64url');
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT,
    state: randomUUID(),
    code_challenge_method: 'SHA-256',
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    scope: 'openid',
    redirect_uri: redirectUri,
  });
  const page = await (await fetch(`${url}/v1/authorize?${query.toString()}`)).text();
  const administrator = new RegExp(`<option value="([^"]*::${accountId}:[^"]*AdministratorAccess[^"]*)"`);
  const principal = administrator.exec(page)?.[1] ?? '';
  const form = new URLSearchParams([...hiddenFields(page), ['principal', principal], ['decision', 'allow']]);
  const answer = await fetch(`${url}/v1/authorize`, { method: 'POST', body: form, redirect: 'manual' });
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code');
  const tokenUrl = `${url}/v1/token`;
  const reply = await fetch(tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', dpop: proof(key, tokenUrl, now) },
    body: JSON.stringify({ clientId: CLIENT, grantType: 'authorization_code', code, codeVerifier, redirectUri }),
  });
  expect(reply.status).toBe(200);
  return (await reply.json()) as LoginReply;
}

/** Leaves a session of `aws login` on the machine, as the AWS CLI does; resolves to its file. */
export async function leaveAwsLogin(
  { sandbox, home }: LoginPlace,
  loginSession: string,
  accountId: string,
  choices: { readonly pem?: 'sec1' | 'pkcs8'; readonly now?: Date; readonly lastsSeconds?: number } = {},
): Promise<string> {
  const { pem = 'sec1', now = new Date(), lastsSeconds = 900 } = choices;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const reply = await awsLogin(sandbox.url, privateKey, accountId, now);
  const dir = join(home, '.aws', 'login', 'cache');
  await mkdir(dir, { recursive: true });
  const file = join(dir, loginCacheName(loginSession));
  const expiresAt = new Date(now.getTime() + lastsSeconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  const token = {
    accessToken: { ...reply.accessToken, accountId, expiresAt },
    tokenType: reply['tokenType'],
    clientId: CLIENT,
    refreshToken: reply.refreshToken,
    idToken: 'kept',
    dpopKey: privateKey.export({ type: pem, format: 'pem' }),
    somethingNew: [1],
  };
  await writeFile(file, JSON.stringify(token), { mode: 0o600 });
  return file;
}

function proof(key: KeyObject, url: string, now: Date): string {
  const { x, y } = key.export({ format: 'jwk' });
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(now.getTime() / 1000);
  const head = part({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x, y } });
  const signed = `${head}.${part({ jti: randomUUID(), htm: 'POST', htu: url, iat })}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
