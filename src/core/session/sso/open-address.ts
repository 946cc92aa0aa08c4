import { Secret } from '../../model/secret.ts';
import { abortable } from '../resolve/single-flight.ts';
import { passUrlGate } from '../console/url-gate.ts';
import type { SignInPorts, SignInRequest } from './sign-in-ports.ts';

/**
 * Lets a sign-in's address through the gate, hands it on and opens it. Where the user can be shown the address instead, a browser
 * that does not open ends nothing. Throws UrlRefusedError, what the browser throws, or the signal's reason.
 */
export async function openAddress(
  ports: SignInPorts,
  request: SignInRequest,
  address: string,
  signal: AbortSignal,
): Promise<void> {
  const url = new Secret(passUrlGate(address, { env: ports.network.env, portal: request.session.startUrl }));
  request.onAddress(url);
  if (!request.openBrowser) {
    return;
  }
  try {
    // A browser that takes its time to start must not keep the user from cancelling.
    await abortable(ports.browser.open(url, request.session.id), signal);
  } catch (error) {
    if (request.onBrowserFailed === undefined || signal.aborted) {
      throw error;
    }
    ports.log('the browser did not open; the address is shown instead');
    request.onBrowserFailed(url);
  }
}
