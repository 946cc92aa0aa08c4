import { posix, win32 } from 'node:path';
import type { Surroundings } from '../session/ports.ts';

/** What decides where programs and their data are. */
export type Machine = Pick<Surroundings, 'env' | 'homeDir' | 'platform'>;

/** A browser that consoles can be opened in. */
export interface Browser {
  /** What openers call it; never changes. */
  readonly id: string;
  /** Its own name, the same in every language. */
  readonly name: string;
  readonly family: 'chromium' | 'firefox';
  readonly privateFlag: '--incognito' | '--inprivate' | '--private-window';
  /** Names of its program in the folders of `PATH`. */
  readonly linux: { readonly programs: readonly string[]; readonly data: readonly string[] };
  /** The app's name, which is also its program's, and its folder below `Application Support`. */
  readonly darwin: { readonly app: string; readonly program: string; readonly data: string };
  /** Below the folders for programs; its data below `LOCALAPPDATA`, or `APPDATA` for Firefox. */
  readonly win32: { readonly program: string; readonly data: string };
}

const CHROME: Browser = {
  id: 'chrome',
  name: 'Google Chrome',
  family: 'chromium',
  privateFlag: '--incognito',
  linux: { programs: ['google-chrome-stable', 'google-chrome'], data: ['google-chrome'] },
  darwin: { app: 'Google Chrome', program: 'Google Chrome', data: 'Google/Chrome' },
  win32: { program: String.raw`Google\Chrome\Application\chrome.exe`, data: String.raw`Google\Chrome\User Data` },
};

const FIREFOX: Browser = {
  id: 'firefox',
  name: 'Firefox',
  family: 'firefox',
  privateFlag: '--private-window',
  linux: {
    programs: ['firefox', 'firefox-esr'],
    data: ['.mozilla/firefox', '.config/mozilla/firefox', 'snap/firefox/common/.mozilla/firefox'],
  },
  darwin: { app: 'Firefox', program: 'firefox', data: 'Firefox' },
  win32: { program: String.raw`Mozilla Firefox\firefox.exe`, data: String.raw`Mozilla\Firefox` },
};

/**
 * The browsers that are looked for, in the order in which they are offered.
 * Source: https://chromium.googlesource.com/chromium/src/+/HEAD/docs/user_data_dir.md and
 * https://support.mozilla.org/kb/profiles-where-firefox-stores-user-data
 */
export const BROWSERS: readonly Browser[] = [
  CHROME,
  {
    id: 'chromium',
    name: 'Chromium',
    family: 'chromium',
    privateFlag: '--incognito',
    linux: { programs: ['chromium', 'chromium-browser'], data: ['chromium'] },
    darwin: { app: 'Chromium', program: 'Chromium', data: 'Chromium' },
    win32: { program: String.raw`Chromium\Application\chrome.exe`, data: String.raw`Chromium\User Data` },
  },
  {
    id: 'edge',
    name: 'Microsoft Edge',
    family: 'chromium',
    privateFlag: '--inprivate',
    linux: { programs: ['microsoft-edge-stable', 'microsoft-edge'], data: ['microsoft-edge'] },
    darwin: { app: 'Microsoft Edge', program: 'Microsoft Edge', data: 'Microsoft Edge' },
    win32: { program: String.raw`Microsoft\Edge\Application\msedge.exe`, data: String.raw`Microsoft\Edge\User Data` },
  },
  {
    id: 'brave',
    name: 'Brave',
    family: 'chromium',
    privateFlag: '--incognito',
    linux: { programs: ['brave-browser', 'brave'], data: ['BraveSoftware/Brave-Browser'] },
    darwin: { app: 'Brave Browser', program: 'Brave Browser', data: 'BraveSoftware/Brave-Browser' },
    win32: {
      program: String.raw`BraveSoftware\Brave-Browser\Application\brave.exe`,
      data: String.raw`BraveSoftware\Brave-Browser\User Data`,
    },
  },
  {
    id: 'vivaldi',
    name: 'Vivaldi',
    family: 'chromium',
    privateFlag: '--incognito',
    linux: { programs: ['vivaldi-stable', 'vivaldi'], data: ['vivaldi'] },
    darwin: { app: 'Vivaldi', program: 'Vivaldi', data: 'Vivaldi' },
    win32: { program: String.raw`Vivaldi\Application\vivaldi.exe`, data: String.raw`Vivaldi\User Data` },
  },
  FIREFOX,
  {
    ...FIREFOX,
    id: 'firefox-developer',
    name: 'Firefox Developer Edition',
    linux: { ...FIREFOX.linux, programs: ['firefox-developer-edition'] },
    darwin: { ...FIREFOX.darwin, app: 'Firefox Developer Edition' },
    win32: { program: String.raw`Firefox Developer Edition\firefox.exe`, data: String.raw`Mozilla\Firefox` },
  },
];

/** Where the program of a browser may be, the likeliest first. */
export function programPaths(browser: Browser, { env, homeDir, platform }: Machine): readonly string[] {
  switch (platform) {
    case 'linux': {
      // Relative folders are left out: a program of the present folder must not pass for a browser.
      const folders = (env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
      return folders.flatMap((folder) => browser.linux.programs.map((name) => posix.join(folder, name)));
    }
    case 'darwin': {
      const { app, program } = browser.darwin;
      return ['/Applications', posix.join(homeDir, 'Applications')].map((folder) =>
        posix.join(folder, `${app}.app`, 'Contents/MacOS', program),
      );
    }
    case 'win32': {
      const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']];
      return folders.flatMap((folder) => (folder === undefined ? [] : [win32.join(folder, browser.win32.program)]));
    }
  }
}

/** Where a browser may keep its profiles. */
export function dataFolders(browser: Browser, { env, homeDir, platform }: Machine): readonly string[] {
  switch (platform) {
    case 'linux': {
      const config = env['XDG_CONFIG_HOME'] ?? '';
      const base =
        browser.family === 'firefox' ? homeDir : config.startsWith('/') ? config : posix.join(homeDir, '.config');
      return browser.linux.data.map((folder) => posix.join(base, folder));
    }
    case 'darwin':
      return [posix.join(homeDir, 'Library/Application Support', browser.darwin.data)];
    case 'win32': {
      const base = browser.family === 'firefox' ? env['APPDATA'] : env['LOCALAPPDATA'];
      return base === undefined ? [] : [win32.join(base, browser.win32.data)];
    }
  }
}
