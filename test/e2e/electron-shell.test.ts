import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { anything, assert, asyncProperty } from 'fast-check';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { IPC_CHANNELS } from '../../src/shared/ipc-channels.ts';
import { launchBrowser, whyNoBrowser } from '../helpers/browser.ts';
import { provideElectron } from '../helpers/electron-module.ts';
import { showWindow } from '../helpers/electron-page.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import { standInEvent } from '../helpers/electron-standin-event.ts';
import { execute, runCommand, stateOf } from '../helpers/electron-story.ts';
import { answerInBrowser } from '../helpers/sandbox.ts';

/**
 * The built app as it is: the real main program under a stand-in for Electron, the real preload script and screen in a real
 * browser, against the built-in AWS. The tests are one story, in order.
 */
const DIST = path.resolve(import.meta.dirname, '../../dist');

const role = `sso:${DEMO.accounts.production}/ReadOnlyAccess/demo`;

const electron = new ElectronStandIn({ userData: '/nonexistent' });
const complaints: string[] = [];
let browser: Browser | undefined;
let context: BrowserContext;
let popover: Page;

beforeAll(async () => {
  if (whyNoBrowser() !== undefined) {
    return;
  }
  process.argv.push('--sandbox', '--hidden');
  provideElectron(electron);
  await import(pathToFileURL(path.join(DIST, 'main/main.js')).href);
  await vi.waitFor(() => electron.window('popover'), { timeout: 20_000 });
  browser = await launchBrowser();
  context = await browser.newContext();
  context.on('page', (page) => {
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => (message.type() === 'error' ? complaints.push(message.text()) : 0));
  });
  popover = await showWindow(electron, electron.window('popover'), context);
});

afterAll(async () => {
  // Only where a test failed before the story's end: then the demo is still there.
  if (electron.trays.length > 0 && electron.app.exits.length === 0) {
    electron.app.quit();
    await vi.waitFor(() => expect(electron.app.exits).not.toEqual([]), { timeout: 10_000 });
  }
  electron.app.emit('quit');
  await browser?.close();
});

beforeEach((ctx) => {
  const reason = whyNoBrowser();
  if (reason !== undefined) {
    ctx.skip(reason);
  }
});

/** The next address that the shell hands to the system's browser. */
async function nextOpened(before: number): Promise<string> {
  await expect.poll(() => electron.opened.length, { timeout: 20_000 }).toBeGreaterThan(before);
  return electron.opened[before] ?? '';
}

/** Where the next address leads: one that signs in comes as a local one, so that no program's arguments hold it. */
async function nextLedTo(before: number): Promise<string> {
  const local = await nextOpened(before);
  expect(local).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
  return (await fetch(local, { redirect: 'manual' })).headers.get('location') ?? '';
}

test('started in the tray, the app shows an icon and nothing else', () => {
  expect([electron.trays.length, electron.windows.filter((window) => window.isVisible())]).toEqual([1, []]);
  expect([electron.app.isSandboxEnabled, electron.errorBoxes]).toEqual([true, []]);
});

test('a click on the icon opens the popover at it, with the search field ready; a click elsewhere closes it', async () => {
  electron.trays[0]?.click();
  expect(electron.window('popover').isVisible()).toBe(true);
  await expect.poll(() => popover.evaluate('document.activeElement?.tagName')).toBe('INPUT');
  electron.window('popover').loseFocus();
  expect(electron.window('popover').isVisible()).toBe(false);
});

test('Escape puts it away; the next click, and the keys of the settings, bring the same page back at once', async () => {
  let loads = 0;
  const window = electron.window('popover');
  window.on('stand-in-load', () => (loads += 1));
  electron.trays[0]?.click();
  await popover.keyboard.press('Escape');
  await expect.poll(() => window.isVisible()).toBe(false);
  electron.trays[0]?.click();
  expect([window.isVisible(), loads, electron.window('popover') === window]).toEqual([true, 0, true]);
  window.loseFocus();
  await execute(popover, 'updateSettings', { changes: { globalShortcut: 'Control+Alt+R' } });
  await expect.poll(() => [...electron.globalShortcut.registered.keys()]).toEqual(['Control+Alt+R']);
  electron.globalShortcut.registered.get('Control+Alt+R')?.();
  expect([window.isVisible(), window.isFocused(), loads]).toEqual([true, true, 0]);
  electron.globalShortcut.registered.get('Control+Alt+R')?.();
  expect(window.isVisible()).toBe(false);
});

