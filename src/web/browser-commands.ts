import { basename, delimiter, join } from 'node:path';
import { isProgram } from '../core/files/is-program.ts';
import { windowsProgram } from '../core/model/windows-program.ts';
import type { Surroundings } from '../core/session/ports.ts';

/** A way to open an address: a program and its arguments. */
export type BrowserCommand = readonly string[];

type Machine = Pick<Surroundings, 'env' | 'platform'>;

const CHROMIUM_FAMILY_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
  'vivaldi-stable',
];
/** Programs that other Linux desktops have, or Debian's own name for whichever is installed. */
const OTHER_NAMES = ['x-www-browser', 'firefox', 'firefox-esr'];
const MAC_APPS = ['Google Chrome', 'Microsoft Edge', 'Brave Browser', 'Chromium', 'Vivaldi'];
const WINDOWS_APPS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['BraveSoftware', 'Brave-Browser', 'Application', 'brave.exe'],
];

/**
 * The commands to try in turn to open `url` in the user's browser.
 *
 * `BROWSER` wins alone: a program with arguments, or several separated by `:`; `%s` in it stands for the address.
 */
export function defaultBrowserCommands({ env, platform }: Machine, url: string): readonly BrowserCommand[] {
  const named = env['BROWSER'];
  if (named !== undefined && named !== '') {
    return namedBrowsers(named, platform, url);
  }
  switch (platform) {
    case 'darwin':
      return [['open', url]];
    case 'win32':
      // `start` would need a shell; this is what it does for an address.
      return [[windowsProgram(env, String.raw`System32\rundll32.exe`), 'url.dll,FileProtocolHandler', url]];
    case 'linux':
      return linuxBrowsers(env, url);
  }
}

function namedBrowsers(named: string, platform: Surroundings['platform'], url: string): readonly BrowserCommand[] {
  const alternatives = platform === 'win32' ? [named] : named.split(':');
  return alternatives
    .map((text) => words(text))
    .filter((command) => command.length > 0)
    .map((command) =>
      command.some((word) => word.includes('%s')) ? command.map((word) => word.replace('%s', url)) : [...command, url],
    );
}

/** Splits at spaces; quotes keep a path with spaces together. */
function words(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

function linuxBrowsers(env: Machine['env'], url: string): readonly BrowserCommand[] {
  const inWsl = env['WSL_DISTRO_NAME'] !== undefined;
  const onScreen = ['xdg-open', 'gio', 'sensible-browser'].map((program) =>
    program === 'gio' ? ['gio', 'open', url] : [program, url],
  );
  return [...(inWsl ? [['wslview', url]] : []), ...(hasScreen({ env, platform: 'linux' }) ? onScreen : [])];
}

/**
 * The commands to try in turn, `defaultBrowserCommands` first. On a Linux screen every installed browser is one more of them: a
 * machine may have Chromium without xdg-open, or an xdg-open that knows of no browser.
 */
export async function browserCommands(machine: Machine, url: string): Promise<readonly BrowserCommand[]> {
  const commands = defaultBrowserCommands(machine, url);
  if (machine.platform !== 'linux' || !hasScreen(machine) || (machine.env['BROWSER'] ?? '') !== '') {
    return commands;
  }
  const installed = await installedPrograms(inPath(machine.env, [...OTHER_NAMES, ...CHROMIUM_FAMILY_NAMES]));
  // Of one browser found twice, as in /bin and /usr/bin, the first is enough.
  const firstOfEach = new Map(installed.toReversed().map((program) => [basename(program), program]));
  return [...commands, ...[...firstOfEach.values()].toReversed().map((program) => [program, url])];
}

function hasScreen({ env, platform }: Machine): boolean {
  return platform !== 'linux' || (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
}

/** The first installed browser that can show a page as a window of its own, or undefined. `BROWSER` and a missing screen mean none. */
export async function appWindowCommand(machine: Machine, url: string): Promise<BrowserCommand | undefined> {
  if (!hasScreen(machine) || (machine.env['BROWSER'] ?? '') !== '') {
    return undefined;
  }
  const [program] = await installedPrograms(chromiumPaths(machine));
  return program === undefined ? undefined : [program, `--app=${url}`, '--window-size=440,720'];
}

function chromiumPaths({ env, platform }: Machine): readonly string[] {
  switch (platform) {
    case 'darwin':
      return ['/Applications', join(env['HOME'] ?? '', 'Applications')].flatMap((folder) =>
        MAC_APPS.map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`),
      );
    case 'win32':
      return [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].flatMap((folder) =>
        folder === undefined ? [] : WINDOWS_APPS.map((parts) => join(folder, ...parts)),
      );
    case 'linux':
      return inPath(env, CHROMIUM_FAMILY_NAMES);
  }
}

/** Relative folders are left out: a program of the present folder must not pass for a browser. */
function inPath(env: Machine['env'], names: readonly string[]): readonly string[] {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}

async function installedPrograms(paths: readonly string[]): Promise<readonly string[]> {
  const installed = await Promise.all(paths.map(isProgram));
  return paths.filter((_path, at) => installed[at]);
}
