import fs from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page, Route } from 'playwright-core';
import type { ElectronStandIn } from './electron-standin.ts';
import type { StandInWindow } from './electron-standin-window.ts';

/** Where a real browser takes the pages of `app://rolecall` from: it knows no such scheme, but must see a secure origin. */
const WEB_ORIGIN = 'https://rolecall.test';
const APP_ORIGIN = 'app://rolecall';

const PRELOAD_FILE = path.resolve(import.meta.dirname, '../../dist/preload/preload.cjs');

/**
 * Shows a stand-in's window in a real browser: the built page, served by the app's own protocol handler with its headers, with the
 * built preload script in it, and IPC in both directions. Requests that the app's session would block are blocked.
 *
 * What it cannot play is the wall between preload script and page; both share one world here.
 */
export async function showWindow(
  electron: ElectronStandIn,
  window: StandInWindow,
  context: BrowserContext,
): Promise<Page> {
  const page = await context.newPage();
  const { width, height } = window.getBounds();
  await page.setViewportSize({ width, height });
  await page.route('**/*', (route) => answer(electron, route));
  await page.exposeFunction('__invoke', (channel: string, args: unknown[]) =>
    electron.ipcMain.invoke(window.webContents, channel, args),
  );
  await page.exposeFunction('__send', (channel: string, args: unknown[]) =>
    electron.ipcMain.receive(window.webContents, channel, args),
  );
  // A page that closes itself asks the main process, which may keep the window.
  await page.exposeFunction('__close', () => window.close());
  await page.addInitScript(preloadScript());
  deliverMessages(window, page);
  window.on('closed', () => void page.close());
  window.on('stand-in-load', (url: string) => void page.goto(toWeb(url)));
  await page.goto(toWeb(window.url));
  return page;
}

function toWeb(url: string): string {
  return url.replace(APP_ORIGIN, WEB_ORIGIN);
}

async function answer(electron: ElectronStandIn, route: Route): Promise<void> {
  const request = route.request();
  const url = request.url().replace(WEB_ORIGIN, APP_ORIGIN);
  if (!electron.session.lets(url)) {
    await route.abort('blockedbyclient');
    return;
  }
  const response = await electron.protocol.fetch(url, { method: request.method() });
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

/** Messages to the page keep their order. */
function deliverMessages(window: StandInWindow, page: Page): void {
  let last: Promise<unknown> = Promise.resolve();
  window.webContents.on('stand-in-send', (channel: string, ...args: unknown[]) => {
    last = last
      .then(() => page.evaluate(`__deliver(${JSON.stringify(channel)}, ${JSON.stringify(args)})`))
      .catch(() => undefined);
  });
}

/** The built preload script as Electron runs it in a sandboxed page: as a function of `require`, which knows Electron only. */
function preloadScript(): string {
  return `
    window.close = () => void window.__close();
    const listeners = new Map();
    window.__deliver = (channel, args) => (listeners.get(channel) ?? []).forEach((listener) => listener({}, ...args));
    const electron = {
      contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: api }) },
      ipcRenderer: {
        invoke: (channel, ...args) => window.__invoke(channel, args),
        send: (channel, ...args) => void window.__send(channel, args),
        on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      },
    };
    (function (require) {${fs.readFileSync(PRELOAD_FILE, 'utf8')}
    })((name) => {
      if (name !== 'electron') throw new Error('module not found: ' + name);
      return electron;
    });`;
}
