import fs from 'node:fs';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';

/** The app in the real Electron, wherever its runtime is installed. What needs no runtime is tested against the stand-in. */
const TOP = path.resolve(import.meta.dirname, '../..');

let app: ElectronApplication | undefined;
let window: Page | undefined;

beforeAll(async () => {
  const program = runtime();
  if (program === undefined) {
    return;
  }
  const args = [TOP, '--sandbox', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  app = await _electron.launch({ executablePath: program, args, cwd: TOP });
  window = await app.waitForEvent('window', (page) => !/#(popover|prompt)$/.test(page.url()));
});

afterAll(async () => {
  await app?.close();
});

/** Electron's program, or undefined where npm's wrapper is all there is, or nothing to show a window on. */
function runtime(): string | undefined {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(TOP, 'node_modules/electron/dist');
  const names: Readonly<Record<string, string>> = {
    darwin: 'Electron.app/Contents/MacOS/Electron',
    win32: 'electron.exe',
  };
  const program = path.join(folder, names[process.platform] ?? 'electron');
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  return hasDisplay && fs.existsSync(program) ? program : undefined;
}

/** The running app and its window; skips where there is none. */
function running(ctx: TestContext): { readonly app: ElectronApplication; readonly window: Page } {
  if (app === undefined || window === undefined) {
    return ctx.skip('the Electron runtime is not installed here, or there is no display');
  }
  return { app, window };
}

test('the window shows our page under our scheme, with files of ours alone', async (ctx) => {
  const { window: page } = running(ctx);
  await page.locator('#root > *').first().waitFor();
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect([page.url(), ...loaded].filter((url) => !url.startsWith('app://rolecall/'))).toEqual([]);
});

test('the page has the bridge, and nothing of Node or Electron', async (ctx) => {
  const { window: page } = running(ctx);
  const found = await page.evaluate(() =>
    ['rolecall', 'require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in globalThis),
  );
  expect(found).toEqual(['rolecall']);
});

test('the page can neither leave nor reach out', async (ctx) => {
  const { window: page } = running(ctx);
  const before = page.url();
  const reached = await page.evaluate(`(async () => {
    const opened = window.open('https://example.com/') !== null;
    window.location.href = 'https://example.com/';
    const fetched = await fetch('https://example.com/').then(() => true, () => false);
    return { opened, fetched };
  })()`);
  expect([reached, page.url()]).toEqual([{ opened: false, fetched: false }, before]);
});
