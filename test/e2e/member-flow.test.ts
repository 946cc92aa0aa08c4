import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { launchBrowser, whyNoBrowser } from '../helpers/browser.ts';

const COMMAND = 'dist/cli/rolecall.js';
const { newMember } = DEMO.users;
const CODE_SECONDS = 30;

interface Setting {
  readonly browser: Browser;
  readonly host: ChildProcess;
  /** The person's window, at the guide. */
  readonly page: Page;
  /** The person's phone. */
  readonly phone: Page;
  /** Where pictures of each step are put. */
  readonly pictures: string;
  /** Addresses that the app opened in the browser, one a line. */
  readonly openedFile: string;
  readonly troubles: readonly string[];
  close(): Promise<void>;
}

function whyNot(): string | undefined {
  return whyNoBrowser() ?? (existsSync(COMMAND) ? undefined : `${COMMAND} is not built`);
}

/** Starts the host with its demo; the page is led to the guide by the address it prints once. */
async function setUp(): Promise<Setting> {
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-member-flow-'));
  const openedFile = join(folder, 'opened');
  const opener = join(folder, 'browser');
  await writeFile(opener, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${openedFile}'\n`);
  await chmod(opener, 0o700);
  await writeFile(openedFile, '');
  const host = spawn(process.execPath, [COMMAND, 'host', '--sandbox', '--no-open'], {
    env: { ...process.env, BROWSER: opener, ROLECALL_CLIPBOARD: `tee ${join(folder, 'clipboard')}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const address = await printedAddress(host);
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width: 1100, height: 820 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  await page.goto(address);
  await page.getByRole('button', { name: 'Guide' }).click();
  return {
    browser,
    host,
    page,
    phone: await context.newPage(),
    pictures: process.env['ROLECALL_PICTURES'] ?? folder,
    openedFile,
    troubles,
    async close() {
      await browser.close();
      host.kill('SIGTERM');
      await new Promise((resolve) => host.once('exit', resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function printedAddress(host: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    const read = (chunk: Buffer): void => {
      log += chunk.toString();
      const address = /http:\/\/127\S+#b=\S+/.exec(log)?.[0];
      if (address !== undefined) {
        resolve(address);
      }
    };
    host.stdout?.on('data', read);
    host.stderr?.on('data', read);
    host.once('exit', () => reject(new Error(`The host ended: ${log}`)));
  });
}

function step(page: Page, id: string): Locator {
  return page.locator(`[data-step="${id}"]`);
}

/** The address that the app opened in the browser last, which holds once. */
async function openedAddress({ openedFile }: Setting): Promise<string> {
  const addresses = async (): Promise<readonly string[]> =>
    (await readFile(openedFile, 'utf8')).split('\n').slice(0, -1);
  await expect.poll(async () => (await addresses()).length).toBeGreaterThan(0);
  const address = (await addresses()).at(-1) ?? '';
  await writeFile(openedFile, '');
  return address;
}

/** The code that the phone shows for the new member now. */
async function codeOnPhone(phone: Page): Promise<string> {
  const shown = await phone.locator('.otp', { hasText: newMember.userName }).locator('.digits').textContent();
  return (shown ?? '').replace(/\D/g, '');
}

/** Waits for a code other than these. */
async function nextCode(phone: Page, used: readonly string[]): Promise<string> {
  await expect
    .poll(() => codeOnPhone(phone), { timeout: (CODE_SECONDS + 5) * 1000, interval: 500 })
    .not.toSatisfy((code: string) => used.includes(code));
  return codeOnPhone(phone);
}

describe('a new IAM user follows the app alone, from a bare key to a console', () => {
  let setting: Setting | undefined;
  const used: string[] = [];

  beforeAll(async () => {
    setting = whyNot() === undefined ? await setUp() : undefined;
  });

  afterEach(async ({ task }) => {
    if (setting !== undefined && task.result?.state === 'fail') {
      await picture(setting, `failed-${task.name}`);
    }
  });

  afterAll(() => setting?.close());

  function ready(skip: (why: string) => never): Setting {
    return setting ?? skip(whyNot() ?? 'the host did not start');
  }

  async function picture({ page, pictures }: Setting, name: string): Promise<void> {
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  }

  test('puts in the key, which leaves its field and is in no file', async ({ skip }) => {
    const here = ready(skip);
    const { page } = here;
    await page.getByRole('tab', { name: 'I use AWS With an IAM user' }).click();
    await picture(here, '01-guide');
    await step(page, 'add-key')
      .getByRole('button', { name: /Put in/ })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Access key ID').fill(newMember.accessKeyId);
    await dialog.getByLabel('Secret access key').fill('wrong');
    await dialog.getByLabel('Name of the profile').fill(newMember.userName);
    await dialog.getByRole('button', { name: 'Put it in' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByLabel('Secret access key').inputValue()).toBe('');
    await picture(here, '02-key-refused');
    await dialog.getByLabel('Secret access key').fill(newMember.secretAccessKey);
    await dialog.getByRole('button', { name: 'Put it in' }).click();
    await dialog.waitFor({ state: 'detached' });
    await step(page, 'add-key').getByText('Done:').waitFor();
    expect(await page.content()).not.toContain(newMember.secretAccessKey);
  });

  test('enrols the device on the phone, with the setup key and two codes', async ({ skip }) => {
    const here = ready(skip);
    const { page, phone } = here;
    const enrol = step(page, 'enrol-device');
    await enrol.getByRole('button', { name: 'Enrol a device…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('img', { name: 'QR code of the new device' }).waitFor();
    await dialog.getByRole('button', { name: 'show the setup key' }).click();
    const setupKey = ((await dialog.locator('[data-setup-key]').textContent()) ?? '').replace(/\s/g, '');
    await picture(here, '03-enrol');
    await dialog.getByRole('button', { name: 'Open the demo phone' }).click();
    await phone.goto(await openedAddress(here));
    expect(phone.url()).toMatch(/\/phone$/);
    await phone.getByLabel('Setup key').fill(setupKey);
    await phone.getByLabel('Name').fill(newMember.userName);
    await phone.getByRole('button', { name: 'Add' }).click();
    used.push(await codeOnPhone(phone));
    await dialog.getByLabel('First code').fill(used[0] ?? '');
    await dialog.getByLabel('Second code').fill(used[0] ?? '');
    await dialog.getByText('This is the same code.').waitFor();
    used.push(await nextCode(phone, used));
    await picture(here, '04-second-code');
    await dialog.getByLabel('Second code').fill(used[1] ?? '');
    await dialog.getByText('The device is yours.').waitFor();
    await picture(here, '05-enrolled');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await enrol.getByText(newMember.mfaSerial).waitFor();
    expect(await page.content()).not.toContain(setupKey);
  });

  test('writes the profile of the role, shown before it is written', async ({ skip }) => {
    const here = ready(skip);
    const { page } = here;
    await page.getByLabel('Role', { exact: true }).fill('admin-role');
    await page.getByLabel('Work account').fill(DEMO.iam.clientProduction);
    await step(page, 'write-profiles').getByRole('button', { name: 'Write the profile…' }).click();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.getByLabel('MFA device').inputValue()).toBe(newMember.mfaSerial);
    await dialog.getByLabel('Name of the profile').fill('my-admin');
    await dialog.getByText('[profile my-admin]').waitFor();
    await picture(here, '06-role-profile');
    await dialog.getByRole('button', { name: 'Write profile' }).click();
    await dialog.waitFor({ state: 'detached' });
    await step(page, 'write-profiles').getByText(DEMO.iam.adminRole).waitFor();
  });

  test('opens the console, answering the popup with the phone’s code', async ({ skip }) => {
    const here = ready(skip);
    const { page, phone } = here;
    const use = step(page, 'assume-role');
    await use.getByRole('button', { name: 'Open console' }).click();
    const prompt = page.getByRole('dialog', { name: 'Rolecall asks' });
    await prompt.getByLabel('Code shown by').waitFor();
    await picture(here, '07-prompt');
    await expect.poll(() => prompt.getByLabel('Code shown by').isEnabled(), { timeout: 40_000 }).toBe(true);
    used.push(await nextCode(phone, used));
    await prompt.getByLabel('Code shown by').fill(used.at(-1) ?? '');
    const browser = await page.context().newPage();
    await browser.goto(await openedAddress(here));
    await browser.getByText('admin-role').first().waitFor();
    await browser.screenshot({ path: join(here.pictures, '08-console-page.png') });
    await browser.close();
    await use.getByText('Console opened:').waitFor();
    await picture(here, '08-console');
  });

  test('protects the profile, so that every program gets its credentials here', async ({ skip }) => {
    const here = ready(skip);
    const { page } = here;
    await step(page, 'protect').getByRole('button', { name: 'Protect…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('credential_process').first().waitFor();
    await picture(here, '09-protect');
    await dialog.getByRole('button', { name: 'Protect', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await step(page, 'protect').getByText('Every program gets its credentials').waitFor();
  });

  test('checks what a thief of the key could do, and finds nothing to mend', async ({ skip }) => {
    const here = ready(skip);
    const { page } = here;
    const check = step(page, 'check');
    await check.getByRole('button', { name: 'Check now' }).click();
    await check.getByText('The key works').waitFor();
    await picture(here, '10-check');
    expect(await check.locator('.finding--bad').count()).toBe(0);
    expect(await check.locator('.finding--good').count()).toBeGreaterThan(5);
    await expect.poll(() => page.locator('.step--done').count()).toBe(6);
  });

  test('looks up the key and the device on the profile’s page, and rotates the key', async ({ skip }) => {
    const here = ready(skip);
    const { page, phone } = here;
    await page.getByRole('button', { name: 'Profiles' }).click();
    await page.getByRole('option', { name: newMember.userName }).click();
    const keys = page.getByRole('region', { name: 'Keys and devices' });
    await keys.getByRole('button', { name: 'Look up' }).last().click();
    await keys.getByText(newMember.mfaSerial).waitFor();
    await keys.getByRole('button', { name: 'Look up' }).click();
    await answerIfAsked(page, phone);
    await keys.getByText(newMember.accessKeyId).waitFor();
    await picture(here, '11-keys');
    await keys.getByRole('button', { name: 'Rotate…' }).click();
    const dialog = page.getByRole('dialog', { name: /Rotate the key/ });
    await dialog.getByRole('button', { name: 'Rotate now' }).click();
    await answerIfAsked(page, phone);
    await dialog.getByText('The new key is in use.').waitFor({ timeout: 60_000 });
    await picture(here, '12-rotated');
    await dialog.getByRole('button', { name: 'Delete old key' }).click();
    await answerIfAsked(page, phone);
    await dialog.waitFor({ state: 'detached' });
    expect(here.troubles).toEqual([]);
  });

  /** Gives the phone's next code where the popup comes up before long; where a session holds, none does. */
  async function answerIfAsked(page: Page, phone: Page): Promise<void> {
    const field = page.getByRole('dialog', { name: 'Rolecall asks' }).getByLabel('Code shown by');
    const isAsked = await field.waitFor({ timeout: 2_000 }).then(
      () => true,
      () => false,
    );
    if (isAsked) {
      used.push(await nextCode(phone, used));
      await expect.poll(() => field.isEnabled(), { timeout: 40_000 }).toBe(true);
      await field.fill(used.at(-1) ?? '');
    }
  }
});
