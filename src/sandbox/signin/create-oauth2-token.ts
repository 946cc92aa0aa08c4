import { createHash } from 'node:crypto';
import { jsonBody } from '../http/json-service.ts';
import { jsonReply, type SandboxReply } from '../http/sandbox-reply.ts';
import { headerOf, type SandboxRequest } from '../http/sandbox-request.ts';
import { callerContext, identityVerdict } from '../policy/authorize.ts';
import type { LoginSession } from '../state/login-sessions.ts';
import { principalArn } from '../state/principal.ts';
import { after, type World } from '../world.ts';
import { checkDpop, type DpopProof } from './dpop.ts';
import { signinErrors } from './signin-errors.ts';

const ACCESS_SECONDS = 900;
const SESSION_SECONDS = 12 * 3600;

interface TokenCall {
  readonly body: Readonly<Record<string, unknown>>;
  readonly world: World;
  readonly now: Date;
  readonly proof: DpopProof;
}

/**
 * CreateOAuth2Token: trades a code or a refresh token for credentials of 15 minutes. Every request carries a DPoP proof, and a session's
 * refresh tokens answer only to the key that began it.
 */
export function createOauth2Token(request: SandboxRequest, world: World): SandboxReply {
  const body = jsonBody(request, () => signinErrors.invalid('The request is not JSON.'));
  const now = world.now();
  const proof = checkDpop(headerOf(request, 'dpop') ?? '', 'POST', `${request.origin}/v1/token`, now);
  if (proof === undefined || !world.logins.noteProofId(proof.proofId)) {
    throw signinErrors.invalid('Invalid DPoP proof');
  }
  const call = { body, world, now, proof };
  switch (body['grantType']) {
    case 'authorization_code':
      return issue(call, sessionByCode(call), body['clientId']);
    case 'refresh_token':
      return issue(call, sessionByRefreshToken(call), undefined);
    default:
      throw signinErrors.invalid('Unsupported grantType');
  }
}

function sessionByCode(call: TokenCall): LoginSession {
  const { body, world, now, proof } = call;
  const code = world.logins.takeCode(text(body, 'code'));
  const challenge = createHash('sha256').update(text(body, 'codeVerifier')).digest('base64url');
  if (code === undefined || code.expiresAt <= now) {
    throw signinErrors.denied('AUTHCODE_EXPIRED', 'The authorization code is unknown or has expired.');
  }
  const { request, principal } = code;
  const isSame = request.clientId === body['clientId'] && request.redirectUri === body['redirectUri'];
  if (!isSame || request.codeChallenge !== challenge) {
    throw signinErrors.invalid('The request does not match the authorization.');
  }
  return {
    clientId: request.clientId,
    principal,
    keyThumbprint: proof.keyThumbprint,
    endsAt: after(now, SESSION_SECONDS),
  };
}

function sessionByRefreshToken(call: TokenCall): LoginSession {
  const { body, world, now, proof } = call;
  const refreshToken = text(body, 'refreshToken');
  const session = world.logins.refreshSession(refreshToken);
  if (session === undefined || session.endsAt <= now || session.clientId !== body['clientId']) {
    throw signinErrors.denied('TOKEN_EXPIRED', 'The refresh token is unknown, used or expired.');
  }
  if (session.keyThumbprint !== proof.keyThumbprint) {
    throw signinErrors.invalid('The DPoP key is not the one of this session.');
  }
  world.logins.retireRefreshToken(refreshToken);
  return session;
}

function issue(call: TokenCall, session: LoginSession, audience: unknown): SandboxReply {
  const { world, now } = call;
  const { principal } = session;
  const action = 'signin:CreateOAuth2Token';
  if (identityVerdict(principal, action, '*', callerContext(principal, now)) !== 'allow') {
    throw signinErrors.denied('INSUFFICIENT_PERMISSIONS', `${principalArn(principal)} may not ${action}.`);
  }
  const issued = world.credentials.issue(principal, after(now, ACCESS_SECONDS));
  const idToken =
    typeof audience === 'string'
      ? { idToken: world.webIdentity.mint(principalArn(principal), audience, now, ACCESS_SECONDS) }
      : {};
  return jsonReply(200, {
    accessToken: {
      accessKeyId: issued.accessKeyId,
      secretAccessKey: issued.secretAccessKey,
      sessionToken: issued.sessionToken,
    },
    tokenType: 'aws_sigv4',
    expiresIn: ACCESS_SECONDS,
    refreshToken: world.logins.issueRefreshToken(session),
    ...idToken,
  });
}

function text(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') {
    throw signinErrors.invalid(`Missing ${name}`);
  }
  return value;
}
