import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { whyNoBrowser } from '../helpers/browser.ts';
import { openScreens, type Screen, type Screens } from './screen-harness.ts';

let screens: Screens | undefined;

beforeAll(async () => {
  screens = whyNoBrowser() === undefined ? await openScreens() : undefined;
});

afterEach(() => screens?.closePages());

afterAll(() => screens?.close());

beforeEach((context) => {
  const reason = whyNoBrowser();
  if (reason !== undefined) {
    context.skip(reason);
  }
});

async function open(options: Parameters<Screens['show']>[0]): Promise<Screen> {
  const screen = await screens?.show(options);
  if (screen === undefined) {
    throw new Error('no browser');
  }
  return screen;
}

const RULES = ['one', 'two', 'three'].map((account) => ({ account, role: '*' }));

describe('settings, before the core has answered', () => {
  const settings = async (): Promise<Screen> => {
    const screen = await open({ view: 'window', place: '/settings', height: 900, answerMs: 400 });
    await screen.page.evaluate(
      `fake.patch({ settings: { ...fake.state().settings, guardRules: ${JSON.stringify(RULES)} } })`,
    );
    await screen.page.getByRole('button', { name: 'Remove rule: Guarded roles: three' }).waitFor();
    return screen;
  };

  test('two rules taken away one right after the other are both gone', async () => {
    const { page, until } = await settings();
    await page.getByRole('button', { name: 'Remove rule: Guarded roles: one' }).click();
    await page.getByRole('button', { name: 'Remove rule: Guarded roles: two' }).click();
    await until('fake.state().settings.guardRules.length === 1');
    expect(await page.evaluate('fake.state().settings.guardRules')).toEqual(RULES.slice(2));
  });

  test('a switch stays as it was put, and goes back where it could not be kept', async () => {
    const { page } = await settings();
    const renewal = page.getByRole('switch', { name: 'Renew by itself' });
    const before = await renewal.isChecked();
    await renewal.click();
    expect(await renewal.isChecked()).toBe(!before);
    await expect.poll(() => page.evaluate('fake.state().settings.renewInBackground')).toBe(!before);
    expect(await renewal.isChecked()).toBe(!before);
    await page.evaluate(
      `fake.failNext('updateSettings', { code: 'internal', message: 'The disk is full.', hint: '' })`,
    );
    await renewal.click();
    await page.locator('text=The disk is full.').waitFor();
    expect(await renewal.isChecked()).toBe(!before);
  });

  test('what another window changes is shown after one’s own change', async () => {
    const { page } = await settings();
    await page.getByRole('button', { name: 'Remove rule: Guarded roles: one' }).click();
    await expect.poll(() => page.evaluate('fake.state().settings.guardRules.length')).toBe(2);
    await page.evaluate(`fake.patch({ settings: { ...fake.state().settings, guardRules: [] } })`);
    await page.getByRole('button', { name: 'Remove rule: Guarded roles: two' }).waitFor({ state: 'detached' });
  });
});
