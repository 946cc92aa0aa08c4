import type { App } from 'electron';

/**
 * Chromium switches that would open the app to other programs or take its walls down. Electron's fuses cover Node's own
 * (`--inspect`, `NODE_OPTIONS`), but no fuse exists for these: https://github.com/electron/fuses/issues/2.
 */
const REFUSED_SWITCHES: readonly RegExp[] = [
  /^remote-debugging-/,
  /^remote-allow-origins$/,
  /^inspect/,
  /^js-flags$/,
  /^load-extension$/,
  /^disable-extensions-except$/,
  /^no-sandbox$/,
  /^disable-.*sandbox/,
  /^disable-web-security$/,
  /^disable-site-isolation/,
  /^allow-running-insecure-content$/,
  // All in one process: there is no sandbox then.
  /^single-process$/,
  /^(renderer|utility|gpu|ppapi|zygote)-cmd-prefix$/,
  /^gpu-launcher$/,
  /^browser-subprocess-path$/,
  /^host-(resolver-)?rules$/,
  /^unsafely-treat-insecure-origin-as-secure$/,
];

/**
 * The first refused switch among the arguments, as it was written; undefined when there is none. Chromium also reads `-x`, on Windows
 * `/x`, and each with blanks around it.
 */
export function refusedSwitch(argv: readonly string[]): string | undefined {
  return argv.find((argument) => {
    const name = /^(?:--?|\/)([^=]+)/.exec(argument.trim())?.[1]?.toLowerCase();
    return name !== undefined && REFUSED_SWITCHES.some((refused) => refused.test(name));
  });
}

/**
 * Ends a packaged app that was started with a refused switch, before a window or a debugging port exists, and tells the user why:
 * it may not be they who gave it. While developing they are allowed.
 *
 * Returns whether the app may go on.
 */
export function setUpArgvGuard(
  app: Pick<App, 'isPackaged' | 'exit'>,
  argv: readonly string[],
  tell: (why: string) => void,
): boolean {
  const refused = app.isPackaged ? refusedSwitch(argv) : undefined;
  if (refused === undefined) {
    return true;
  }
  const [name = ''] = refused.trim().split('=');
  tell(`Rolecall does not start with the option ${name}: it would let other programs in.`);
  app.exit(1);
  return false;
}
