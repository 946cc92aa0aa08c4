import { jsonReply, type SandboxReply } from '../http/sandbox-reply.ts';
import { after } from '../world.ts';
import { oidcError } from './oidc-errors.ts';
import { isLoopbackRedirect } from './redirect-uri.ts';
import { requiredText, textList, type OidcCall } from './oidc-request.ts';

/** AWS's registrations last 90 days. */
const REGISTRATION_SECONDS = 90 * 86_400;

const KNOWN_SCOPES = new Set([
  'sso:account:access',
  'codewhisperer:completions',
  'codewhisperer:analysis',
  'codewhisperer:conversations',
  'openid',
]);

const KNOWN_GRANT_TYPES = new Set([
  'authorization_code',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
]);

interface Asked {
  readonly scopes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly grantTypes?: readonly string[];
  readonly issuerUrl?: string;
}

/** Source: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_RegisterClient.html */
export function registerClient(call: OidcCall): SandboxReply {
  const { body, world, now } = call;
  const clientName = requiredText(body, 'clientName');
  if (requiredText(body, 'clientType') !== 'public') {
    throw oidcError('InvalidClientMetadataException', 'Client type must be public');
  }
  const asked = readAsked(call);
  checkAsked(asked);
  const client = world.ssoTokens.register({
    ...asked,
    clientName,
    issuedAt: now,
    expiresAt: after(now, REGISTRATION_SECONDS),
  });
  return jsonReply(200, {
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    clientIdIssuedAt: Math.floor(client.issuedAt.getTime() / 1000),
    clientSecretExpiresAt: Math.floor(client.expiresAt.getTime() / 1000),
  });
}

function readAsked({ body, world }: OidcCall): Asked {
  const grantTypes = textList(body, 'grantTypes');
  const issuerUrl = typeof body['issuerUrl'] === 'string' ? body['issuerUrl'] : undefined;
  if (issuerUrl !== undefined && world.directory.identityCenter(issuerUrl) === undefined) {
    throw oidcError('InvalidRequestException', 'Invalid issuer url');
  }
  return {
    scopes: textList(body, 'scopes') ?? [],
    redirectUris: textList(body, 'redirectUris') ?? [],
    ...(grantTypes === undefined ? {} : { grantTypes }),
    ...(issuerUrl === undefined ? {} : { issuerUrl }),
  };
}

function checkAsked({ scopes, grantTypes, redirectUris }: Asked): void {
  if (!scopes.every((scope) => KNOWN_SCOPES.has(scope))) {
    throw oidcError('InvalidScopeException', 'Invalid scope in the request');
  }
  if (grantTypes?.every((grantType) => KNOWN_GRANT_TYPES.has(grantType)) === false) {
    throw oidcError('UnsupportedGrantTypeException', 'Unsupported grant type');
  }
  if (!redirectUris.every(isLoopbackRedirect)) {
    throw oidcError('InvalidRedirectUriException', 'Redirect URI must be a loopback address');
  }
  if (grantTypes?.includes('authorization_code') === true && redirectUris.length === 0) {
    throw oidcError('InvalidRedirectUriException', 'Missing redirect URI for the authorization code grant');
  }
}
