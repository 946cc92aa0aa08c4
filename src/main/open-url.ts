import type { Shell } from 'electron';
import type { Clock } from '../core/model/clock.ts';
import type { BrowserPort } from '../core/session/ports.ts';
import { serveOneShotRedirect } from '../core/loopback/one-shot-redirect.ts';

/**
 * Windows hands addresses to programs through ShellExecute, which takes 2,083 characters at most; signed console addresses are
 * longer. https://support.microsoft.com/topic/maximum-url-length-is-2-083-characters-in-internet-explorer
 */
const MAX_WINDOWS_URL = 2_080;

/**
 * Opens addresses in the user's browser. Only the core calls this, and only with addresses that its URL gate let through; no page
 * can.
 */
export function createUrlOpener(
  shell: Pick<Shell, 'openExternal'>,
  platform: 'linux' | 'darwin' | 'win32',
  clock: Clock,
): BrowserPort {
  return {
    open: async (url) => {
      const address = url.reveal();
      const isTooLong = platform === 'win32' && address.length > MAX_WINDOWS_URL;
      await shell.openExternal(isTooLong ? (await serveOneShotRedirect(url, clock)).address.reveal() : address);
    },
  };
}
