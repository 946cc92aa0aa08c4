import * as v from 'valibot';
import type { TemporaryCredentials } from '../model/credentials.ts';
import type { Partition } from '../model/partition.ts';
import { Secret } from '../model/secret.ts';
import { AwsRefusedError, MalformedReplyError } from './aws-errors.ts';
import type { AwsNetwork } from './client-config.ts';
import { parseEndpointVariable, type Env } from './endpoints.ts';
import { refuseBusyReply } from './map-sdk-error.ts';
import { opaqueText, parseReply } from './parse-reply.ts';
import { refuseForeignReply } from './sdk-request-handler.ts';

/** The variable that moves the sign-in host; AWS has none of its own for it. */
export const SIGNIN_ENDPOINT_VARIABLE = 'ROLECALL_SIGNIN_ENDPOINT';

/** What asking for a sign-in token can come to. `refused` is AWS's bare 400, which names no reason. */
export type SigninTokenOutcome =
  { readonly kind: 'token'; readonly signinToken: Secret } | { readonly kind: 'refused' };

const SigninTokenSchema = v.object({ SigninToken: opaqueText(16_384) });

/** The base URL of the sign-in service of a partition, without a slash at its end. Throws BadInputError for an unusable override. */
export function signinBaseUrl(partition: Partition, env: Env): string {
  const override = parseEndpointVariable(SIGNIN_ENDPOINT_VARIABLE, env);
  return override === undefined ? `https://${partition.signinHost}` : override.href.replace(/\/+$/, '');
}

/**
 * Trades role credentials for a sign-in token, good for 15 minutes. `sessionDurationSeconds` (900 to 43200) may be sent for the
 * credentials of a role assumed directly; for chained roles AWS refuses it.
 *
 * By POST, so that the credentials stand in no URL and no proxy's log.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html
 */
export async function getSigninToken(
  network: AwsNetwork,
  partition: Partition,
  credentials: TemporaryCredentials,
  options: { readonly sessionDurationSeconds?: number | undefined; readonly signal?: AbortSignal | undefined },
): Promise<SigninTokenOutcome> {
  const url = new URL(`${signinBaseUrl(partition, network.env)}/federation`);
  const reply = await network.transport.send(
    { method: 'POST', url, headers: FORM_HEADERS, body: signinTokenForm(credentials, options.sessionDurationSeconds) },
    { signal: options.signal },
  );
  if (reply.status === 400) {
    // Before the check for web pages: the refusal is one.
    return { kind: 'refused' };
  }
  refuseForeignReply(reply, url.host);
  network.noteDate(reply);
  refuseBusyReply(reply, url.host);
  if (reply.status !== 200) {
    throw new AwsRefusedError(`HTTP ${reply.status}`, reply.status, 'the console sign-in was not granted');
  }
  const { SigninToken } = parseReply(SigninTokenSchema, parseJson(reply.body), 'getSigninToken');
  return { kind: 'token', signinToken: new Secret(SigninToken) };
}

/** The address that signs a browser in and leads to `destination`. */
export function federationLoginUrl(
  partition: Partition,
  env: Env,
  login: { readonly issuer: string; readonly destination: string; readonly signinToken: Secret },
): Secret {
  const query = [
    'Action=login',
    `Issuer=${encodeURIComponent(login.issuer)}`,
    `Destination=${encodeURIComponent(login.destination)}`,
    `SigninToken=${encodeURIComponent(login.signinToken.reveal())}`,
  ];
  return new Secret(`${signinBaseUrl(partition, env)}/federation?${query.join('&')}`);
}

const FORM_HEADERS = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };

function signinTokenForm(credentials: TemporaryCredentials, sessionDurationSeconds: number | undefined): string {
  const session = JSON.stringify({
    sessionId: credentials.accessKeyId,
    sessionKey: credentials.secretAccessKey.reveal(),
    sessionToken: credentials.sessionToken.reveal(),
  });
  return new URLSearchParams({
    Action: 'getSigninToken',
    ...(sessionDurationSeconds === undefined ? {} : { SessionDuration: String(sessionDurationSeconds) }),
    Session: session,
  }).toString();
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch (cause) {
    throw new MalformedReplyError('getSigninToken: not JSON', cause instanceof SyntaxError ? undefined : cause);
  }
}
