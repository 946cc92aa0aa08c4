import type { Page } from 'playwright-core';
import { expect, onTestFinished, test, type TestContext } from 'vitest';
import { launchBrowser, whyNoBrowser } from '../helpers/browser.ts';
import { startDemo } from '../helpers/demo-host.ts';

/** The real host with its demo, in a tab. */
async function openTab(context: TestContext): Promise<Page> {
  const reason = whyNoBrowser();
  if (reason !== undefined) {
    context.skip(reason);
  }
  const demo = await startDemo();
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const desk = await browser.newContext({ viewport: { width: 1200, height: 700 }, locale: 'en-GB' });
  const page = await desk.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(demo.address);
  await page.getByRole('button', { name: 'Add the demo' }).waitFor();
  return page;
}

const kept = (page: Page): Promise<number> => page.evaluate('sessionStorage.length + localStorage.length');

test('a page that is reloaded is there again, where it was, as often as one likes, and leaves nothing in the browser', async (context) => {
  const page = await openTab(context);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByLabel('Language').waitFor();
  for (const _ of [1, 2, 3]) {
    await page.reload();
    await page.getByLabel('Language').waitFor();
    expect(await kept(page)).toBe(0);
  }
  // It is not only drawn: what is chosen is kept.
  await page.getByLabel('Language').selectOption({ label: '日本語' });
  await page.getByRole('heading', { name: '設定' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: '設定' }).waitFor();
});

test('a page that is left and come back to is there again', async (context) => {
  const page = await openTab(context);
  await page.goto('about:blank');
  await page.goBack();
  await page.getByRole('button', { name: 'Add the demo' }).waitFor();
  expect(await kept(page)).toBe(0);
});

test('another tab at the same address stays locked, also beside one that is being reloaded', async (context) => {
  const page = await openTab(context);
  await page.reload();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByText('Open Rolecall again from your terminal').waitFor();
});
