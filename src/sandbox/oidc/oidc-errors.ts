import { AwsError } from '../http/aws-error.ts';

/**
 * The errors of SSO OIDC. The exception's name goes into the header, its OAuth name and description into the body; there is no `message`.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html
 */
const OAUTH_NAMES = {
  AccessDeniedException: 'access_denied',
  AuthorizationPendingException: 'authorization_pending',
  ExpiredTokenException: 'expired_token',
  InternalServerException: 'server_error',
  InvalidClientException: 'invalid_client',
  InvalidClientMetadataException: 'invalid_client_metadata',
  InvalidGrantException: 'invalid_grant',
  InvalidRedirectUriException: 'invalid_redirect_uri',
  InvalidRequestException: 'invalid_request',
  InvalidScopeException: 'invalid_scope',
  SlowDownException: 'slow_down',
  UnauthorizedClientException: 'unauthorized_client',
  UnsupportedGrantTypeException: 'unsupported_grant_type',
} as const;

/** An OIDC error by its exception name. */
export function oidcError(code: keyof typeof OAUTH_NAMES, description: string): AwsError {
  const status = code === 'InvalidClientException' ? 401 : code === 'InternalServerException' ? 500 : 400;
  return new AwsError(status, code, description, { error: OAUTH_NAMES[code] });
}
