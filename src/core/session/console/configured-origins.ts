import { parseEndpointVariable, type Env } from '../../aws/endpoints.ts';
import { SIGNIN_ENDPOINT_VARIABLE } from '../../aws/federation.ts';

/** The variables by which users and the sandbox move pages that are opened in a browser. */
const ENDPOINT_VARIABLES = [
  'AWS_ENDPOINT_URL_SSO_OIDC',
  'AWS_ENDPOINT_URL_SSO',
  'AWS_ENDPOINT_URL',
  SIGNIN_ENDPOINT_VARIABLE,
];

/** The origins the user's endpoint variables name. Unusable ones count for nothing here; they are told where they are used. */
export function configuredOrigins(env: Env): ReadonlySet<string> {
  const origins = ENDPOINT_VARIABLES.flatMap((variable) => {
    try {
      return parseEndpointVariable(variable, env)?.origin ?? [];
    } catch {
      return [];
    }
  });
  return new Set(origins);
}
