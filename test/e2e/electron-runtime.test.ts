import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { execute, stateOf } from '../helpers/electron-story.ts';
import { answerInBrowser } from '../helpers/sandbox.ts';

/**
 * The app in the real Electron, wherever its runtime is installed; elsewhere every test reports SKIP. What needs no runtime is tested
 * against the stand-in. The tests are one story, in order.
 */
const TOP = path.resolve(import.meta.dirname, '../..');

/** Chromium's own sandbox does not start as root. */
const ROOT_ARGS = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** What the main process keeps for these tests. */
interface Kept {
  opened: string[];
  clickTray: () => void;
}

const complaints: string[] = [];
let app: ElectronApplication | undefined;
let window: Page | undefined;

beforeAll(async () => {
  const program = runtime();
  if (program === undefined) {
    return;
  }
  app = await _electron.launch({ executablePath: program, args: [TOP, '--sandbox', ...ROOT_ARGS], cwd: TOP });
  app.on('window', (page) => {
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => (message.type() === 'error' ? complaints.push(message.text()) : 0));
  });
  await app.evaluate(({ shell, Tray }) => {
    const kept: Kept = { opened: [], clickTray: () => undefined };
    Object.assign(globalThis, { kept });
    shell.openExternal = (url) => {
      kept.opened.push(url);
      return Promise.resolve();
    };
    // Electron keeps no list of tray icons: the next one that is told its tooltip shows itself.
    const { setToolTip } = Tray.prototype;
    Tray.prototype.setToolTip = function (toolTip) {
      kept.clickTray = () => this.emit('click', {}, this.getBounds(), { x: 0, y: 0 });
      setToolTip.call(this, toolTip);
    };
  });
  window = await pageOf(app, 'window');
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

/** The page of this view, as soon as it is there. */
async function pageOf(electron: ElectronApplication, view: 'popover' | 'window' | 'prompt'): Promise<Page> {
  const isIt = (page: Page): boolean => (/#(popover|prompt)$/.exec(page.url())?.[1] ?? 'window') === view;
  const page = electron.windows().find(isIt) ?? (await electron.waitForEvent('window', isIt));
  await page.locator('#root > *').first().waitFor();
  return page;
}

/** Whether the window that shows this page is visible and has the keyboard. */
async function stanceOf(electron: ElectronApplication, page: Page): Promise<{ visible: boolean; focused: boolean }> {
  const shown = await electron.browserWindow(page);
  return shown.evaluate((each) => ({ visible: each.isVisible(), focused: each.isFocused() }));
}

/** What the shell handed to the system's browser. */
function openedBy(electron: ElectronApplication): Promise<string[]> {
  return electron.evaluate(() => (globalThis as unknown as { kept: Kept }).kept.opened);
}

async function nextOpened(electron: ElectronApplication, before: number): Promise<string> {
  await expect.poll(async () => (await openedBy(electron)).length, { timeout: 20_000 }).toBeGreaterThan(before);
  return (await openedBy(electron))[before] ?? '';
}

test('the window shows our page under our scheme, with files of ours alone', async (ctx) => {
  const { window: page } = running(ctx);
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect([page.url(), ...loaded].filter((url) => !url.startsWith('app://rolecall/'))).toEqual([]);
});

test('every window is sandboxed, isolated and without Node', async (ctx) => {
  const { app: electron } = running(ctx);
  await pageOf(electron, 'popover');
  const walls = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      // Not among the documented methods, and the only way to see what a page really got.
      const read = Reflect.get(webContents, 'getLastWebPreferences') as () => Record<string, unknown>;
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = read.call(webContents);
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
    }),
  );
  expect(walls.length).toBeGreaterThanOrEqual(2);
  for (const wall of walls) {
    expect(wall).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
    expect(wall.webviewTag).not.toBe(true);
  }
});