test('an Identity Center is added and signed in to: the system’s browser gets the address, the accounts come', async () => {
  const before = electron.opened.length;
  const session = { name: 'demo', startUrl: DEMO.startUrl, region: DEMO.region };
  expect(await execute(popover, 'addSsoSession', session)).toMatchObject({ ok: true });
  expect(await execute(popover, 'startSignIn', { ssoSession: 'demo' })).toMatchObject({ ok: true });
  const address = await nextOpened(before);
  expect(new URL(address).pathname).toBe('/authorize');
  await answerInBrowser(address);
  await expect
    .poll(async () => (await stateOf(popover)).directories['demo']?.accounts.map(({ accountId }) => accountId), {
      timeout: 20_000,
    })
    .toContain(DEMO.accounts.production);
  expect((await stateOf(popover)).ssoSessions[0]?.access.kind).toBe('signed-in');
});

test('tray click, a few letters, Enter: the console of the role opens, signed in', async () => {
  const before = electron.opened.length;
  electron.trays[0]?.click();
  await popover.getByRole('combobox').fill('prod read');
  await popover.locator(`[data-target="${role}"]`).waitFor();
  await popover.keyboard.press('Enter');
  const console = await context.newPage();
  await console.goto(await nextOpened(before));
  await expect.poll(() => console.locator('body').innerText()).toContain(DEMO.accounts.production);
  await console.close();
});

test('the icon and the tray’s menu tell what is live, and the menu opens it again', async () => {
  await expect.poll(() => path.basename(electron.trays[0]?.image.file ?? ''), { timeout: 5000 }).toBe('live.png');
  const before = electron.opened.length;
  const line = electron.trays[0]?.menu?.lines().find((text) => text.includes('ReadOnlyAccess')) ?? '';
  expect(line).toMatch(new RegExp(`ReadOnlyAccess \\(${DEMO.accounts.production}\\) · .*left$`));
  electron.trays[0]?.menu?.click(line, 'Open Console At', 'S3');
  const address = new URL(await nextLedTo(before));
  expect(address.searchParams.get('SigninToken')).toBeTruthy();
  expect(address.searchParams.get('Destination')).toContain('/s3/home');
  await expect.poll(async () => (await stateOf(popover)).settings.recentDestinations).toEqual(['s3']);
});

