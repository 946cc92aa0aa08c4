import type { Opener, OpenerChoice } from '../../shared/console-opener.ts';
import { openerId } from '../../shared/console-opener.ts';
import { serveOneShotRedirect } from '../loopback/one-shot-redirect.ts';
import type { Secret } from '../model/secret.ts';
import type { BrowserPlace, BrowserPort, Browsers, Surroundings } from '../session/ports.ts';
import { BROWSERS } from './browser-table.ts';
import { BrowserFailedError, BrowserGoneError } from './errors.ts';
import { findBrowsers, type InstalledBrowser } from './find-browsers.ts';
import { programLauncher, WATCH_MS, type LaunchProgram } from './launch-program.ts';
import { openerCommand } from './opener-command.ts';

type NamedOpener = Extract<Opener, { readonly browser: string }>;
type Machine = Pick<Surroundings, 'clock' | 'env' | 'homeDir' | 'platform'>;

/**
 * Opens addresses in the default browser, by `byDefault`, and in every other place the user chose: a browser of this machine, one of
 * its profiles, a private window, a container. The program started there sees only a local address that is good once; the real one
 * reaches the browser as a redirect.
 *
 * `open` throws BrowserGoneError where that place is not there (nothing else is opened instead), and BrowserFailedError where it did
 * not come for the page.
 */
export function browsersOf(
  byDefault: BrowserPort,
  machine: Machine,
  launch: LaunchProgram = programLauncher(machine),
): Browsers {
  return {
    async open(url, place) {
      const opener = place?.opener;
      await (place === undefined || opener === undefined || !('browser' in opener)
        ? byDefault.open(url)
        : openThere(url, opener, place, machine, launch));
    },
    async openers() {
      return openerChoices(await findBrowsers(machine));
    },
  };
}

async function openThere(
  url: Secret,
  opener: NamedOpener,
  place: BrowserPlace,
  machine: Machine,
  launch: LaunchProgram,
): Promise<void> {
  const installed = await installedFor(opener, machine);
  const redirect = await serveOneShotRedirect(url, machine.clock);
  const how = { ...opener, container: place.container };
  const launching = launch(openerCommand(installed, how, redirect.address.reveal()), WATCH_MS).then((launched) => {
    const isUp = launched.kind === 'running' || (launched.kind === 'ended' && launched.exitCode === 0);
    if (!isUp) {
      redirect.close();
    }
    return isUp;
  });
  if (!(await redirect.followed)) {
    throw new BrowserFailedError([installed.program], await launching, hintFor(opener));
  }
}

/** Throws BrowserGoneError. A profile that is not there would be made anew, empty, by the browser. */
async function installedFor(opener: NamedOpener, machine: Machine): Promise<InstalledBrowser> {
  const known = BROWSERS.find(({ id }) => id === opener.browser);
  const installed = (await findBrowsers(machine)).find(({ browser }) => browser.id === opener.browser);
  if (installed === undefined) {
    throw new BrowserGoneError(known?.name ?? opener.browser);
  }
  if (opener.profile !== undefined && !installed.profiles.some(({ id }) => id === opener.profile)) {
    throw new BrowserGoneError(`the profile ${opener.profile} of ${installed.browser.name}`);
  }
  return installed;
}

function hintFor({ kind }: NamedOpener): string {
  switch (kind) {
    case 'granted':
      return 'Containers need the add-on "Granted" in Firefox. Install it there, or open the console in another place.';
    case 'container':
      return 'Containers need the add-on "Open external links in a container" in Firefox. Install it, confirm there when it asks, or open the console in another place.';
    case 'browser':
    case 'private':
      return 'Try again, or open the console in the default browser.';
  }
}

/** What can be offered on this machine, in a steady order. */
function openerChoices(installed: readonly InstalledBrowser[]): readonly OpenerChoice[] {
  const none = { browser: undefined, profile: undefined };
  return [
    { id: 'default', kind: 'default', ...none },
    { id: 'multi-session', kind: 'multi-session', ...none },
    ...installed.flatMap((each) => choicesIn(each)),
  ];
}

/** One profile needs no name: it is what the browser opens anyhow. */
function choicesIn({ browser, profiles }: InstalledBrowser): readonly OpenerChoice[] {
  const { id, name, family } = browser;
  const kinds = family === 'firefox' ? (['private', 'granted', 'container'] as const) : (['private'] as const);
  return [
    { id: openerId('browser', id), kind: 'browser', browser: name, profile: undefined },
    ...(profiles.length < 2 ? [] : profiles).map((profile): OpenerChoice => ({
      id: openerId('browser', id, profile.id),
      kind: 'browser',
      browser: name,
      profile: profile.name,
    })),
    ...kinds.map((kind): OpenerChoice => ({ id: openerId(kind, id), kind, browser: name, profile: undefined })),
  ];
}
