import { serviceEndpoint, type Env } from './endpoints.ts';

/** The parts of an authorization request. */
export interface AuthorizeParameters {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly codeChallenge: string;
  readonly scopes: readonly string[];
}

/**
 * Where the user's browser goes for the authorization code grant with PKCE. The parameter is `scopes`, not OAuth's `scope`, and
 * the host is that of the OIDC service, wherever `AWS_ENDPOINT_URL_SSO_OIDC` puts it.
 * Source: https://github.com/aws/aws-cli/blob/v2/awscli/customizations/sso/utils.py
 */
export function authorizeUrl(region: string, env: Env, parameters: AuthorizeParameters): string {
  const base = serviceEndpoint('sso-oidc', region, env).url.href.replace(/\/+$/, '');
  const query = {
    response_type: 'code',
    client_id: parameters.clientId,
    redirect_uri: parameters.redirectUri,
    state: parameters.state,
    code_challenge_method: 'S256',
    scopes: parameters.scopes.join(' '),
    code_challenge: parameters.codeChallenge,
  };
  const encoded = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${base}/authorize?${encoded.join('&')}`;
}
