import type { Page } from 'playwright-core';
import type { ScreenOptions } from './screen-harness.ts';

/** A state of the screen: how it is shown, and by which steps it is reached from there. */
export type ScreenCase = readonly [name: string, options: ScreenOptions, steps?: readonly string[]];

/** Every page of the window, each with something on it. */
export const WINDOW_PLACES: readonly string[] = [
  '/access',
  '/sessions',
  '/profiles/legacy-tools',
  '/activity',
  '/doctor',
  '/guide',
  '/settings',
];

/** Steps that are words to click on, not keys to press, begin with this. */
const CLICK = 'click ';

/** Menus, dialogs and what else comes when something is done. */
export const STEP_CASES: readonly ScreenCase[] = [
  ['results', {}, ['p', 'r', 'o', 'd']],
  ['nothing found', {}, ['z', 'z', 'z']],
  ['a filter that means nothing', {}, ['i', 's', ':', 'z']],
  ['menu of filters', { view: 'window', height: 900 }, ['click Filter']],
  ['menu of columns', { view: 'window', width: 1400 }, ['click Choose columns']],
  ['several roles', { view: 'window', height: 720 }, ['Shift+ArrowDown', 'Shift+ArrowDown']],
  ['several roles in a narrow window', { view: 'window', width: 800 }, ['Shift+ArrowDown', 'Shift+ArrowDown']],
  ['colour for several', { view: 'window', height: 720 }, ['Shift+ArrowDown', 'click Colour of the accounts']],
  [
    'tags for several',
    { view: 'window', height: 720 },
    ['Shift+ArrowDown', 'click Tags of the accounts', 'click Other'],
  ],
  ['forgetting for several', { view: 'window', height: 720 }, ['Shift+End', 'click Forget credentials…']],
  ['profiles for several', { view: 'window', height: 720 }, ['Shift+ArrowDown', 'click Add profiles…']],
  ['every column of the table', { view: 'window', width: 1800 }, ['i', 's', ':', 'l']],
  ['row menu', {}, ['ArrowRight']],
  ['copy menu', {}, ['Control+Shift+C']],
  ['destination', { scenario: 'rules' }, ['Alt+Enter']],
  ['destination, as a person without rules sees it', {}, ['Alt+Enter']],
  ['marks', { height: 900 }, ['Control+e']],
  ['keys', { height: 900 }, ['?']],
  ['toast', {}, ['Enter']],
  ['instances', {}, ['ArrowRight', 'click Connect to an instance…']],
  ['before a long job', {}, ['ArrowRight', 'click Renew for a long job…']],
  ['menu of an Identity Center', {}, ['click Actions for acme']],
  ['removing an Identity Center', {}, ['click Actions for acme', 'click Remove…']],
  ['adding an Identity Center', { view: 'window', place: '/sessions' }, ['click Add Identity Center']],
  ['protecting a profile', { view: 'window', place: '/profiles/assume-only' }, ['click Protect…']],
];

/** Goes the steps of a case on a page that speaks English. */
export async function goThrough(page: Page, steps: readonly string[] = []): Promise<void> {
  for (const step of steps) {
    if (step.startsWith(CLICK)) {
      const name = step.slice(CLICK.length);
      await page.getByRole('menuitem', { name }).or(page.getByRole('button', { name })).first().click();
    } else {
      await page.keyboard.press(step);
    }
  }
  await page.waitForTimeout(50);
}
