import { WATCH_MS } from '../core/browsers/launch-program.ts';
import type { Secret } from '../core/model/secret.ts';
import type { Surroundings } from '../core/session/ports.ts';
import { appWindowCommand, browserCommands, type BrowserCommand } from './browser-commands.ts';
import { systemPrograms, type Programs } from './run-program.ts';

/** Opens one of our own pages; tells whether a browser was started. Never throws. */
export type PageOpener = (address: Secret) => Promise<boolean>;

/**
 * Opens our page in a window of its own where a browser of the Chromium family is installed, else in the default browser.
 * The address goes into the browser's arguments: it must be one that is good once and briefly.
 */
export function createPageOpener(
  surroundings: Surroundings,
  programs: Programs = systemPrograms(surroundings),
): PageOpener {
  return async (address) => {
    const url = address.reveal();
    const appWindow = await appWindowCommand(surroundings, url);
    const others = await browserCommands(surroundings, url);
    const launched = await launchFirst(programs, appWindow === undefined ? others : [appWindow, ...others]);
    return launched.command !== undefined;
  };
}

/** What became of the commands: the one that did not fail, if any, and the programs that were there but failed. */
export interface Launched {
  readonly command: BrowserCommand | undefined;
  readonly failed: readonly string[];
}

/** Starts the commands in turn until one does not fail. */
export async function launchFirst(programs: Programs, commands: readonly BrowserCommand[]): Promise<Launched> {
  const failed: string[] = [];
  for (const command of commands) {
    const launch = await programs.launch(command, WATCH_MS);
    if (launch.kind === 'running' || (launch.kind === 'ended' && launch.exitCode === 0)) {
      return { command, failed };
    }
    if (launch.kind === 'ended') {
      failed.push(command[0] ?? '');
    }
  }
  return { command: undefined, failed };
}
