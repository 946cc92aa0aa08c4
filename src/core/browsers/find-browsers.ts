import { posix, win32 } from 'node:path';
import { isProgram } from '../files/is-program.ts';
import { readSmallFile } from '../files/small-file.ts';
import { BROWSERS, dataFolders, programPaths, type Browser, type Machine } from './browser-table.ts';
import { chromiumProfiles, firefoxProfiles, type BrowserProfile } from './browser-profiles.ts';

/** A browser that is there. */
export interface InstalledBrowser {
  readonly browser: Browser;
  /** The absolute path of its program. */
  readonly program: string;
  /** Empty where the browser was never started, or its list cannot be read. */
  readonly profiles: readonly BrowserProfile[];
}

/** `Local State` of a browser with many profiles and experiments is some hundred kilobytes. */
const MAX_LIST_BYTES = 8 * 1024 * 1024;

/** The browsers of this machine, with their profiles. Reads names only; never throws. */
export async function findBrowsers(machine: Machine): Promise<readonly InstalledBrowser[]> {
  const found = await Promise.all(BROWSERS.map((browser) => findBrowser(browser, machine)));
  return found.filter((browser) => browser !== undefined);
}

async function findBrowser(browser: Browser, machine: Machine): Promise<InstalledBrowser | undefined> {
  const paths = programPaths(browser, machine);
  const present = await Promise.all(paths.map(isProgram));
  const program = paths.find((_path, at) => present[at]);
  return program === undefined ? undefined : { browser, program, profiles: await profilesOf(browser, machine) };
}

async function profilesOf(browser: Browser, machine: Machine): Promise<readonly BrowserProfile[]> {
  const path = machine.platform === 'win32' ? win32 : posix;
  const isFirefox = browser.family === 'firefox';
  for (const folder of dataFolders(browser, machine)) {
    const file = path.join(folder, isFirefox ? 'profiles.ini' : 'Local State');
    const bytes = await readSmallFile(file, MAX_LIST_BYTES).catch(() => undefined);
    if (bytes !== undefined) {
      const text = new TextDecoder().decode(bytes);
      return isFirefox ? firefoxProfiles(text) : chromiumProfiles(text);
    }
  }
  return [];
}
