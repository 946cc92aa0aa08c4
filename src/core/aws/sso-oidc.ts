import * as v from 'valibot';
import { Secret } from '../model/secret.ts';
import type { AwsRequest } from './client-config.ts';
import { serviceEndpoint } from './endpoints.ts';
import { callSdk, sdkFailureError, type SdkCall, type SdkFailure } from './map-sdk-error.ts';
import { opaqueText, parseReply } from './parse-reply.ts';

/** A client registered with Identity Center. `expiresAt` is by AWS's clock. */
export interface ClientRegistration {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly expiresAt: Date;
}

/** What a client is registered for. */
export interface ClientDescription {
  readonly clientName: string;
  readonly scopes: readonly string[];
  readonly grantTypes?: readonly string[] | undefined;
  readonly redirectUris?: readonly string[] | undefined;
  /** The start URL, for the authorization code grant. */
  readonly issuerUrl?: string | undefined;
}

/** A device authorization that waits for the user. The addresses are AWS's words: they pass the URL gate before use. */
export interface DeviceAuthorization {
  readonly deviceCode: Secret;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
}

/** What is handed in for a token. */
export type TokenGrant =
  | { readonly kind: 'device-code'; readonly deviceCode: Secret }
  | {
      readonly kind: 'authorization-code';
      readonly code: Secret;
      readonly codeVerifier: Secret;
      readonly redirectUri: string;
    }
  | { readonly kind: 'refresh-token'; readonly refreshToken: Secret };

/** Tokens as issued. */
export interface IssuedToken {
  readonly accessToken: Secret;
  readonly expiresInSeconds: number;
  readonly refreshToken: Secret | undefined;
}

/**
 * The answer to a token request. `slow-down` adds 5 s to every later poll and does not end the flow (RFC 8628 section 3.5);
 * `client-expired` asks for a new registration.
 */
export type CreateTokenOutcome =
  | { readonly kind: 'token'; readonly token: IssuedToken }
  | { readonly kind: 'pending' }
  | { readonly kind: 'slow-down' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'invalid-grant' }
  | { readonly kind: 'client-expired' };

/** What AWS names the grants. */
export const GRANT_TYPES = {
  deviceCode: 'urn:ietf:params:oauth:grant-type:device_code',
  authorizationCode: 'authorization_code',
  refreshToken: 'refresh_token',
} as const;

const DEFAULT_INTERVAL_SECONDS = 5;
const DEFAULT_EXPIRES_IN_SECONDS = 600;
/** No token of Identity Center lives longer than 90 days. */
const MAX_TOKEN_SECONDS = 90 * 24 * 3600;

const RegistrationSchema = v.object({
  clientId: opaqueText(1024),
  clientSecret: opaqueText(16_384),
  clientSecretExpiresAt: v.pipe(v.number(), v.finite(), v.minValue(1), v.maxValue(32_503_680_000)),
});

/** Numbers that are not usable are replaced by clamped ones; a device flow with a silly interval still works. */
const clamped = (min: number, max: number, fallback: number) =>
  v.pipe(
    v.fallback(
      v.pipe(v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))]), v.finite()),
      fallback,
    ),
    v.transform((value) => Math.min(Math.max(value, min), max)),
  );

const address = v.pipe(v.string(), v.maxLength(2048));
const DeviceAuthorizationSchema = v.object({
  deviceCode: opaqueText(4096),
  userCode: v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{1,16}(?:-[A-Za-z0-9]{1,16}){0,4}$/)),
  verificationUri: address,
  verificationUriComplete: v.optional(address),
  expiresIn: clamped(60, 1800, DEFAULT_EXPIRES_IN_SECONDS),
  interval: clamped(1, 60, DEFAULT_INTERVAL_SECONDS),
});

const TokenSchema = v.object({
  accessToken: opaqueText(16_384),
  expiresIn: v.pipe(v.number(), v.finite(), v.minValue(1), v.maxValue(MAX_TOKEN_SECONDS)),
  refreshToken: v.optional(opaqueText(16_384)),
});

/**
 * Registers this app as a public client. Throws AwsRefusedError where AWS does not take the description.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_RegisterClient.html
 */
export async function registerClient(request: AwsRequest, client: ClientDescription): Promise<ClientRegistration> {
  const { SSOOIDCClient, RegisterClientCommand } = await import('@aws-sdk/client-sso-oidc');
  const sdk = new SSOOIDCClient(request.network.clientConfig('sso-oidc', request.region));
  const command = new RegisterClientCommand({
    clientName: client.clientName,
    clientType: 'public',
    scopes: [...client.scopes],
    ...(client.grantTypes === undefined ? {} : { grantTypes: [...client.grantTypes] }),
    ...(client.redirectUris === undefined ? {} : { redirectUris: [...client.redirectUris] }),
    ...(client.issuerUrl === undefined ? {} : { issuerUrl: client.issuerUrl }),
  });
  const reply = await callSdk<unknown>(callOf(request), () => sdk.send(command, { abortSignal: request.signal }));
  const { clientId, clientSecret, clientSecretExpiresAt } = parseReply(RegistrationSchema, reply, 'RegisterClient');
  return { clientId, clientSecret: new Secret(clientSecret), expiresAt: new Date(clientSecretExpiresAt * 1000) };
}

