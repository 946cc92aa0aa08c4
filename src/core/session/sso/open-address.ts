import { Secret } from '../../model/secret.ts';
import { passUrlGate } from '../console/url-gate.ts';
import type { SignInPorts, SignInRequest } from './sign-in-ports.ts';

/**
 * Lets a sign-in's address through the gate, hands it on and opens it. Where the user sees the address anyway, a browser that does
 * not open ends nothing. Throws UrlRefusedError, or what the browser throws.
 */
export async function openAddress(ports: SignInPorts, request: SignInRequest, address: string): Promise<void> {
  const url = new Secret(passUrlGate(address, { env: ports.network.env, portal: request.session.startUrl }));
  request.onAddress(url);
  if (!request.openBrowser) {
    return;
  }
  try {
    await ports.browser.open(url);
  } catch (error) {
    if (!request.addressIsShown) {
      throw error;
    }
    ports.log('the browser did not open; the address is shown instead');
  }
}
