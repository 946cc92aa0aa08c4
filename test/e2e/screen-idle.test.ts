import { expect, test } from 'vitest';
import { screenOpener } from './screen-opener.ts';

const open = screenOpener();

/** Counts what wakes the page up, from the next turn on. */
const COUNT = `
  globalThis.woken = [];
  globalThis.pending = new Set();
  const { setTimeout: realTimeout, clearTimeout: realClear, setInterval: realInterval, requestAnimationFrame: realFrame } = globalThis;
  globalThis.setTimeout = (action, delay, ...rest) => {
    const id = realTimeout(() => { pending.delete(id); woken.push('timeout ' + Math.round(delay)); action(...rest); }, delay);
    pending.add(id);
    return id;
  };
  globalThis.clearTimeout = (id) => { pending.delete(id); realClear(id); };
  globalThis.setInterval = (action, delay, ...rest) => realInterval(() => { woken.push('interval ' + delay); action(...rest); }, delay);
  globalThis.requestAnimationFrame = (action) => realFrame((now) => { woken.push('frame'); action(now); });
`;

test.each([
  ['popover', 'normal'],
  ['popover', 'sign-in-browser'],
  ['prompt', 'mfa'],
] as const)('an idle %s (%s) wakes up at most once a second, and not at all while hidden', async (view, scenario) => {
  const screen = await open({ view, scenario, clockRuns: true });
  const { page } = screen;
  await page.waitForTimeout(1_200);
  await page.evaluate(COUNT);
  // What was set before counting began runs out first.
  await page.waitForTimeout(1_200);
  await page.evaluate('woken.length = 0');
  await page.waitForTimeout(3_500);
  const woken = await page.evaluate<readonly string[]>('woken');
  expect(woken.length).toBeLessThanOrEqual(4);
  expect(woken.filter((reason) => !reason.startsWith('timeout'))).toEqual([]);

  await page.evaluate(`
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    woken.length = 0;
  `);
  expect(await page.evaluate('pending.size')).toBe(0);
  await page.waitForTimeout(1_500);
  expect(await page.evaluate('woken')).toEqual([]);
});

test('a countdown that reaches its end says so, and counts no further', async () => {
  const screen = await open();
  const { page } = screen;
  const ring = page.locator('[data-target="sso:444455556666/DataEngineer/acme"] .countdown').first();
  expect(await ring.textContent()).toBe('1m 24s');
  for (const [now, words] of [
    ['2026-11-23T15:09:20Z', '4s'],
    ['2026-11-23T15:09:24Z', 'ended'],
    ['2026-11-24T15:09:24Z', 'ended'],
    ['2100-01-01T00:00:00Z', 'ended'],
    ['1970-01-01T00:00:00Z', '20,780d 15h'],
  ] as const) {
    await page.clock.setFixedTime(new Date(now));
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await page.waitForTimeout(30);
    expect(await ring.textContent()).toBe(words);
    expect(await page.locator('body').innerText()).not.toMatch(/NaN|-\d+[smhd]\b|undefined|Invalid/);
  }
});
