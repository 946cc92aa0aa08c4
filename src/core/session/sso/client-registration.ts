import { GRANT_TYPES, registerClient, type ClientDescription, type ClientRegistration } from '../../aws/sso-oidc.ts';
import { INTERACTIVE_RETRIES, withRetries } from '../../aws/retry.ts';
import { CALLBACK_PATH } from './callback-server.ts';
import { signInFailure } from './issued-token.ts';
import type { SignInMethod } from './client-records.ts';
import type { SignInPorts } from './sign-in-ports.ts';
import type { SsoSession } from './sso-session.ts';

/** What AWS's page calls us. */
const CLIENT_NAME = 'Rolecall';
/** A token can be renewed only while its client is registered (90 days), so a client soon to end is not used for a new one. */
const MIN_LEFT_MS = 30 * 24 * 3600 * 1000;

/** The client for this way to sign in: the one kept, or a new one. `portalUrl` is the start URL on AWS's own host. */
export async function clientFor(
  ports: SignInPorts,
  session: SsoSession,
  method: SignInMethod,
  portalUrl: string,
  signal: AbortSignal,
): Promise<ClientRegistration> {
  const kept = (await ports.records.read(session))[method];
  if (kept !== undefined && kept.expiresAt.getTime() - ports.clock.now().getTime() > MIN_LEFT_MS) {
    return kept;
  }
  const request = { network: ports.network, region: session.region, signal };
  const description = describeClient(session, method, portalUrl);
  const registration = await withRetries(ports, INTERACTIVE_RETRIES, signal, () =>
    registerClient(request, description),
  );
  await ports.records.update(session, { [method]: registration });
  return registration;
}

/** The client that a pending sign-in was begun with. Throws SignInFailedError where it is no longer known. */
export async function registeredClient(
  ports: SignInPorts,
  session: SsoSession,
  method: SignInMethod,
): Promise<ClientRegistration> {
  const kept = (await ports.records.read(session))[method];
  if (kept === undefined) {
    throw signInFailure('client-expired');
  }
  return kept;
}

/** As the AWS CLI registers: the redirect URI without its port, the start URL as issuer. */
function describeClient(session: SsoSession, method: SignInMethod, portalUrl: string): ClientDescription {
  const { scopes } = session;
  if (method === 'device') {
    return { clientName: CLIENT_NAME, scopes, grantTypes: [GRANT_TYPES.deviceCode, GRANT_TYPES.refreshToken] };
  }
  return {
    clientName: CLIENT_NAME,
    scopes,
    grantTypes: [GRANT_TYPES.authorizationCode, GRANT_TYPES.refreshToken],
    redirectUris: [`http://127.0.0.1${CALLBACK_PATH}`],
    issuerUrl: portalUrl,
  };
}
