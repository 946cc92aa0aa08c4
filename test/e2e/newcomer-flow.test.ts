import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { startDemo } from '../helpers/demo-host.ts';
import { launchBrowser, whyNoBrowser } from '../helpers/browser.ts';

/**
 * What a newcomer to the demo finds without help. Every step goes by words that stand on the screen, as a person's would: no key
 * is pressed that the screen does not name, and nothing is found by its place in the page.
 */
test('a newcomer finds every everyday thing by the words on the screen', { timeout: 240_000 }, async (context) => {
  const reason = whyNoBrowser();
  if (reason !== undefined) {
    context.skip(reason);
  }
  const demo = await startDemo();
  const { desk, page, troubles } = await openDesk(demo.address);
  const aws = await desk.newPage();
  await page.bringToFront();

  // In: the demo's Identity Center is filled in already.
  await page.getByRole('button', { name: 'Add the demo' }).click();
  await page.getByRole('button', { name: 'Add and sign in' }).click();
  await aws.goto(await demo.openedPage(1));
  await aws.getByRole('button', { name: /allow/i }).click();
  await page.bringToFront();
  await page.getByRole('row', { name: /Production.*ReadOnlyAccess/ }).waitFor();

  // Production, read-only, in Tokyo.
  await find(page, 'production read');
  await page.getByRole('button', { name: /^Open at/ }).click();
  const region = page.getByRole('dialog').getByLabel('Region', { exact: true });
  await region.selectOption(await optionLike(page, /Tokyo/));
  await page.getByRole('dialog').getByRole('button', { name: 'Open console' }).click();
  await aws.goto(await demo.openedPage(2));
  const shown = await aws.locator('body').innerText();
  expect(shown).toContain('ReadOnlyAccess');
  expect(shown).toContain('ap-northeast-1');
  expect(shown.replaceAll('-', '')).toContain(DEMO.accounts.production);
  await page.bringToFront();

  // Variables of staging for fish.
  await find(page, 'staging');
  await page.getByRole('button', { name: /^Copy for/ }).click();
  await page.getByRole('menuitemradio', { name: 'fish' }).click();
  await expect.poll(() => readFile(demo.clipboard, 'utf8').catch(() => '')).toMatch(/set -gx AWS_SESSION_TOKEN/);

  // When access ends: at the role itself, and for the sign-in behind it.
  await page.getByRole('button', { name: /^Sessions/ }).click();
  await expect.poll(() => page.getByRole('main').innerText()).toMatch(/until|renews by itself/i);
  expect(await page.getByRole('main').innerText()).toContain('Staging');

  // A role pinned stands first.
  await page.getByRole('button', { name: 'Access', exact: true }).click();
  await find(page, 'log archive');
  await page.getByRole('row', { selected: true }).getByRole('button', { name: 'Pin', exact: true }).click();
  await page.getByRole('row', { selected: true }).getByRole('button', { name: 'Unpin', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Pinned' }).click();
  await expect.poll(() => page.getByRole('row').count()).toBe(2);

  // A profile changed, and the change taken back from the list of changes.
  const file = join(/HOME='([^']+)'/.exec(demo.hint)?.[1] ?? '', '.aws', 'config');
  const before = await readFile(file, 'utf8');
  await page.getByRole('button', { name: 'Profiles', exact: true }).click();
  await page.getByRole('option', { name: 'staging-admin' }).click();
  await page.getByRole('button', { name: 'Edit…' }).click();
  await page.getByRole('dialog').getByLabel('region', { exact: true }).fill('us-west-2');
  await page.getByRole('dialog').getByRole('button', { name: 'Write' }).click();
  await expect.poll(() => readFile(file, 'utf8')).toContain('us-west-2');
  await page.getByRole('button', { name: 'Changes' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo…' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await expect.poll(() => readFile(file, 'utf8')).toBe(before);

  // Another language, at once and everywhere; and back.
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByLabel('Language', { exact: true }).selectOption({ label: '简体中文' });
  await page.getByRole('button', { name: '设置', exact: true }).waitFor();
  expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN');
  await page.getByRole('button', { name: '访问', exact: true }).waitFor();
  expect(troubles).toEqual([]);
});

/** Types into the search field, which the screen offers first of all, and waits for what it finds. */
async function find(page: Page, words: string): Promise<void> {
  await page.getByRole('combobox', { name: /Search/ }).fill(words);
  await page.getByRole('row', { selected: true }).waitFor();
}

/** The value of the choice whose words match. */
async function optionLike(page: Page, words: RegExp): Promise<string> {
  const options = page.getByRole('dialog').getByLabel('Region', { exact: true }).locator('option');
  for (const option of await options.all()) {
    if (words.test((await option.textContent()) ?? '')) {
      return (await option.getAttribute('value')) ?? '';
    }
  }
  throw new Error(`No region is called ${String(words)}`);
}

interface Desk {
  readonly desk: BrowserContext;
  readonly page: Page;
  readonly troubles: readonly string[];
}

async function openDesk(address: string): Promise<Desk> {
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const desk = await browser.newContext({ viewport: { width: 1100, height: 760 }, locale: 'en-GB' });
  desk.setDefaultTimeout(20_000);
  const page = await desk.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => (message.type() === 'error' ? troubles.push(message.text()) : 0));
  await page.goto(address);
  return { desk, page, troubles };
}
