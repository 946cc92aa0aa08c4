import { AwsError } from '../http/aws-error.ts';
import { jsonReply, type SandboxReply } from '../http/sandbox-reply.ts';
import type { SandboxRequest } from '../http/sandbox-request.ts';
import type { TemporaryRecord } from '../state/credential-store.ts';
import { principalAccount, type Principal } from '../state/principal.ts';
import { after, type World } from '../world.ts';

/** A sign-in URL must be used within this time. */
const SIGNIN_TOKEN_SECONDS = 900;

/**
 * Trades temporary credentials for a sign-in token.
 *
 * `SessionDuration` (900 to 43200 s) is taken for AssumeRole credentials got with an IAM user's long-term key, for Identity Center and web
 * identity roles; GetFederationToken and chained role credentials with one are refused. GetSessionToken credentials never get in.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html
 */
export function getSigninToken(params: URLSearchParams, request: SandboxRequest, world: World): SandboxReply {
  const now = world.now();
  const credentials = requireCredentials(params.get('Session'), world, now);
  const { principal } = credentials;
  const isElsewhere =
    request.endpoint.kind === 'aws' && request.endpoint.partition !== principalAccount(principal).partition;
  if (principal.kind === 'user-session' || principal.kind === 'user' || isElsewhere) {
    throw invalidCredentials();
  }
  const asked = params.get('SessionDuration');
  const consoleEndsAt = asked === null ? credentials.expiresAt : after(now, consoleSeconds(asked, principal));
  const grant = { principal, consoleEndsAt, expiresAt: after(now, SIGNIN_TOKEN_SECONDS) };
  return jsonReply(200, { SigninToken: world.consoles.issueSigninToken(grant) });
}

function consoleSeconds(text: string, principal: Principal): number {
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  const mayAsk = principal.kind === 'role' && principal.origin !== 'chained';
  if (!mayAsk || seconds < 900 || seconds > 43_200) {
    throw invalidCredentials();
  }
  return seconds;
}

function requireCredentials(session: string | null, world: World, now: Date): TemporaryRecord {
  const { sessionId, sessionKey, sessionToken } = parseSession(session);
  const found = typeof sessionId === 'string' ? world.credentials.find(sessionId) : undefined;
  if (
    found?.kind !== 'temporary' ||
    found.secretAccessKey !== sessionKey ||
    found.sessionToken !== sessionToken ||
    found.expiresAt <= now
  ) {
    throw invalidCredentials();
  }
  return found;
}

function parseSession(session: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(session ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    throw invalidCredentials();
  }
}

function invalidCredentials(): AwsError {
  return new AwsError(400, 'InvalidRequest', 'Invalid credentials parameter');
}
