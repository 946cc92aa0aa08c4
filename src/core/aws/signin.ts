import { createPrivateKey, createPublicKey, randomUUID, sign, type KeyObject } from 'node:crypto';
import * as v from 'valibot';
import { BadInputError } from '../model/errors.ts';
import { Secret } from '../model/secret.ts';
import { AwsRefusedError, MalformedReplyError } from './aws-errors.ts';
import type { AwsNetwork } from './client-config.ts';
import { parseEndpointVariable, requirePartition, type Env } from './endpoints.ts';
import { cleanText, refuseBusyReply } from './map-sdk-error.ts';
import { opaqueText, parseReply } from './parse-reply.ts';
import { refuseForeignReply } from './sdk-request-handler.ts';

/** What a refresh needs of an `aws login` session. */
export interface LoginRefresh {
  readonly clientId: string;
  readonly refreshToken: Secret;
  /** The key the session is bound to, in PEM (SEC1 or PKCS8). */
  readonly dpopKey: Secret;
}

/** Fresh credentials of an `aws login` session. Its refresh token is a new one; the old one is spent. */
export interface RefreshedLogin {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret;
  readonly expiresInSeconds: number;
  readonly refreshToken: Secret;
}

/** `ended`: only a new `aws login` helps; `reason` is AWS's name for why. */
export type LoginRefreshOutcome =
  { readonly kind: 'refreshed'; readonly login: RefreshedLogin } | { readonly kind: 'ended'; readonly reason: string };

const TOKEN_LENGTH = 16_384;
const ReplySchema = v.object({
  accessToken: v.object({
    accessKeyId: opaqueText(256),
    secretAccessKey: opaqueText(256),
    sessionToken: opaqueText(TOKEN_LENGTH),
  }),
  expiresIn: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12 * 3600)),
  refreshToken: opaqueText(TOKEN_LENGTH),
});
const ErrorSchema = v.object({ error: v.optional(v.string(), ''), message: v.optional(v.string(), '') });
/** Reasons after which the same refresh token will never do again. */
const ENDED = new Set(['TOKEN_EXPIRED', 'USER_CREDENTIALS_CHANGED', 'AUTHCODE_EXPIRED']);

/**
 * Renews an `aws login` session (CreateOAuth2Token with a refresh token and a DPoP proof). Throws AwsRefusedError where the user may not,
 * and the network's errors. Takes no signal: an answer that nobody reads would cost the session.
 * Source: https://docs.aws.amazon.com/signin/latest/APIReference/API_CreateOAuth2Token.html, botocore/credentials.py LoginCredentialFetcher
 */
export async function refreshLogin(
  network: AwsNetwork,
  region: string,
  refresh: LoginRefresh,
): Promise<LoginRefreshOutcome> {
  const url = tokenUrl(region, network.env);
  const reply = await network.transport.send({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      dpop: dpopProof(refresh.dpopKey, 'POST', url.href, network.serverClock.now()),
    },
    body: JSON.stringify({
      clientId: refresh.clientId,
      grantType: 'refresh_token',
      refreshToken: refresh.refreshToken.reveal(),
    }),
  });
  refuseForeignReply(reply, url.host);
  network.noteDate(reply);
  const body = parseJson(reply.body);
  if (reply.status === 200) {
    return { kind: 'refreshed', login: readLogin(body) };
  }
  refuseBusyReply(reply, url.host);
  return readRefusal(reply.status, body);
}

function tokenUrl(region: string, env: Env): URL {
  const override = env['AWS_ENDPOINT_URL_SIGNIN'] ? 'AWS_ENDPOINT_URL_SIGNIN' : 'AWS_ENDPOINT_URL';
  const { signinHost } = requirePartition(region);
  const base = parseEndpointVariable(override, env)?.href ?? `https://${region}.${signinHost}/`;
  return new URL('v1/token', base.endsWith('/') ? base : `${base}/`);
}

function readLogin(body: unknown): RefreshedLogin {
  const { accessToken, expiresIn, refreshToken } = parseReply(ReplySchema, body, 'CreateOAuth2Token');
  return {
    accessKeyId: accessToken.accessKeyId,
    secretAccessKey: new Secret(accessToken.secretAccessKey),
    sessionToken: new Secret(accessToken.sessionToken),
    expiresInSeconds: expiresIn,
    refreshToken: new Secret(refreshToken),
  };
}

function readRefusal(status: number, body: unknown): Extract<LoginRefreshOutcome, { kind: 'ended' }> {
  const { error, message } = v.safeParse(ErrorSchema, body).success
    ? v.parse(ErrorSchema, body)
    : { error: '', message: '' };
  if (ENDED.has(error)) {
    return { kind: 'ended', reason: error };
  }
  throw new AwsRefusedError(cleanText(error), status, cleanText(message));
}

/** A proof that the sender holds the session's key. Source: RFC 9449 section 4.2 */
function dpopProof(dpopKey: Secret, method: string, url: string, now: Date): string {
  const key = readKey(dpopKey);
  const { x, y } = createPublicKey(key).export({ format: 'jwk' });
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = part({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x, y } });
  const iat = Math.floor(now.getTime() / 1000);
  const signed = `${header}.${part({ jti: randomUUID(), htm: method, htu: url, iat })}`;
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

function readKey(dpopKey: Secret): KeyObject {
  try {
    const key = createPrivateKey(dpopKey.reveal());
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') {
      return key;
    }
  } catch {
    // Told below, without the text of the key.
  }
  throw new BadInputError('The key that "aws login" keeps for its session is no P-256 key.', 'Run aws login again.');
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new MalformedReplyError('CreateOAuth2Token: not JSON');
  }
}
