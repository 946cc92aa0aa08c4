import { createHash } from 'node:crypto';
import { jsonReply, type SandboxReply } from '../http/sandbox-reply.ts';
import type { IdentityCenter } from '../organization.ts';
import type { DeviceAuthorization } from '../state/sign-ins.ts';
import type { ClientRegistration, PortalSession } from '../state/sso-tokens.ts';
import { newOpaqueToken } from '../state/identifiers.ts';
import { after } from '../world.ts';
import { isHere } from './identity-center-here.ts';
import { oidcError } from './oidc-errors.ts';
import { requireClient, requiredText, type OidcCall } from './oidc-request.ts';

/** RFC 8628 section 3.5: what a slow_down adds to the interval for good. */
const SLOW_DOWN_SECONDS = 5;
/** A client's timer may fire a little early by our clock. */
const POLL_TOLERANCE_MS = 250;

/** Source: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html */
export function createToken(call: OidcCall): SandboxReply {
  const client = requireClient(call);
  const grantType = requiredText(call.body, 'grantType');
  switch (grantType) {
    case 'urn:ietf:params:oauth:grant-type:device_code':
      requireGrant(client, grantType);
      return tokenByDeviceCode(call, client);
    case 'authorization_code':
      requireGrant(client, grantType);
      return tokenByAuthorizationCode(call, client);
    case 'refresh_token':
      requireGrant(client, grantType);
      return tokenByRefreshToken(call, client);
    default:
      throw oidcError('UnsupportedGrantTypeException', 'Unsupported grant type');
  }
}

function requireGrant(client: ClientRegistration, grantType: string): void {
  const granted = client.grantTypes?.includes(grantType) ?? grantType !== 'authorization_code';
  if (!granted) {
    throw oidcError('UnauthorizedClientException', 'Client is not registered for this grant');
  }
}

function tokenByDeviceCode(call: OidcCall, client: ClientRegistration): SandboxReply {
  const device = call.world.signIns.deviceByCode(requiredText(call.body, 'deviceCode'));
  if (device === undefined || device.client !== client || device.used || !isHere(call.request, device.identityCenter)) {
    throw oidcError('InvalidGrantException', 'Invalid device code');
  }
  if (device.expiresAt <= call.now) {
    throw oidcError('ExpiredTokenException', 'Device code has expired');
  }
  checkPollingInterval(device, call.now);
  switch (device.decision.kind) {
    case 'waiting':
      throw oidcError('AuthorizationPendingException', 'Authorization pending');
    case 'denied':
      throw oidcError('AccessDeniedException', 'User denied the request');
    case 'allowed':
      device.used = true;
      return issueTokens(
        call,
        startSession(call, client, device.identityCenter, device.decision.userName, client.scopes),
      );
  }
}

/** The AWS CLI polls twice at once, before and after it shows the code, so the second poll is never too early. */
function checkPollingInterval(device: DeviceAuthorization, now: Date): void {
  device.polls += 1;
  const sinceLastMs = device.lastPollAt === undefined ? Infinity : now.getTime() - device.lastPollAt.getTime();
  device.lastPollAt = now;
  if (device.polls > 2 && sinceLastMs < device.intervalSeconds * 1000 - POLL_TOLERANCE_MS) {
    device.intervalSeconds += SLOW_DOWN_SECONDS;
    throw oidcError('SlowDownException', 'Polling too often');
  }
}

function tokenByAuthorizationCode(call: OidcCall, client: ClientRegistration): SandboxReply {
  const code = call.world.signIns.takeCode(requiredText(call.body, 'code'), call.now);
  const verifier = requiredText(call.body, 'codeVerifier');
  const redirectUri = requiredText(call.body, 'redirectUri');
  if (code === undefined || code.request.client !== client || code.request.redirectUri !== redirectUri) {
    throw oidcError('InvalidGrantException', 'Invalid authorization code');
  }
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier) || challenge !== code.request.codeChallenge) {
    throw oidcError('InvalidGrantException', 'Code verifier does not match the code challenge');
  }
  const { identityCenter, scopes } = code.request;
  return issueTokens(call, startSession(call, client, identityCenter, code.userName, scopes));
}

function tokenByRefreshToken(call: OidcCall, client: ClientRegistration): SandboxReply {
  const refreshToken = requiredText(call.body, 'refreshToken');
  const session = call.world.ssoTokens.sessionOfRefreshToken(refreshToken, call.now);
  if (session === undefined || session.clientId !== client.clientId || !isHere(call.request, session.identityCenter)) {
    throw oidcError('InvalidGrantException', 'Invalid refresh token provided');
  }
  return issueTokens(call, session, refreshToken);
}

function startSession(
  call: OidcCall,
  client: ClientRegistration,
  identityCenter: IdentityCenter,
  userName: string,
  scopes: readonly string[],
): PortalSession {
  return {
    sessionId: newOpaqueToken(call.world.random, '', 16),
    identityCenter,
    userName,
    clientId: client.clientId,
    scopes,
    endsAt: after(call.now, identityCenter.sessionSeconds),
  };
}

/** A client without scopes gets one token for the whole sign-in and no way to renew it, as legacy profiles have it. */
function issueTokens(call: OidcCall, session: PortalSession, usedRefreshToken?: string): SandboxReply {
  const { world, now } = call;
  const sessionLeft = Math.floor((session.endsAt.getTime() - now.getTime()) / 1000);
  const renewable = session.scopes.length > 0;
  const expiresIn = renewable ? Math.min(world.settings.accessTokenSeconds, sessionLeft) : sessionLeft;
  const accessToken = world.ssoTokens.issueAccessToken(session, after(now, expiresIn), now);
  return jsonReply(200, {
    accessToken,
    tokenType: 'Bearer',
    expiresIn,
    ...(renewable ? { refreshToken: nextRefreshToken(call, session, usedRefreshToken) } : {}),
  });
}

function nextRefreshToken(call: OidcCall, session: PortalSession, usedRefreshToken?: string): string {
  const { ssoTokens, settings } = call.world;
  if (usedRefreshToken !== undefined && !settings.rotateRefreshTokens) {
    return usedRefreshToken;
  }
  if (usedRefreshToken !== undefined) {
    ssoTokens.revokeRefreshToken(usedRefreshToken);
  }
  return ssoTokens.issueRefreshToken(session);
}
