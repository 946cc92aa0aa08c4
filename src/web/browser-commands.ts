import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
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
      return [['rundll32.exe', 'url.dll,FileProtocolHandler', url]];
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
  const hasScreen = (env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? '') !== '';
  const onScreen = ['xdg-open', 'gio', 'sensible-browser'].map((program) =>
    program === 'gio' ? ['gio', 'open', url] : [program, url],
  );
  return [...(inWsl ? [['wslview', url]] : []), ...(hasScreen ? onScreen : [])];
}

/** The first installed browser that can show a page as a window of its own, or undefined. `BROWSER` and a missing screen mean none. */
export async function appWindowCommand({ env, platform }: Machine, url: string): Promise<BrowserCommand | undefined> {
  const hasScreen = platform !== 'linux' || (env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? '') !== '';
  if (!hasScreen || (env['BROWSER'] ?? '') !== '') {
    return undefined;
  }
  for (const program of chromiumPaths({ env, platform })) {
    if (await isProgram(program)) {
      return [program, `--app=${url}`, '--window-size=440,720'];
    }
  }
  return undefined;
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
      return (env['PATH'] ?? '')
        .split(delimiter)
        .filter((folder) => folder.startsWith('/'))
        .flatMap((folder) => CHROMIUM_FAMILY_NAMES.map((name) => join(folder, name)));
  }
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