test('a role pinned in the menu stands in its own section there, and is copied from it', async () => {
  const pinned = (): readonly string[] => {
    const lines = electron.trays[0]?.menu?.lines() ?? [];
    return lines.slice(lines.indexOf('Pinned') + 1, lines.indexOf('Pinned') + 2);
  };
  const line = electron.trays[0]?.menu?.lines().find((text) => text.includes('ReadOnlyAccess')) ?? '';
  electron.trays[0]?.menu?.click(line, 'Pin');
  await expect.poll(() => pinned().join()).toContain(`ReadOnlyAccess (${DEMO.accounts.production})`);
  electron.trays[0]?.menu?.click(pinned()[0] ?? '', 'Copy Credentials', 'PowerShell');
  await expect.poll(() => electron.notifications.at(-1)?.options.title, { timeout: 10_000 }).toMatch(/^Copied: /);
  expect(electron.clipboard.content['text/plain']).toMatch(/\$env:AWS_ACCESS_KEY_ID = 'ASIA/);
});

test('copied credentials carry the mark that asks not to keep them, and go when the screen is locked', async () => {
  expect(await execute(popover, 'copyCredentials', { target: target(), format: 'bash' })).toMatchObject({ ok: true });
  expect(electron.clipboard.content['text/plain']).toMatch(/ export AWS_ACCESS_KEY_ID='ASIA/);
  expect(electron.clipboard.content['electron application/osclipboard;format="x-kde-passwordManagerHint"']).toBe(
    'secret',
  );
  electron.powerMonitor.emit('lock-screen');
  await expect.poll(() => electron.clipboard.content).toEqual({});
});

function target() {
  return { kind: 'sso-role', ssoSession: 'demo', accountId: DEMO.accounts.production, roleName: 'ReadOnlyAccess' };
}

describe('a role that needs a code', () => {
  /** The code that the user's phone shows for this device now. */
  async function phoneCode(page: Page, device: string): Promise<string> {
    const { app } = await stateOf(page);
    const shown = (await (await fetch(`${app.sandbox?.phoneUrl ?? ''}/codes`)).json()) as {
      readonly entries: readonly { readonly label: string; readonly code: string }[];
    };
    return shown.entries.find(({ label }) => label.includes(device))?.code ?? '';
  }

  test('asked for by the user: the popup takes the keyboard; six digits open the console, and it goes', async () => {
    const before = electron.opened.length;
    const reply = execute(popover, 'openConsole', { target: { kind: 'profile', profile: 'admin-role' } });
    await expect.poll(() => electron.hasWindow('prompt'), { timeout: 10_000 }).toBe(true);
    const window = electron.window('prompt');
    await expect.poll(() => [window.isVisible(), window.isFocused()]).toEqual([true, true]);
    const page = await showWindow(electron, window, context);
    await page.locator('input').first().waitFor();
    const code = await phoneCode(page, 'assume-only');
    // The popup may be gone before the last key is released.
    await page.keyboard.type(code).catch(() => undefined);
    expect(await reply).toMatchObject({ ok: true });
    expect(await nextLedTo(before)).toContain('SigninToken');
    expect(electron.hasWindow('prompt')).toBe(false);
  });

  test('asked for by a program: a notification names program and role, nothing takes the keyboard; its click opens the popup, whose code serves the program', async () => {
    const told = electron.notifications.length;
    const windows = electron.windows.length;
    const program = runCommand(await stateOf(popover), ['credentials', '--profile', 'strict-admin']);
    await expect.poll(() => electron.notifications.length, { timeout: 20_000 }).toBeGreaterThan(told);
    await expect.poll(() => path.basename(electron.trays[0]?.image.file ?? ''), { timeout: 5000 }).toBe('asking.png');
    const notification = electron.notifications.at(-1);
    expect(notification?.options.title).toMatch(/\S+ needs an MFA code/);
    expect(notification?.options.body).toContain('strict-admin');
    expect(electron.windows.length).toBe(windows);
    notification?.click();
    await expect.poll(() => electron.hasWindow('prompt') && electron.window('prompt').isFocused()).toBe(true);
    const page = await showWindow(electron, electron.window('prompt'), context);
    await page.getByText('strict-admin').first().waitFor();
    await page.locator('input').first().waitFor();
    await page.keyboard.type(await phoneCode(page, 'strict')).catch(() => undefined);
    const { code, stdout, stderr } = await program;
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ Version: 1, AccessKeyId: expect.stringMatching(/^ASIA/) });
    expect([electron.hasWindow('prompt'), notification?.isShown]).toEqual([false, false]);
  });
});

describe('a role whose use by programs must be allowed', () => {
  const args = [
    'credentials',
    '--sso-session',
    'demo',
    '--account',
    DEMO.accounts.production,
    '--role',
    'ReadOnlyAccess',
  ];

  /** Starts a program that wants the role; resolves once the user was told. */
  async function ask() {
    const told = electron.notifications.length;
    const program = runCommand(await stateOf(popover), args);
    await expect.poll(() => electron.notifications.length, { timeout: 20_000 }).toBeGreaterThan(told);
    return { program, notification: electron.notifications.at(-1) };
  }

  test('is handed out at the press of the notification’s button, without a window', async () => {
    await execute(popover, 'setMarks', { key: role, marks: { use: 'ask' } });
    const windows = electron.windows.length;
    const { program, notification } = await ask();
    expect(notification?.options.title).toContain(
      `wants to use Production / ReadOnlyAccess (${DEMO.accounts.production})`,
    );
    notification?.press('Allow');
    const { code, stdout } = await program;
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { Version: 1 }]);
    expect(electron.windows.length).toBe(windows);
  });

  test('is refused by closing the popup, which a click on the icon opened; the program hears it in one line', async () => {
    const { program } = await ask();
    electron.trays[0]?.click();
    await expect.poll(() => electron.hasWindow('prompt') && electron.window('prompt').isFocused()).toBe(true);
    electron.window('prompt').close();
    const { code, stdout, stderr } = await program;
    expect([code === 0, stdout]).toEqual([false, '']);
    expect(stderr.trim().split('\n').length).toBe(1);
    await execute(popover, 'setMarks', { key: role, marks: { use: null } });
  });
});

test('a second start brings the window to the front, at the page that was asked for', async () => {
  electron.app.emit('second-instance', standInEvent(), ['rolecall']);
  await expect.poll(() => electron.hasWindow('window') && electron.window('window').isFocused()).toBe(true);
  const page = await showWindow(electron, electron.window('window'), context);
  await page.locator('#root > *').first().waitFor();
  await execute(popover, 'openWindow', { page: 'settings' });
  await expect.poll(() => page.evaluate('location.hash')).toBe('#/settings');
});