/**
 * Starts a device authorization; `expired` where the registration is no longer known. Throws AwsRefusedError for a start URL that
 * is not of this region.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_StartDeviceAuthorization.html
 */
export async function startDeviceAuthorization(
  request: AwsRequest,
  registration: ClientRegistration,
  startUrl: string,
): Promise<{ readonly kind: 'started'; readonly device: DeviceAuthorization } | { readonly kind: 'client-expired' }> {
  const { SSOOIDCClient, StartDeviceAuthorizationCommand } = await import('@aws-sdk/client-sso-oidc');
  const sdk = new SSOOIDCClient(request.network.clientConfig('sso-oidc', request.region));
  const command = new StartDeviceAuthorizationCommand({
    clientId: registration.clientId,
    clientSecret: registration.clientSecret.reveal(),
    startUrl,
  });
  const reply = await callSdk<unknown>(
    callOf(request),
    () => sdk.send(command, { abortSignal: request.signal }),
    (failure) => (failure.awsCode === 'InvalidClientException' ? { kind: 'client-expired' } : undefined),
  );
  if (isClientExpired(reply)) {
    return { kind: 'client-expired' };
  }
  const parsed = parseReply(DeviceAuthorizationSchema, reply, 'StartDeviceAuthorization');
  return {
    kind: 'started',
    device: {
      deviceCode: new Secret(parsed.deviceCode),
      userCode: parsed.userCode,
      verificationUri: parsed.verificationUri,
      verificationUriComplete: parsed.verificationUriComplete ?? parsed.verificationUri,
      expiresInSeconds: parsed.expiresIn,
      intervalSeconds: parsed.interval,
    },
  };
}

/**
 * Asks for a token. Everything that belongs to the flow is a returned outcome; outages and the like throw.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html
 */
export async function createToken(
  request: AwsRequest,
  registration: Pick<ClientRegistration, 'clientId' | 'clientSecret'>,
  grant: TokenGrant,
): Promise<CreateTokenOutcome> {
  const { SSOOIDCClient, CreateTokenCommand } = await import('@aws-sdk/client-sso-oidc');
  const sdk = new SSOOIDCClient(request.network.clientConfig('sso-oidc', request.region));
  const command = new CreateTokenCommand({
    clientId: registration.clientId,
    clientSecret: registration.clientSecret.reveal(),
    ...grantFields(grant),
  });
  const result = await callSdk<{ readonly reply: unknown } | { readonly failure: SdkFailure }>(
    callOf(request),
    async () => ({ reply: await sdk.send(command, { abortSignal: request.signal }) }),
    (failure) => ({ failure }),
  );
  if ('failure' in result) {
    return refusedOutcome(result.failure, request);
  }
  const { accessToken, expiresIn, refreshToken } = parseReply(TokenSchema, result.reply, 'CreateToken');
  return {
    kind: 'token',
    token: {
      accessToken: new Secret(accessToken),
      expiresInSeconds: expiresIn,
      refreshToken: refreshToken === undefined ? undefined : new Secret(refreshToken),
    },
  };
}

function grantFields(grant: TokenGrant) {
  switch (grant.kind) {
    case 'device-code':
      return { grantType: GRANT_TYPES.deviceCode, deviceCode: grant.deviceCode.reveal() };
    case 'authorization-code':
      return {
        grantType: GRANT_TYPES.authorizationCode,
        code: grant.code.reveal(),
        codeVerifier: grant.codeVerifier.reveal(),
        redirectUri: grant.redirectUri,
      };
    case 'refresh-token':
      return { grantType: GRANT_TYPES.refreshToken, refreshToken: grant.refreshToken.reveal() };
  }
}

function refusedOutcome(failure: SdkFailure, request: AwsRequest): CreateTokenOutcome {
  switch (failure.awsCode) {
    case 'AuthorizationPendingException':
      return { kind: 'pending' };
    case 'SlowDownException':
      return { kind: 'slow-down' };
    case 'ExpiredTokenException':
      return { kind: 'expired' };
    case 'AccessDeniedException':
      return { kind: 'denied' };
    case 'InvalidGrantException':
      return { kind: 'invalid-grant' };
    case 'InvalidClientException':
    case 'UnauthorizedClientException':
      return { kind: 'client-expired' };
    default:
      throw sdkFailureError(failure, callOf(request).host);
  }
}

function isClientExpired(reply: unknown): boolean {
  return typeof reply === 'object' && reply !== null && 'kind' in reply && reply.kind === 'client-expired';
}

function callOf({ network, region, signal }: AwsRequest): SdkCall {
  return { host: serviceEndpoint('sso-oidc', region, network.env).url.host, signal };
}
