import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { whyNoBrowser } from '../helpers/browser.ts';
import { openScreens, type Screen, type Screens } from './screen-harness.ts';

/** Ways through the screen as a person with a mouse and no manual takes them. */
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

async function namesOfCommands(screen: Screen): Promise<readonly string[]> {
  return (await screen.commands()).map(({ name }) => name);
}

describe('the table', () => {
  test('opens no console when a button of a row is pressed twice', async () => {
    const screen = await open({ view: 'window' });
    const row = screen.page.locator('.table__row').nth(3);
    await row.hover();
    await row.getByRole('button', { name: 'Pin' }).dblclick();
    await screen.page.waitForTimeout(100);
    expect((await namesOfCommands(screen)).filter((name) => name !== 'setMarks')).toEqual([]);
  });
});
