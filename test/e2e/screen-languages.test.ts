import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { goThrough, STEP_CASES, WINDOW_PLACES, type ScreenCase } from './screen-cases.ts';
import { openScreens, whyNoBrowser, type Screens } from './screen-harness.ts';

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

/**
 * Words of the screen that do not fit: cut off by their own box, or beyond the edge of the page. Names from AWS (`bdi`) may be cut
 * off with an ellipsis, what the screen itself says may not, except where a title says it in full.
 */
async function overflowing(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (node.textContent.trim() === '' || parent.closest('bdi, .visually-hidden, pre, option, [title], datalist') !== null) continue;
      if (!parent.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      const beyondPage = text.right > innerWidth + 1 || text.left < -1;
      let cut = false;
      for (let box = parent; box !== null && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (style.overflowX === 'hidden' || style.overflowX === 'clip') {
          const edge = box.getBoundingClientRect();
          cut ||= text.right > edge.right + 1 || text.left < edge.left - 1;
        }
        if (style.overflowX === 'auto' || style.overflowX === 'scroll') break;
      }
      if (beyondPage || cut) found.push((beyondPage ? 'beyond the page: ' : 'cut off: ') + node.textContent.trim());
    }
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
    for (const select of document.querySelectorAll('select')) {
      const probe = document.createElement('canvas').getContext('2d');
      const style = getComputedStyle(select);
      probe.font = style.font;
      const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      const words = select.selectedOptions[0]?.text ?? '';
      if (select.checkVisibility() && probe.measureText(words).width > room + 1) found.push('cut off in a choice: ' + words);
    }
    return found;
  })()`);
}

const CASES: readonly ScreenCase[] = [
  ...[
    'normal',
    'first-run',
    'first-run-profiles',
    'first-run-found',
    'sandbox',
    'sandbox-in',
    'signed-out',
    'sign-in-browser',
    'sign-in-device',
    'fetching',
    'changes',
    'offline',
    'no-accounts',
  ].map((scenario) => [`popover ${scenario}`, { scenario }] as const),
  ...['mfa', 'mfa-rejected', 'sign-in-prompt', 'confirm-use'].map(
    (scenario) => [`prompt ${scenario}`, { view: 'prompt', scenario, height: 440 }] as const,
  ),
  ...WINDOW_PLACES.flatMap((place) => [
    [`window ${place}`, { view: 'window', place, height: 1600 }] as const,
    [`narrow window ${place}`, { view: 'window', place, width: 360, height: 1600 }] as const,
  ]),
  ['settings with rules', { view: 'window', scenario: 'rules', place: '/settings', height: 1800 }],
  ...STEP_CASES,
];

const LANGUAGES = ['en', 'zh-CN', 'ja'] as const;

test.for(CASES)('%s: every word has its room in every language', async ([, options, steps]) => {
  const screen = await screens?.show(options);
  if (screen === undefined) {
    return;
  }
  await goThrough(screen.page, steps);
  for (const language of LANGUAGES) {
    await screen.page.evaluate(`fake.patch({ settings: { ...fake.state().settings, language: '${language}' } })`);
    await screen.until(`document.documentElement.lang === '${language}'`);
    await screen.page.waitForTimeout(30);
    expect(await overflowing(screen.page)).toEqual([]);
  }
});

test.each(['zh-CN', 'ja'] as const)('in %s nothing on the pages is left in English', async (language) => {
  const english = /\b(the|and|your|you|with|account|role|open|copy|sign|settings|search|until|clear)\b/i;
  // What is wrong with a file is told in the core's own words, which are English; see `failureText`.
  for (const place of WINDOW_PLACES.filter((path) => !path.startsWith('/profiles'))) {
    const screen = await screens?.show({ view: 'window', place, language, height: 1800, scenario: 'sandbox-in' });
    const text = await screen?.page.evaluate<string>(`(() => {
      document.querySelectorAll('bdi, pre, code, option').forEach((name) => name.remove());
      return document.body.innerText;
    })()`);
    expect(
      text
        ?.split('\n')
        .filter((line) => english.test(line.replaceAll(/\u2068[^\u2069]*\u2069|Rolecall|SSO|rolecall \w+/g, ''))) ?? [],
    ).toEqual([]);
  }
});