test('the page has the bridge, and nothing of Node or Electron', async (ctx) => {
  const { window: page } = running(ctx);
  const found = await page.evaluate(() =>
    ['rolecall', 'require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in globalThis),
  );
  expect(found).toEqual(['rolecall']);
});

test('the scheme sends the policy and serves nothing but the screen’s files', async (ctx) => {
  const { window: page } = running(ctx);
  const answers = await page.evaluate(`(async () => {
    const index = await fetch('/index.html');
    const wanted = ['/../main/main.js', '/%2e%2e/main/main.js', '/..%2fmain%2fmain.js', '/package.json', '/index.html/'];
    const statuses = await Promise.all(wanted.map(async (url) => (await fetch(url)).status));
    return { policy: index.headers.get('content-security-policy'), statuses };
  })()`);
  expect(answers).toEqual({
    policy: expect.stringContaining("default-src 'none'"),
    statuses: [404, 404, 404, 404, 404],
  });
});

test('the page can neither leave nor reach out, nor is it granted anything', async (ctx) => {
  const { app: electron, window: page } = running(ctx);
  const [before, windows] = [page.url(), electron.windows().length];
  const reached = await page.evaluate(`(async () => {
    const opened = window.open('https://example.com/') !== null;
    window.location.href = 'https://example.com/';
    const succeeds = (action) => action().then(() => true, () => false);
    return {
      opened,
      fetched: await succeeds(() => fetch('https://example.com/')),
      camera: await succeeds(() => navigator.mediaDevices.getUserMedia({ video: true })),
      clipboard: await succeeds(() => navigator.clipboard.readText()),
      location: await succeeds(() => new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no))),
    };
  })()`);
  expect(reached).toEqual({ opened: false, fetched: false, camera: false, clipboard: false, location: false });
  expect([page.url(), electron.windows().length]).toEqual([before, windows]);
  // What was tried above is refused aloud.
  complaints.length = 0;
});

test('a click on the tray icon opens the popover; Escape puts it away, and its page stays', async (ctx) => {
  const { app: electron, window: page } = running(ctx);
  const popover = await pageOf(electron, 'popover');
  await execute(page, 'updateSettings', { changes: { language: 'ja' } });
  await expect
    .poll(() => electron.evaluate(() => (globalThis as unknown as { kept: Kept }).kept.clickTray.toString()))
    .toContain('emit');
  const click = () => electron.evaluate(() => (globalThis as unknown as { kept: Kept }).kept.clickTray());
  await click();
  await expect.poll(async () => (await stanceOf(electron, popover)).visible).toBe(true);
  await popover.keyboard.press('Escape');
  await expect.poll(async () => (await stanceOf(electron, popover)).visible).toBe(false);
  expect(popover.isClosed()).toBe(false);
  await execute(page, 'updateSettings', { changes: { language: 'en' } });
});

test('from a sign-in in the browser to a console: both addresses go to the system’s browser', async (ctx) => {
  const { app: electron, window: page } = running(ctx);
  await execute(page, 'addSsoSession', { name: 'demo', startUrl: DEMO.startUrl, region: DEMO.region });
  await execute(page, 'startSignIn', { ssoSession: 'demo' });
  await answerInBrowser(await nextOpened(electron, 0));
  await expect
    .poll(async () => (await stateOf(page)).ssoSessions[0]?.access.kind, { timeout: 20_000 })
    .toBe('signed-in');
  const role = { accountId: DEMO.accounts.production, roleName: 'ReadOnlyAccess' };
  const target = { kind: 'sso-role', ssoSession: 'demo', ...role };
  expect(await execute(page, 'openConsole', { target })).toMatchObject({ ok: true });
  expect(await nextOpened(electron, 1)).toMatch(/^http:\/\/127\.0\.0\.1:|SigninToken=/);
});

test('a code that the user’s click needs is asked for in a popup with the keyboard; closing it is a no', async (ctx) => {
  const { app: electron, window: page } = running(ctx);
  const reply = execute(page, 'openConsole', { target: { kind: 'profile', profile: 'admin-role' } });
  const popup = await pageOf(electron, 'prompt');
  await expect.poll(() => stanceOf(electron, popup)).toEqual({ visible: true, focused: true });
  await (await electron.browserWindow(popup)).evaluate((each) => each.close());
  expect(await reply).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
});

test('theme, sleep and wake reach the app', async (ctx) => {
  const { app: electron, window: page } = running(ctx);
  await execute(page, 'updateSettings', { changes: { theme: 'dark' } });
  await expect.poll(() => electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
  await electron.evaluate(({ powerMonitor }) => ['suspend', 'resume'].forEach((event) => powerMonitor.emit(event)));
  expect((await stateOf(page)).ssoSessions[0]?.access.kind).toBe('signed-in');
});

test('no page broke its policy or failed', (ctx) => {
  running(ctx);
  expect(complaints).toEqual([]);
});

test('quitting ends the process and leaves nothing of the demo', async (ctx) => {
  const { app: electron, window: page } = running(ctx);
  const home = path.dirname(path.dirname((await stateOf(page)).app.configFile));
  const child = electron.process();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await electron.evaluate(({ app: own }) => own.quit()).catch(() => undefined);
  await ended;
  expect([child.exitCode, fs.existsSync(home)]).toEqual([0, false]);
  app = undefined;
});

describe('a second start', () => {
  test('ends with exit code 0 and brings the first to the front', async (ctx) => {
    const program = runtime();
    if (program === undefined) {
      return ctx.skip('the Electron runtime is not installed here, or there is no display');
    }
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rolecall-runtime-'));
    const own = {
      HOME: home,
      XDG_CONFIG_HOME: path.join(home, '.config'),
      ROLECALL_HOME: path.join(home, 'rolecall'),
      AWS_CONFIG_FILE: path.join(home, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: path.join(home, 'credentials'),
    };
    const env = { ...process.env, ...own } as Record<string, string>;
    const args = [TOP, `--user-data-dir=${path.join(home, 'data')}`, ...ROOT_ARGS];
    const first = await _electron.launch({ executablePath: program, args: [...args, '--hidden'], cwd: TOP, env });
    try {
      await pageOf(first, 'popover');
      const code = await new Promise((resolve) => {
        spawn(program, args, { cwd: TOP, env, stdio: 'ignore' }).once('exit', resolve);
      });
      const page = await pageOf(first, 'window');
      await expect.poll(async () => (await stanceOf(first, page)).visible).toBe(true);
      expect(code).toBe(0);
    } finally {
      await first.close();
      fs.rmSync(home, { recursive: true, force: true });
    }
  });
});
