import { BrowserFailedError } from '../core/browsers/errors.ts';
import type { BrowserPort, Surroundings } from '../core/session/ports.ts';
import { launchFirst } from './browser-launcher.ts';
import { browserCommands } from './browser-commands.ts';
import { serveOneShotRedirect } from '../core/loopback/one-shot-redirect.ts';
import { systemPrograms, type Programs } from './run-program.ts';

/**
 * Opens addresses, signed ones too, in the user's default browser. The program that is started sees only a local address that is good
 * once; the real one reaches the browser as a redirect.
 *
 * `open` resolves when the browser has fetched the redirect; rejects with BrowserFailedError when no program could be started,
 * or none fetched it within 30 seconds.
 */
export function createBrowser(
  surroundings: Surroundings,
  programs: Programs = systemPrograms(surroundings),
): BrowserPort {
  return {
    async open(url) {
      const redirect = await serveOneShotRedirect(url, surroundings.clock);
      const commands = await browserCommands(surroundings, redirect.address.reveal());
      const launching = launchFirst(programs, commands).then((launched) => {
        if (launched.command === undefined) {
          redirect.close();
        }
        return launched;
      });
      if (!(await redirect.followed)) {
        const { command, failed } = await launching;
        // What BROWSER names is told even where there is no such program; of our own guesses, those that are there.
        const isNamed = (surroundings.env['BROWSER'] ?? '') !== '';
        throw new BrowserFailedError(
          isNamed ? commands.map(([program = '']) => program) : failed,
          command !== undefined,
        );
      }
    },
  };
}
