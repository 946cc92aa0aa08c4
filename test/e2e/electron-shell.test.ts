import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { anything, assert, asyncProperty } from 'fast-check';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import type { AppState } from '../../src/shared/app-state.ts';
import { IPC_CHANNELS } from '../../src/shared/ipc-channels.ts';
import { provideElectron } from '../helpers/electron-module.ts';
import { showWindow } from '../helpers/electron-page.ts';
import { ElectronStandIn, standInEvent } from '../helpers/electron-standin.ts';
import { answerInBrowser } from '../helpers/sandbox.ts';

/**
 * The built app as it is: the real main program under a stand-in for Electron, the real preload script and screen in a real
 * browser, against the built-in AWS. The tests are one story, in order.
 */
const DIST = path.resolve(import.meta.dirname, '../../dist');
const CHROMIUM = '/usr/bin/chromium';

const role = `sso:${DEMO.accounts.production}/ReadOnlyAccess/demo`;

const electron = new ElectronStandIn({ userData: '/nonexistent' });
const complaints: string[] = [];
let browser: Browser | undefined;
let context: BrowserContext;
let popover: Page;

beforeAll(async () => {
  if (!fs.existsSync(CHROMIUM)) {
    return;
  }
  process.argv.push('--sandbox', '--hidden');
  provideElectron(electron);
  await import(pathToFileURL(path.join(DIST, 'main/main.js')).href);
  await vi.waitFor(() => electron.window('popover'), { timeout: 20_000 });
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
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
  if (!fs.existsSync(CHROMIUM)) {
    ctx.skip(`${CHROMIUM} is not installed`);
  }
});

/** The state as a page sees it now. */
function stateOf(page: Page): Promise<AppState> {
  return page.evaluate(`new Promise((resolve) => {
    const end = rolecall.subscribe((message) => { setTimeout(() => end()); if (message.kind === 'snapshot') resolve(message.state); });
  })`);
}

/** A command as a page gives it, through the preload script. */
function execute(page: Page, name: string, input: unknown): Promise<unknown> {
  return page.evaluate(`rolecall.execute(${JSON.stringify(name)}, ${JSON.stringify(input)})`);
}

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
  electron.trays[0]?.menu?.click(line, 'Open Console');
  expect(await nextLedTo(before)).toContain('SigninToken');
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

  test('asked for by a program: the popup waits without the keyboard and names the program; closing it is a no', async () => {
    const program = runCommand(await stateOf(popover), ['credentials', '--profile', 'strict-admin']);
    await expect.poll(() => electron.hasWindow('prompt'), { timeout: 20_000 }).toBe(true);
    const window = electron.window('prompt');
    await expect.poll(() => window.isVisible()).toBe(true);
    expect(window.isFocused()).toBe(false);
    const page = await showWindow(electron, window, context);
    await page.getByText('strict-admin').first().waitFor();
    await expect.poll(() => path.basename(electron.trays[0]?.image.file ?? ''), { timeout: 5000 }).toBe('asking.png');
    window.close();
    const { code, stdout, stderr } = await program;
    expect([code === 0, stdout]).toEqual([false, '']);
    expect(stderr.trim().split('\n').length).toBe(1);
  });
});

/** Runs the built command in the demo's surroundings, as a program of the user's would. */
function runCommand(
  { app }: AppState,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const home = path.dirname(path.dirname(app.configFile));
  const url = new URL(app.sandbox?.phoneUrl ?? '').origin;
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    ROLECALL_HOME: path.join(home, '.rolecall'),
    AWS_ENDPOINT_URL: url,
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(DIST, 'cli/rolecall.js'), ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

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

test('after sleep, access is looked at again and nothing was lost', async () => {
  electron.powerMonitor.emit('suspend');
  electron.powerMonitor.emit('resume');
  electron.powerMonitor.emit('unlock-screen');
  const { ssoSessions, prompts } = await stateOf(popover);
  expect([ssoSessions[0]?.access.kind, prompts]).toEqual(['signed-in', []]);
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
