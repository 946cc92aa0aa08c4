import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { screenOpener } from './screen-opener.ts';

const open = screenOpener();

async function toInstances(page: Page): Promise<void> {
  await page.keyboard.press('ArrowRight');
  await page.getByRole('menuitem', { name: 'Connect to an instance…' }).click();
  await page.getByRole('dialog').waitFor();
}

const options = (page: Page) => page.getByRole('listbox', { name: 'Instances' }).getByRole('option');
const chooseRegion = (page: Page, region: string) => page.getByLabel('Region', { exact: true }).selectOption(region);

test('an instance by keyboard: filtered by what is typed, Enter opens the terminal, and the dialog goes', async () => {
  const { page, commands, troubles } = await open({});
  await toInstances(page);
  await expect.poll(() => options(page).count()).toBe(7);
  await page.keyboard.type('shop');
  await expect.poll(() => options(page).count()).toBe(2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('text=/Terminal opened: .?shop-api-2/').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  const given = (await commands()).filter(({ name }) => name === 'connectInstance');
  expect(given.map(({ input }) => input)).toEqual([
    {
      target: expect.objectContaining({ kind: 'sso-role' }) as unknown,
      region: 'eu-central-1',
      instanceId: 'i-0fa4e000000000003',
    },
  ]);
  expect(troubles).toEqual([]);
});

test('what is not online is told so, and opens nothing; its command can be copied all the same', async () => {
  const { page, commands } = await open({});
  await toInstances(page);
  await page.keyboard.type('batch');
  await expect.poll(() => options(page).allInnerTexts()).toEqual([expect.stringContaining('Offline · stopped')]);
  await page.keyboard.press('Enter');
  await options(page).first().click({ force: true });
  expect(await page.getByRole('button', { name: 'Open terminal' }).isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: 'Copy command' }).isDisabled()).toBe(false);
  expect((await commands()).filter(({ name }) => name === 'connectInstance')).toEqual([]);
});

test('one without a name is found by its id', async () => {
  const { page } = await open({});
  await toInstances(page);
  await page.keyboard.type('000005');
  await expect
    .poll(() => options(page).allInnerTexts())
    .toEqual([expect.stringMatching(/^i-0fa4e000000000005\s+Online/)]);
});

test('another region is asked at once; where there is none, it says what to do', async () => {
  const { page, commands } = await open({});
  await toInstances(page);
  await chooseRegion(page, 'eu-west-1');
  await page.locator('text=Systems Manager manages no instance here.').waitFor();
  await chooseRegion(page, 'us-east-2');
  await expect.poll(() => options(page).count()).toBe(200);
  await page.locator('text=250 more. Keep typing to find them.').waitFor();
  await chooseRegion(page, 'us-west-2');
  await page.locator('text=may not do ec2:DescribeInstances').waitFor();
  const regions = (await commands()).filter(({ name }) => name === 'listInstances');
  expect(regions.map(({ input }) => (input as { readonly region: string }).region)).toEqual([
    'eu-central-1',
    'eu-west-1',
    'us-east-2',
    'us-west-2',
  ]);
});

test('a late answer for a region that was left is dropped', async () => {
  const { page } = await open({ answerMs: 300 });
  await toInstances(page);
  await chooseRegion(page, 'us-east-2');
  await chooseRegion(page, 'eu-west-1');
  await page.locator('text=Systems Manager manages no instance here.').waitFor();
  await page.waitForTimeout(500);
  expect(await options(page).count()).toBe(0);
});

test('a refusal is shown in its place, and can be tried again', async () => {
  const { page, until } = await open({});
  const denied = `{ code: 'aws-refused', message: 'X may not do ssm:DescribeInstanceInformation.', hint: 'Ask your administrator to allow this action.' }`;
  await until(`(fake.failNext('listInstances', ${denied}), true)`);
  await toInstances(page);
  await page.locator('text=X may not do ssm:DescribeInstanceInformation.').waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => options(page).count()).toBe(7);
});

test('without a terminal it says so, and the dialog stays with the command to copy', async () => {
  const { page, until } = await open({});
  const none = `{ code: 'terminal-missing', message: 'No terminal was found on this machine.', hint: 'Copy the command and run it in one.' }`;
  await until(`(fake.failNext('connectInstance', ${none}), true)`);
  await toInstances(page);
  await options(page).first().click();
  await page.locator('text=No terminal was found on this machine.').waitFor();
  expect(await page.getByRole('button', { name: 'Copy command' }).isDisabled()).toBe(false);
});