test('a change of theme reaches the system’s parts and the page', async () => {
  await execute(popover, 'updateSettings', { changes: { theme: 'dark' } });
  await expect.poll(() => electron.nativeTheme.themeSource).toBe('dark');
  await expect.poll(() => popover.evaluate(`document.documentElement.dataset.theme`)).toBe('dark');
});

test('a display that is unplugged takes no window with it', () => {
  const window = electron.window('window');
  window.setBounds({ x: 5000, y: 100, width: 900, height: 700 });
  electron.screen.emit('display-removed', standInEvent());
  expect(window.getBounds().width).toBe(1080);
});

test('where the window was is kept when it closes', () => {
  electron.window('window').setBounds({ x: 50, y: 60, width: 900, height: 700 });
  electron.window('window').close();
  const kept: unknown = JSON.parse(
    fs.readFileSync(path.join(electron.app.paths['userData'] ?? '', 'windows.json'), 'utf8'),
  );
  expect(kept).toEqual({ mainWindow: { x: 50, y: 60, width: 900, height: 700, maximized: false } });
});

test('after a night of sleep, what ended is gone at once, nothing asks or tells of ends that are past, and work goes on', async () => {
  expect((await stateOf(popover)).liveRoles).not.toEqual([]);
  const told = electron.notifications.length;
  electron.powerMonitor.emit('suspend');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 9 * 60 * 60_000, shouldAdvanceTime: true });
  try {
    electron.powerMonitor.emit('resume');
    electron.powerMonitor.emit('unlock-screen');
    await expect.poll(async () => (await stateOf(popover)).liveRoles, { timeout: 1000 }).toEqual([]);
    const { prompts } = await stateOf(popover);
    expect([prompts, electron.hasWindow('prompt'), electron.notifications.length]).toEqual([[], false, told]);
    const before = electron.opened.length;
    const reply = execute(popover, 'openConsole', { target: target() });
    // The sign-in has ended as well: the click leads through it to the console.
    await answerInBrowser(await nextOpened(before));
    expect(await reply).toMatchObject({ ok: true });
    expect(await nextLedTo(before + 1)).toContain('SigninToken');
  } finally {
    vi.useRealTimers();
  }
});

test('whatever a page sends, it gets a reply or a refusal', async () => {
  const { webContents } = electron.window('popover');
  await assert(
    asyncProperty(anything(), anything(), async (name, input) => {
      expect(await electron.ipcMain.invoke(webContents, IPC_CHANNELS.execute, [name, input])).toMatchObject({
        ok: false,
      });
    }),
    { numRuns: 300 },
  );
});

test('no page ever got a secret', () => {
  const { replies } = electron.ipcMain;
  const sent = JSON.stringify([replies, electron.windows.map((window) => window.webContents.sent)]);
  expect([replies.length > 10, sent.includes(DEMO.accounts.production)]).toEqual([true, true]);
  const secrets = [
    /ASIA[A-Z0-9]{12}/,
    /SigninToken/,
    /aws_secret_access_key\s*=/i,
    /secretAccessKey/i,
    /sessionToken/i,
    /accessToken/i,
    /refreshToken/i,
    /clientSecret/i,
  ];
  expect(secrets.filter((secret) => secret.test(sent))).toEqual([]);
  expect(sent).not.toContain(DEMO.users.assumeOnly.secretAccessKey);
});

test('no page broke its policy or failed', () => {
  expect(complaints).toEqual([]);
});

test('quitting with live roles empties the clipboard, leaves nothing of the demo, and ends once', async () => {
  const home = path.dirname(path.dirname((await stateOf(popover)).app.configFile));
  await execute(popover, 'copyCredentials', { target: target(), format: 'json' });
  expect(electron.clipboard.content).not.toEqual({});
  electron.trays[0]?.menu?.click('Quit Rolecall');
  await expect.poll(() => electron.app.exits, { timeout: 10_000 }).toEqual([0]);
  electron.app.emit('quit');
  expect([
    electron.clipboard.content,
    fs.existsSync(home),
    fs.existsSync(electron.app.paths['userData'] ?? ''),
  ]).toEqual([{}, false, false]);
  expect(electron.trays[0]?.destroyed).toBe(true);
});
