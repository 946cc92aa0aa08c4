import type { Shell } from 'electron';
import type { Clock } from '../core/model/clock.ts';
import type { BrowserPort } from '../core/session/ports.ts';
import { serveOneShotRedirect } from '../core/loopback/one-shot-redirect.ts';

/**
 * Opens addresses in the user's default browser. Only the core calls this, and only with addresses that its URL gate let through; no
 * page can.
 *
 * On Linux and Windows the address becomes an argument of a program (`xdg-open`, the browser), which others can read, and Windows takes
 * 2,083 characters at most: one that signs in goes by a local address that is good once. macOS hands it over in a message.
 */
export function createUrlOpener(
  shell: Pick<Shell, 'openExternal'>,
  platform: 'linux' | 'darwin' | 'win32',
  clock: Clock,
): BrowserPort {
  return {
    open: async (url) => {
      const address = url.reveal();
      const isPlain = platform === 'darwin' || (!address.includes('SigninToken=') && address.length <= MAX_PLAIN_URL);
      await shell.openExternal(isPlain ? address : (await serveOneShotRedirect(url, clock)).address.reveal());
    },
  };
}

/** https://support.microsoft.com/topic/maximum-url-length-is-2-083-characters-in-internet-explorer */
const MAX_PLAIN_URL = 2_080;
