import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CHROMIUM_ARGS, findChromium } from './lib/find-chromium.mjs';
import { ROOT, inRoot } from './lib/root.mjs';
import { runScript } from './lib/run-script.mjs';

/**
 * Takes the pictures of README and docs/tour.md: the real screen against the built-in AWS, driven as a person would. Run it after a
 * change of the screen; the pictures are committed.
 */

const IMAGES = inRoot('docs/images');
const START_URL = 'https://rolecall-demo.awsapps.com/start';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ page: Page, opened: () => Promise<string>, sandboxUrl: string, close: () => Promise<void> }} Demo */
/** @typedef {{ width: number, height: number, scheme: 'light' | 'dark', view: 'window' | 'popover' }} Look */

/** @param {() => string | undefined} read @param {string} what @returns {Promise<string>} */
async function waitFor(read, what) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const found = read();
    if (found !== undefined) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what} did not come`);
}

/** @param {string} file @returns {readonly string[]} */
function lines(file) {
  // The file is there before the first line is in it.
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

/** Starts the demo with a browser of our own, which writes down what it is asked to open. @param {import('playwright-core').Browser} browser @param {Look} look @returns {Promise<Demo>} */
async function openDemo(browser, look) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rolecall-pictures-'));
  const openedFile = path.join(folder, 'opened');
  const program = path.join(folder, 'browser');
  fs.writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${openedFile}'\n`, { mode: 0o755 });
  const clipboard = path.join(folder, 'clipboard');
  fs.writeFileSync(clipboard, '#!/bin/sh\n[ "$1" = copy ] && exec cat > /dev/null\nexit 0\n', { mode: 0o755 });
  const env = { ...process.env, BROWSER: program, ROLECALL_CLIPBOARD: clipboard };
  const host = spawn(process.execPath, [inRoot('dist/cli/rolecall.js'), 'host', '--sandbox', '--no-open'], {
    cwd: ROOT,
    env,
  });
  let output = '';
  const seen = { count: 0 };
  host.stdout.on('data', (/** @type {Buffer} */ chunk) => {
    output += chunk.toString();
  });
  const address = await waitFor(() => /(http:\S+#b=\S+)/.exec(output)?.[1], 'the address of the screen');
  const sandboxUrl = /AWS_ENDPOINT_URL='([^']+)'/.exec(output)?.[1] ?? '';
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.scheme,
    deviceScaleFactor: 2,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(look.view === 'popover' ? `${address}&view=popover` : address);
  await page.getByPlaceholder('Search accounts and roles').first().waitFor();
  return {
    page,
    sandboxUrl,
    async opened() {
      const address = await waitFor(() => lines(openedFile)[seen.count], 'the page that the app opens');
      seen.count += 1;
      return address;
    },
    async close() {
      await context.close();
      host.kill('SIGTERM');
      await new Promise((resolve) => host.on('exit', resolve));
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param {Page} page @param {string} name */
async function shoot(page, name) {
  await page.waitForTimeout(400);
  await page.screenshot({ path: path.join(IMAGES, `${name}.png`) });
}

/** Adds the demo's Identity Center and signs in; leaves the other page where it ended. @param {Demo} demo @param {boolean} shots */
async function signIn(demo, shots) {
  const { page } = demo;
  if (shots) {
    await shoot(page, 'first-run');
  }
  await page.getByRole('button', { name: /add/i }).first().click();
  const startUrl = page.getByLabel('Start URL');
  if ((await startUrl.count()) > 0) {
    await startUrl.fill(START_URL);
    await page.getByLabel('Region').fill('ap-northeast-1');
    await page.getByRole('button', { name: 'Add and sign in' }).click();
  }
  const portal = await page.context().newPage();
  await portal.goto(await demo.opened());
  if (shots) {
    await shoot(portal, 'sign-in');
  }
  await portal.getByRole('button', { name: /allow/i }).click();
  await page.getByText('Production', { exact: true }).first().waitFor();
  // Closed sooner, it might not have come back with the answer.
  await portal.close();
}

/** Pins some roles and opens a console, so that the picture shows a day's work. @param {Demo} demo @param {boolean} shots */
async function work(demo, shots) {
  const { page } = demo;
  const search = page.getByPlaceholder('Search accounts and roles').first();
  for (const words of ['prod readonly', 'development admin']) {
    await search.fill(words);
    await page.waitForTimeout(200);
    await page.getByRole('button', { name: /^pin/i }).first().click();
  }
  await search.fill('prod readonly');
  await page.waitForTimeout(200);
  await search.press('Enter');
  const tab = await page.context().newPage();
  await tab.goto(await demo.opened());
  if (shots) {
    await shoot(tab, 'console');
  }
  await tab.close();
  await search.fill('staging');
  await page.waitForTimeout(200);
  await search.press('Control+c');
  await page.waitForTimeout(1200);
  if (shots) {
    await shoot(page, 'search');
  }
  await search.fill('');
  const understood = page.getByRole('button', { name: 'Understood' });
  if ((await understood.count()) > 0) {
    await understood.click();
  }
}

/** @param {Demo} demo @param {string} label @param {string} name */
async function shootPage({ page }, label, name) {
  await page.locator('nav button', { hasText: label }).first().click();
  await shoot(page, name);
}

/** @param {Demo} demo */
async function shootMfa(demo) {
  const { page } = demo;
  await page.locator('nav button', { hasText: 'Access' }).first().click();
  const search = page.getByPlaceholder('Search accounts and roles').first();
  await search.fill('staging-admin');
  await page.waitForTimeout(200);
  await search.press('Enter');
  await page.getByText('Enter an MFA code').waitFor();
  await shoot(page, 'mfa');
}

/** Where a console opens: a service, a region, an address of one's own. @param {Demo} demo */
async function shootDestination({ page }) {
  const search = page.getByPlaceholder('Search accounts and roles').first();
  await search.fill('production read');
  await page.waitForTimeout(200);
  await search.press('Alt+Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Service, region or console URL' }).fill('tokyo');
  await shoot(page, 'destination');
  await page.keyboard.press('Escape');
  await search.fill('');
}

/** The filters, with what each leaves. @param {Demo} demo */
async function shootFilters({ page }) {
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await shoot(page, 'filters');
  await page.keyboard.press('Escape');
}

/** Several roles selected, with what can be done for all of them. @param {Demo} demo */
async function shootSeveral({ page }) {
  const row = (/** @type {number} */ at) => page.locator('.table__row').nth(at);
  await row(1).click();
  await row(4).click({ modifiers: ['Shift'] });
  await row(6).click({ modifiers: ['Control'] });
  await shoot(page, 'several');
  await page.keyboard.press('Escape');
}

/** A profile is changed, and the change about to be taken back. @param {Demo} demo */
async function shootUndo({ page }) {
  await page.locator('nav button', { hasText: 'Profiles' }).first().click();
  await page.getByRole('option', { name: 'staging-admin' }).click();
  await page.getByRole('button', { name: 'Edit…' }).click();
  await page.getByRole('dialog').getByLabel('region', { exact: true }).fill('us-west-2');
  await page.getByRole('dialog').getByRole('button', { name: 'Write' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Changes' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo…' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).waitFor();
  await shoot(page, 'undo');
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('.toasts').getByRole('button', { name: 'Dismiss' }).first().click();
}

/** The same screen in another language, changed while it stands. @param {Demo} demo */
async function shootLanguage(demo) {
  const { page } = demo;
  await shootPage(demo, 'Settings', 'settings');
  await page.getByLabel('Language', { exact: true }).selectOption({ label: '简体中文' });
  await page.locator('nav button').first().click();
  await shoot(page, 'chinese');
  await page.locator('nav button').last().click();
  await page.locator('select').filter({ hasText: 'English' }).selectOption({ label: 'English' });
}

/** @param {import('playwright-core').Browser} browser */
async function takeAll(browser) {
  for (const scheme of /** @type {const} */ (['light', 'dark'])) {
    const demo = await openDemo(browser, { width: 1100, height: 720, scheme, view: 'window' });
    const first = scheme === 'light';
    await signIn(demo, first);
    await work(demo, first);
    await shoot(demo.page, `window-${scheme}`);
    if (first) {
      await shootFilters(demo);
      await shootSeveral(demo);
      await shootDestination(demo);
      for (const label of ['Sessions', 'Profiles', 'Activity', 'Doctor', 'Guide']) {
        await shootPage(demo, label, label.toLowerCase());
      }
      await shootUndo(demo);
      await shootLanguage(demo);
      await shootMfa(demo);
    }
    await demo.close();
    const popover = await openDemo(browser, { width: 360, height: 560, scheme, view: 'popover' });
    await signIn(popover, false);
    await work(popover, false);
    await shoot(popover.page, `popover-${scheme}`);
    await popover.close();
  }
}

await runScript(async () => {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('Pictures are taken by a browser of the Chromium family; none was found.');
  }
  const { build } = await import('./build.mjs');
  await build(['renderer', 'cli']);
  fs.mkdirSync(IMAGES, { recursive: true });
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  try {
    await takeAll(browser);
  } finally {
    await browser.close();
  }
  console.log(`Pictures are in ${path.relative(ROOT, IMAGES)}.`);
});
