import { describe, expect, test } from 'vitest';
import { HOSTILE_NAMES } from '../renderer/hostile-names.ts';
import { screenOpener } from './screen-opener.ts';

const open = screenOpener();

describe('an organization of hostile names', () => {
  test('is shown as text, each name with its id, and nothing of it runs', async () => {
    const screen = await open({ scenario: 'hostile', height: 4_600 });
    await screen.page.waitForTimeout(100);
    const ids = await screen.page.locator('.account-row .account-id').allTextContents();
    expect(ids.toSorted()).toEqual(HOSTILE_NAMES.map((_name, at) => String(700_000_000_000 + at)));
    expect(await screen.page.locator('.list img, .list script, .list b, .list [onload]').count()).toBe(0);
    expect(screen.troubles).toEqual([]);
  });

  test.each(['/access', '/sessions', '/profiles', '/activity', '/doctor', '/guide', '/settings'])(
    'does no harm on the page %s',
    async (place) => {
      const screen = await open({ scenario: 'hostile', view: 'window', place });
      expect(await screen.page.locator('#root img, #root script, #root iframe').count()).toBe(0);
      expect(screen.troubles).toEqual([]);
    },
  );

  test('no name leaves its row, to either side or over its neighbours', async () => {
    const screen = await open({ scenario: 'hostile', height: 4_600 });
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
    const screen = await open({ scenario: 'hostile' });
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
    const shown = (await open()).page;
    const { origin } = new URL(shown.url());
    // Another one, without the scripted client in the preload script's place.
    const page = await shown.context().browser()?.newPage();
    if (page === undefined) {
      throw new Error('no browser');
    }
    const posts: string[] = [];
    await page.route('**/api/**', async (route) => {
      posts.push(`${new URL(route.request().url()).pathname} ${route.request().postData() ?? ''}`);
      await route.fulfill({ status: 403, body: '' });
    });
    await page.goto(`${origin}/#b=one-shot-code`);
    await page.locator('text=Open Rolecall again from your terminal').waitFor();
    expect(posts).toEqual(['/api/bootstrap {"code":"one-shot-code"}']);
    expect(page.url()).toBe(`${origin}/`);
    expect(await page.content()).not.toContain('one-shot-code');
    await page.reload();
    await page.locator('text=Open Rolecall again from your terminal').waitFor();
    expect(posts).toHaveLength(1);
  });

  test('keeps nothing in web storage', async () => {
    const screen = await open();
    await screen.page.keyboard.press('Enter');
    const stored = await screen.page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]');
    expect(stored).toEqual([0, 0, '']);
  });
});
