import { createRequire } from 'node:module';
import fs from 'node:fs';
import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { goThrough, STEP_CASES, WINDOW_PLACES, type ScreenCase } from './screen-cases.ts';
import { screenOpener } from './screen-opener.ts';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const open = screenOpener();

interface AxeFinding {
  readonly id: string;
  readonly help: string;
  readonly targets: readonly string[];
}

/** What axe finds wrong on the page as it stands; `rules` narrows it to what a change of colours can break. */
async function axeFindings(page: Page, rules?: readonly string[]): Promise<readonly AxeFinding[]> {
  const run = { runOnly: rules ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) {
    await page.evaluate(AXE);
  }
  return page.evaluate<readonly AxeFinding[]>(`axe
    .run(document, ${JSON.stringify(run)})
    .then(({ violations }) => violations.map(({ id, help, nodes }) => ({
      id, help, targets: nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary),
    })))`);
}

const POPOVER_STATES = [
  'normal',
  'first-run',
  'first-run-profiles',
  'first-run-found',
  'first-run-broken',
  'sandbox',
  'sandbox-in',
  'signed-out',
  'sign-in-browser',
  'sign-in-device',
  'fetching',
  'changes',
  'expired',
  'offline',
  'throttled',
  'files-broken',
  'notices',
  'no-accounts',
  'many-centers',
  'hostile',
];

const PROMPT_STATES = ['mfa', 'mfa-rejected', 'sign-in-prompt', 'confirm-use'];

const CASES: readonly ScreenCase[] = [
  ...POPOVER_STATES.map((scenario) => [`popover ${scenario}`, { scenario }] as const),
  ...PROMPT_STATES.map((scenario) => [`prompt ${scenario}`, { view: 'prompt', scenario, height: 440 }] as const),
  ...WINDOW_PLACES.map((place) => [`window ${place}`, { view: 'window', place, height: 720 }] as const),
  ...WINDOW_PLACES.map((place) => [`narrow window ${place}`, { view: 'window', place, width: 400 }] as const),
  ['window settings with rules', { view: 'window', scenario: 'rules', place: '/settings', height: 1600 }],
  ['window first run', { view: 'window', scenario: 'first-run', height: 720 }],
  ['host prompt', { view: 'window', scenario: 'host-prompt', height: 720 }],
  ['host call', { view: 'window', scenario: 'host-call', height: 720 }],
  ...STEP_CASES,
];

test.for(CASES)(
  '%s: axe minds nothing, in light or dark, and no rule of the page is broken',
  async ([, options, steps]) => {
    const screen = await open(options);
    await goThrough(screen.page, steps);
    await screen.page.waitForTimeout(50);
    expect(await axeFindings(screen.page)).toEqual([]);
    await screen.page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeFindings(screen.page, ['color-contrast'])).toEqual([]);
    expect(screen.troubles).toEqual([]);
  },
);

test.each([
  ['en', 'Only continue if you started this sign-in yourself.'],
  ['ja', '自分で始めたサインインの場合だけ続けてください。'],
  ['zh-CN', '仅当此登录由您本人发起时才继续。'],
] as const)('a device code stands beside the warning of codes that others sent: %s', async (language, warning) => {
  const screen = await open({ scenario: 'sign-in-device', language });
  const card = screen.page.locator('.sign-in', { hasText: 'BQRT-XKLM' });
  await card.getByText(warning).waitFor();
  expect(await card.innerText()).toContain('https://device.sso.eu-central-1.amazonaws.com/');
  // The other way has no code that anybody could have sent.
  const browser = await open({ scenario: 'sign-in-browser', language });
  await browser?.page.locator('.sign-in').first().waitFor();
  expect(await browser?.page.locator('body').innerText()).not.toContain(warning);
});

test('text keeps its contrast where the system asks for more of it', async () => {
  for (const theme of ['light', 'dark'] as const) {
    const screen = await open({ theme, contrast: 'more' });
    expect(screen && (await axeFindings(screen.page))).toEqual([]);
  }
});

test('every page of the window is among those looked at', async () => {
  const screen = await open({ view: 'window' });
  const pages = new Set(WINDOW_PLACES.map((place) => place.split('/')[1]));
  expect(screen && (await screen.page.getByRole('navigation').getByRole('button').count())).toBe(pages.size);
});
