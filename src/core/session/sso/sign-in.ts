import { CancelledError } from '../../model/errors.ts';
import { SignInFailedError } from '../errors.ts';
import type { PendingSignIn, SignInMethod } from './client-records.ts';
import { signInByBrowser } from './sign-in-by-browser.ts';
import { signInByDevice } from './sign-in-by-device.ts';
import type { SignInPorts, SignInRequest } from './sign-in-ports.ts';
import type { SsoSession } from './sso-session.ts';
import type { StoredToken } from './token-store.ts';

/** With less time left nobody finishes on the page that is open. */
const MIN_LEFT_MS = 30_000;

/**
 * Signs in, by going on with a sign-in of the same kind that an earlier process left waiting, else anew. Gives the token; putting it
 * in its place is the caller's.
 *
 * A sign-in that the user cancelled (CancelledError as the signal's reason) is forgotten; one that ends because the program does is
 * kept, to go on at the next start.
 */
export async function signIn(
  ports: SignInPorts,
  method: SignInMethod,
  request: SignInRequest,
  signal: AbortSignal,
): Promise<StoredToken> {
  const pending = await pendingSignIn(ports, request.session);
  try {
    return await goOnOrBegin(ports, method, request, signal, pending);
  } finally {
    const isForLater = signal.aborted && !(signal.reason instanceof CancelledError);
    if (!isForLater) {
      await ports.records.update(request.session, { pending: undefined });
    }
  }
}

/** The sign-in that waits for its end, if there is one with time left. */
export async function pendingSignIn(
  ports: Pick<SignInPorts, 'records' | 'clock'>,
  session: SsoSession,
): Promise<PendingSignIn | undefined> {
  const { pending } = await ports.records.read(session);
  const leftMs = pending === undefined ? 0 : pending.endsAt.getTime() - ports.clock.now().getTime();
  return leftMs >= MIN_LEFT_MS ? pending : undefined;
}

async function goOnOrBegin(
  ports: SignInPorts,
  method: SignInMethod,
  request: SignInRequest,
  signal: AbortSignal,
  pending: PendingSignIn | undefined,
): Promise<StoredToken> {
  if (method === 'device') {
    return signInByDevice(ports, request, signal, pending?.method === 'device' ? pending : undefined);
  }
  if (pending?.method !== 'browser') {
    return signInByBrowser(ports, request, signal);
  }
  try {
    return await signInByBrowser(ports, request, signal, pending);
  } catch (error) {
    // Its port may be taken by now: then the page still open leads nowhere, and a new one is needed.
    if (error instanceof SignInFailedError && error.cause !== undefined) {
      return signInByBrowser(ports, request, signal);
    }
    throw error;
  }
}
