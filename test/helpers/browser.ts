import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/**
 * Chromium for tests. The headless shell is the same engine without the windows, whose address bar alone starts two pages of its own
 * for each window: a page is there in a third of the time.
 */
const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Why no browser can be started on this machine; undefined where one can. */
export function whyNoBrowser(): string | undefined {
  return browserFile() === undefined ? 'Chromium is not installed' : undefined;
}

/** Starts Chromium, with more arguments where given. Throws where there is none. */
export function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: browserFile(), args: ['--no-sandbox', ...args] });
}

function browserFile(): string | undefined {
  return PLACES.find((file) => file !== undefined && existsSync(file));
}
