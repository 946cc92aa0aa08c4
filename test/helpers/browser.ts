import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/**
 * Chromium for tests. The headless shell is the same engine without the windows, whose address bar alone starts two pages of its own
 * for each window: a page is there in a third of the time.
 */
const PLACES = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
/** Another one that the user wants, and no other in its place. */
const CHOSEN = process.env['CHROMIUM'];

/** Why no browser can be started on this machine; undefined where one can. */
export function whyNoBrowser(): string | undefined {
  return browserFile() === undefined ? `there is no Chromium at ${CHOSEN ?? PLACES.join(' or ')}` : undefined;
}

/** Starts Chromium, with more arguments where given. Throws where there is none. */
export function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: browserFile(), args: ['--no-sandbox', ...args] });
}

function browserFile(): string | undefined {
  return (CHOSEN === undefined ? PLACES : [CHOSEN]).find((file) => existsSync(file));
}
