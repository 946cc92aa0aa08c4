import { isPassing, retryDelayMs, PATIENT_RETRIES, INTERACTIVE_RETRIES, withRetries } from '../../aws/retry.ts';
import { isNetworkLost } from '../../aws/network-errors.ts';
import {
  createToken,
  startDeviceAuthorization,
  type ClientRegistration,
  type CreateTokenOutcome,
  type DeviceAuthorization,
} from '../../aws/sso-oidc.ts';
import { ownerText } from '../../files/lock-owner.ts';
import { sleep } from '../../model/clock.ts';
import { passUrlGate } from '../console/url-gate.ts';
import { SignInExpiredError } from '../errors.ts';
import { clientFor, registeredClient } from './client-registration.ts';
import type { PendingDeviceSignIn } from './client-records.ts';
import { clientOfToken, signInFailure, toStoredToken } from './issued-token.ts';
import { openAddress } from './open-address.ts';
import { portalUrlOf } from './portal-url.ts';
import type { SignInPorts, SignInRequest } from './sign-in-ports.ts';
import type { StoredToken } from './token-store.ts';

/** Added to the interval, for good, each time AWS asks to slow down (RFC 8628 section 3.5). */
const SLOW_DOWN_SECONDS = 5;

/**
 * Signs in with a device code, which the user enters or confirms on any device.
 *
 * `resumed` is a sign-in that an earlier process began: its code is still good, so it is waited for again. Throws
 * SignInDeniedError, SignInExpiredError, SignInFailedError, UrlRefusedError, or what AWS's calls throw.
 */
export async function signInByDevice(
  ports: SignInPorts,
  request: SignInRequest,
  signal: AbortSignal,
  resumed?: PendingDeviceSignIn,
): Promise<StoredToken> {
  const { session } = request;
  request.onStep({ kind: 'preparing' });
  const { client, pending } =
    resumed === undefined
      ? await begin(ports, request, signal)
      : { client: await registeredClient(ports, session, 'device'), pending: resumed };
  await ports.records.update(session, { pending: { ...pending, waiter: ownerText() } });
  request.onStep({
    kind: 'waiting-for-device',
    method: 'device',
    userCode: pending.userCode,
    verificationUri: pending.verificationUri,
    startedAt: pending.startedAt.toISOString(),
    endsAt: pending.endsAt.toISOString(),
  });
  // Where to enter the code has just been told, so a browser that does not open ends nothing.
  const told = { ...request, onBrowserFailed: request.onBrowserFailed ?? (() => {}) };
  await openAddress(ports, told, pending.verificationUriComplete, signal);
  const token = await poll(ports, request, client, pending, signal);
  request.onStep({ kind: 'finishing' });
  return token;
}

/** Registers where needed and asks for a code; a registration that AWS forgot is made anew once. */
async function begin(
  ports: SignInPorts,
  request: SignInRequest,
  signal: AbortSignal,
): Promise<{ readonly client: ClientRegistration; readonly pending: PendingDeviceSignIn }> {
  const awsRequest = { network: ports.network, region: request.session.region, signal };
  const portalUrl = await portalUrlOf(ports.network, request.session, signal);
  for (let tries = 1; ; tries += 1) {
    const client = await clientFor(ports, request.session, 'device', portalUrl, signal);
    const started = await withRetries(ports, INTERACTIVE_RETRIES, signal, () =>
      startDeviceAuthorization(awsRequest, client, portalUrl),
    );
    if (started.kind === 'started') {
      return { client, pending: pendingSignIn(ports, request, started.device) };
    }
    await ports.records.update(request.session, { device: undefined });
    if (tries === 2) {
      throw signInFailure('client-expired');
    }
  }
}

/** Both addresses are AWS's words: the one shown must be as good as the one opened. */
function pendingSignIn(
  ports: SignInPorts,
  { session }: SignInRequest,
  device: DeviceAuthorization,
): PendingDeviceSignIn {
  const { deviceCode, userCode, intervalSeconds, expiresInSeconds } = device;
  const gate = (url: string): string => passUrlGate(url, { env: ports.network.env, portal: session.startUrl });
  const startedAt = ports.clock.now();
  return {
    method: 'device',
    deviceCode,
    userCode,
    verificationUri: gate(device.verificationUri),
    verificationUriComplete: gate(device.verificationUriComplete),
    intervalSeconds,
    startedAt,
    endsAt: new Date(startedAt.getTime() + expiresInSeconds * 1000),
  };
}

/** Asks at once, then in the interval, until AWS decides or the code's time is over. Outages and lost network are waited out. */
async function poll(
  ports: SignInPorts,
  request: SignInRequest,
  client: ClientRegistration,
  pending: PendingDeviceSignIn,
  signal: AbortSignal,
): Promise<StoredToken> {
  const awsRequest = { network: ports.network, region: request.session.region, signal };
  let intervalSeconds = pending.intervalSeconds;
  for (let failures = 0; ;) {
    const answer = await askOnce(() =>
      createToken(awsRequest, client, { kind: 'device-code', deviceCode: pending.deviceCode }),
    );
    if ('outcome' in answer) {
      failures = 0;
      if (answer.outcome.kind === 'token') {
        return toStoredToken(answer.outcome.token, clientOfToken(client), ports.clock);
      }
      intervalSeconds += secondsToAdd(answer.outcome.kind);
    } else {
      failures += 1;
    }
    const delayMs = 'outcome' in answer ? 0 : retryDelayMs(answer.error, failures, PATIENT_RETRIES, ports.random);
    await sleep(ports.clock, Math.max(intervalSeconds * 1000, delayMs), signal);
    if (ports.clock.now() >= pending.endsAt) {
      throw new SignInExpiredError();
    }
  }
}

async function askOnce(
  ask: () => Promise<CreateTokenOutcome>,
): Promise<{ readonly outcome: CreateTokenOutcome } | { readonly error: unknown }> {
  try {
    return { outcome: await ask() };
  } catch (error) {
    if (isPassing(error) || isNetworkLost(error)) {
      return { error };
    }
    throw error;
  }
}

/** What an answer other than a token means for the interval; throws where it ends the sign-in. */
function secondsToAdd(kind: Exclude<CreateTokenOutcome['kind'], 'token'>): number {
  switch (kind) {
    case 'pending':
      return 0;
    case 'slow-down':
      return SLOW_DOWN_SECONDS;
    case 'denied':
    case 'expired':
    case 'invalid-grant':
    case 'client-expired':
      throw signInFailure(kind);
  }
}
