import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { goThrough, STEP_CASES, WINDOW_PLACES, type ScreenCase } from './screen-cases.ts';
import type { ScreenOptions } from './screen-harness.ts';
import { screenOpener } from './screen-opener.ts';

const open = screenOpener();

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
  const screen = await open(options);
  await goThrough(screen.page, steps);
  for (const language of LANGUAGES) {
    await screen.page.evaluate(`fake.patch({ settings: { ...fake.state().settings, language: '${language}' } })`);
    await screen.until(`document.documentElement.lang === '${language}'`);
    await screen.page.waitForTimeout(30);
    expect(await overflowing(screen.page)).toEqual([]);
  }
});

/** Lines of a page in English, besides names and what the core says in its own words, which stand in `bdi`. */
async function englishLines(page: Page): Promise<readonly string[]> {
  const english = /\b(the|and|your|you|with|account|role|open|copy|sign|settings|search|until|clear)\b/i;
  const text = await page.evaluate<string>(`(() => {
    document.querySelectorAll('bdi, pre, code, option').forEach((name) => name.remove());
    return document.body.innerText;
  })()`);
  return text
    .split('\n')
    .filter((line) => english.test(line.replaceAll(/\u2068[^\u2069]*\u2069|Rolecall|SSO|rolecall \w+/g, '')));
}

/** What of a page comes with words that are fetched. */
const COMES_LATER: Readonly<Record<string, string>> = { '/guide': '.step', '/profiles/legacy-tools': '.problems' };

test.each(['zh-CN', 'ja'] as const)('in %s nothing on the pages is left in English', async (language) => {
  for (const place of WINDOW_PLACES) {
    const screen = await open({ view: 'window', place, language, height: 1800, scenario: 'sandbox-in' });
    await screen.until(`document.querySelector('${COMES_LATER[place] ?? 'main'}') !== null`);
    expect(await englishLines(screen.page)).toEqual([]);
  }
});

/** Where the core's findings come to the screen, with what holds each of them. */
const FINDING_PLACES: readonly (readonly [name: string, holder: string, options: ScreenOptions])[] = [
  ['the doctor', '.finding', { view: 'window', place: '/doctor' }],
  ['a profile', '.problems .notice', { view: 'window', place: '/profiles/legacy-tools' }],
  ['the popover', '.notices .notice', { scenario: 'files-broken' }],
  ['the notices of the core', '.notices .notice', { scenario: 'clock-off' }],
  ['a store that is missing', '.setting__row .line__note', { view: 'window', place: '/settings', scenario: 'rules' }],
];

test.each(
  FINDING_PLACES.flatMap(([name, holder, options]) =>
    (['zh-CN', 'ja'] as const).map((language) => [name, language, holder, options] as const),
  ),
)(
  '%s: findings are said in %s, and the core’s own words follow, marked as English',
  async (_name, language, holder, options) => {
    const screen = await open({ ...options, language, height: 1800 });
    await screen.until(`document.querySelector('${holder} [lang=en]') !== null`);
    const asCore = await screen.page.locator(`${holder} [lang=en]`).allTextContents();
    expect(asCore.every((words) => /^[A-Z~/\w].* .*\.$/.test(words))).toBe(true);
    expect(await overflowing(screen.page)).toEqual([]);
    expect(await englishLines(screen.page)).toEqual([]);
    expect(screen.troubles).toEqual([]);
  },
);

test('without the words of the language findings stay as the core says them', async () => {
  const screen = await open({ view: 'window', place: '/doctor', height: 1800 });
  await screen.page.route('**/findings-*.json', (route) => route.abort());
  await screen.page.evaluate(`fake.patch({ settings: { ...fake.state().settings, language: 'ja' } })`);
  await screen.until(`document.documentElement.lang === 'ja'`);
  await screen.page.getByRole('heading', { name: /opens \[profile admin\] a second time/ }).waitFor();
  expect(await screen.page.locator('.finding [lang=en]').count()).toBe(0);
});
