import { authorizeUrl } from '../../aws/authorize-url.ts';
import { INTERACTIVE_RETRIES, withRetries } from '../../aws/retry.ts';
import { createToken, type ClientRegistration } from '../../aws/sso-oidc.ts';
import { sleep, type Clock } from '../../model/clock.ts';
import { ownerText } from '../../files/lock-owner.ts';
import { CancelledError } from '../../model/errors.ts';
import type { Secret } from '../../model/secret.ts';
import { SignInDeniedError, SignInExpiredError, SignInFailedError } from '../errors.ts';
import { startCallbackServer, type CallbackResult, type CallbackServer } from './callback-server.ts';
import { clientFor, registeredClient } from './client-registration.ts';
import type { PendingBrowserSignIn } from './client-records.ts';
import { clientOfToken, signInFailure, toStoredToken } from './issued-token.ts';
import { openAddress } from './open-address.ts';
import { codeChallenge, newPkceSecrets } from './pkce.ts';
import { portalUrlOf } from './portal-url.ts';
import type { SignInPorts, SignInRequest } from './sign-in-ports.ts';
import type { SsoSession } from './sso-session.ts';
import type { StoredToken } from './token-store.ts';

/** How long the callback is waited for. */
export const BROWSER_SIGN_IN_MS = 10 * 60 * 1000;

/**
 * Signs in through the user's browser: authorization code with PKCE, ended by a redirect to a listener on 127.0.0.1.
 *
 * `resumed` is a sign-in that an earlier process began: its listener is opened again on the same port, so that the page still open
 * in the browser can end it. Throws SignInDeniedError, SignInExpiredError, SignInFailedError, UrlRefusedError, or what AWS's
 * calls throw.
 */
export async function signInByBrowser(
  ports: SignInPorts,
  request: SignInRequest,
  signal: AbortSignal,
  resumed?: PendingBrowserSignIn,
): Promise<StoredToken> {
  const { session } = request;
  request.onStep({ kind: 'preparing' });
  const client = await clientOf(ports, session, signal, resumed !== undefined);
  const secrets = resumed ?? newPkceSecrets(ports.random);
  const callback = await listen(secrets.state, resumed?.port);
  try {
    const pending = resumed ?? pendingSignIn(callback, secrets, ports.clock);
    await ports.records.update(session, { pending: { ...pending, waiter: ownerText() } });
    const { startedAt, endsAt } = pending;
    request.onStep({
      kind: 'waiting-for-browser',
      method: 'browser',
      startedAt: startedAt.toISOString(),
      endsAt: endsAt.toISOString(),
    });
    const address = addressOf(ports, request, client, callback, pending);
    await openAddress(ports, request, address, signal);
    const result = await waitForCallback(callback.result, ports.clock, endsAt, signal);
    request.onStep({ kind: 'finishing' });
    const token = await exchange(ports, request, { client, callback, pending, result }, signal);
    callback.close('signed-in');
    return token;
  } catch (error) {
    callback.close(error instanceof SignInDeniedError ? 'denied' : 'failed');
    if (isMaybeOfClient(error)) {
      await ports.records.update(session, { browser: undefined });
    }
    throw error;
  }
}

/**
 * AWS's page tells nobody when it no longer knows the client: the user waits, or gives up. So the next sign-in registers anew, also where
 * that was not why.
 */
function isMaybeOfClient(error: unknown): boolean {
  return error instanceof SignInExpiredError || error instanceof SignInFailedError || error instanceof CancelledError;
}

async function clientOf(
  ports: SignInPorts,
  session: SsoSession,
  signal: AbortSignal,
  isResumed: boolean,
): Promise<ClientRegistration> {
  return isResumed
    ? registeredClient(ports, session, 'browser')
    : clientFor(ports, session, 'browser', await portalUrlOf(ports.network, session, signal), signal);
}

async function listen(state: Secret, port: number | undefined): Promise<CallbackServer> {
  try {
    return await startCallbackServer(state, port);
  } catch (cause) {
    throw new SignInFailedError(
      'No answer of the browser can be received on this machine: its loopback port cannot be opened.',
      'Sign in again, or sign in with a device code.',
      cause,
    );
  }
}

function pendingSignIn(
  callback: CallbackServer,
  secrets: { readonly state: Secret; readonly codeVerifier: Secret },
  clock: Clock,
): PendingBrowserSignIn {
  const startedAt = clock.now();
  const endsAt = new Date(startedAt.getTime() + BROWSER_SIGN_IN_MS);
  return { method: 'browser', port: callback.port, ...secrets, startedAt, endsAt };
}

function addressOf(
  ports: SignInPorts,
  request: SignInRequest,
  client: ClientRegistration,
  callback: CallbackServer,
  pending: PendingBrowserSignIn,
): string {
  return authorizeUrl(request.session.region, ports.network.env, {
    clientId: client.clientId,
    redirectUri: callback.redirectUri,
    state: pending.state.reveal(),
    codeChallenge: codeChallenge(pending.codeVerifier),
    scopes: request.session.scopes,
  });
}

/** The callback's result; SignInExpiredError when it does not come in time, the signal's reason when it is cancelled. */
async function waitForCallback(
  result: Promise<CallbackResult>,
  clock: Clock,
  endsAt: Date,
  signal: AbortSignal,
): Promise<CallbackResult> {
  const done = new AbortController();
  const leftMs = endsAt.getTime() - clock.now().getTime();
  const timeout = sleep(clock, leftMs, AbortSignal.any([signal, done.signal])).then(() => {
    throw new SignInExpiredError();
  });
  try {
    return await Promise.race([result, timeout]);
  } finally {
    timeout.catch(() => undefined);
    done.abort();
  }
}

interface Answered {
  readonly client: ClientRegistration;
  readonly callback: CallbackServer;
  readonly pending: PendingBrowserSignIn;
  readonly result: CallbackResult;
}

async function exchange(
  ports: SignInPorts,
  request: SignInRequest,
  answered: Answered,
  signal: AbortSignal,
): Promise<StoredToken> {
  const { client, callback, pending, result } = answered;
  if (result.kind === 'denied') {
    throw new SignInDeniedError();
  }
  if (result.kind === 'failed') {
    throw new SignInFailedError(
      `AWS could not finish the sign-in (${result.error}).`,
      'Sign in again; if it stays so, ask your administrator.',
    );
  }
  const awsRequest = { network: ports.network, region: request.session.region, signal };
  const grant = {
    kind: 'authorization-code',
    code: result.code,
    codeVerifier: pending.codeVerifier,
    redirectUri: callback.redirectUri,
  } as const;
  const outcome = await withRetries(ports, INTERACTIVE_RETRIES, signal, () => createToken(awsRequest, client, grant));
  if (outcome.kind !== 'token') {
    throw signInFailure(outcome.kind);
  }
  return toStoredToken(outcome.token, clientOfToken(client), ports.clock);
}
