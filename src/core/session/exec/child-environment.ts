import type { TemporaryCredentials } from '../../model/credentials.ts';
import type { Secret } from '../../model/secret.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Every variable by which an AWS tool would take other credentials, another role or another region than the one chosen. Left in place, an
 * old `AWS_PROFILE` or `AWS_SECURITY_TOKEN` wins in some tools, and the command runs as somebody else.
 */
const OTHER_CREDENTIALS = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  // Older names for keys: the SDKs for Go and Java take the first two, that for Ruby all, before they ask an endpoint.
  'AWS_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'AMAZON_ACCESS_KEY_ID',
  'AMAZON_SECRET_ACCESS_KEY',
  'AMAZON_SESSION_TOKEN',
  // A file of keys, which botocore reads before it asks an endpoint.
  'AWS_CREDENTIAL_FILE',
  // Bedrock's clients take it before any key.
  'AWS_BEARER_TOKEN_BEDROCK',
];

/** Ours alone: a child has no business with them. */
const OURS = /^ROLECALL_/;

/** The environment without any trace of credentials, other than those meant for the child. */
function withoutCredentials(env: Environment): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => !OTHER_CREDENTIALS.includes(name) && !OURS.test(name));
  return Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** The chosen region under both names, since botocore reads one and the JS SDK the other; the caller's own without a choice. */
function regionVariables(region: string | undefined): Record<string, string> {
  return region === undefined ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region };
}

/**
 * What a command started with these credentials gets. They stand in its environment, readable by programs of the same user, for as long as
 * it runs: that is what `exec` is for.
 */
export function credentialEnvironment(
  env: Environment,
  credentials: TemporaryCredentials,
  region: string | undefined,
): Record<string, string> {
  return {
    ...withoutCredentials(env),
    ...regionVariables(region),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey.reveal(),
    AWS_SESSION_TOKEN: credentials.sessionToken.reveal(),
    AWS_CREDENTIAL_EXPIRATION: credentials.expiresAt.toISOString(),
  };
}

/** What a command gets that fetches its credentials from our container endpoint, and renews them there. */
export function endpointEnvironment(
  env: Environment,
  endpoint: { readonly url: string; readonly token: Secret },
  region: string | undefined,
): Record<string, string> {
  return {
    ...withoutCredentials(env),
    ...regionVariables(region),
    AWS_CONTAINER_CREDENTIALS_FULL_URI: endpoint.url,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: endpoint.token.reveal(),
  };
}
