import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HOSTILE_NAMES } from '../renderer/hostile-names.ts';
import { whyNoBrowser } from '../helpers/browser.ts';
import { openScreens, type Screens } from './screen-harness.ts';

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

describe('an organization of hostile names', () => {
  test('is shown as text, each name with its id, and nothing of it runs', async () => {
    const screen = await screens?.show({ scenario: 'hostile', height: 4_600 });
    if (screen === undefined) {
      return;
    }
    await screen.page.waitForTimeout(100);
    const ids = await screen.page.locator('.account-row .account-id').allTextContents();
    expect(ids.toSorted()).toEqual(HOSTILE_NAMES.map((_name, at) => String(700_000_000_000 + at)));
    expect(await screen.page.locator('.list img, .list script, .list b, .list [onload]').count()).toBe(0);
    expect(screen.troubles).toEqual([]);
  });

  test.each(['/access', '/sessions', '/profiles', '/activity', '/doctor', '/guide', '/settings'])(
    'does no harm on the page %s',
    async (place) => {
      const screen = await screens?.show({ scenario: 'hostile', view: 'window', place });
      if (screen === undefined) {
        return;
      }
      expect(await screen.page.locator('#root img, #root script, #root iframe').count()).toBe(0);
      expect(screen.troubles).toEqual([]);
    },
  );

  test('no name leaves its row, to either side or over its neighbours', async () => {
    const screen = await screens?.show({ scenario: 'hostile', height: 4_600 });
    if (screen === undefined) {
      return;
    }
    await screen.page.waitForTimeout(100);
    const spilled = await screen.page.evaluate<
      readonly string[]
    >(`[...document.querySelectorAll('.account-row, .role-row')].flatMap((row) => {
      const box = row.getBoundingClientRect();
      return [...row.querySelectorAll('bdi')].filter((text) => {
        const inner = text.parentElement.getBoundingClientRect();
        return inner.right > box.right + 1 || inner.left < box.left - 1 || inner.bottom > box.bottom + 1 || inner.top < box.top - 1;
      }).map((text) => text.textContent.slice(0, 40));
    })`);
    expect(spilled).toEqual([]);
  });

  test('a name that turns writing around leaves the id and the role where they were', async () => {
    const screen = await screens?.show({ scenario: 'hostile' });
    if (screen === undefined) {
      return;
    }
    await screen.page.keyboard.type('700000000014 read');
    const row = screen.page.locator('[role=row][aria-selected=true]');
    expect(await row.locator('.account-id').textContent()).toBe('700000000014');
    const [role, id] = await Promise.all([
      row.locator('.role-row__role').boundingBox(),
      row.locator('.account-id').boundingBox(),
    ]);
    expect(role?.x ?? Infinity).toBeLessThan(id?.x ?? 0);
  });
});

describe('the page', () => {
  test('draws nothing from the token or code in its address, and forgets them', async () => {
    const context = await screens?.browser.newContext();
    const page = await context?.newPage();
    if (page === undefined || screens === undefined) {
      return;
    }
    const posts: string[] = [];
    await page.route('**/api/**', async (route) => {
      posts.push(`${new URL(route.request().url()).pathname} ${route.request().postData() ?? ''}`);
      await route.fulfill({ status: 403, body: '' });
    });
    await page.goto(`${screens.origin}/#b=one-shot-code`);
    await page.locator('text=Open Rolecall again from your terminal').waitFor();
    expect(posts).toEqual(['/api/bootstrap {"code":"one-shot-code"}']);
    expect(page.url()).toBe(`${screens.origin}/`);
    expect(await page.content()).not.toContain('one-shot-code');
    await page.reload();
    await page.locator('text=Open Rolecall again from your terminal').waitFor();
    expect(posts).toHaveLength(1);
    await context?.close();
  });

  test('keeps nothing in web storage', async () => {
    const screen = await screens?.show();
    await screen?.page.keyboard.press('Enter');
    expect(await screen?.page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([
      0,
      0,
      '',
    ]);
  });
});
