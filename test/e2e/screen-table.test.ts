import { describe, expect, test } from 'vitest';
import type { Screen } from './screen-harness.ts';
import { screenOpener } from './screen-opener.ts';

const open = screenOpener();

/** The window wide enough for every column. */
async function wide(): Promise<Screen> {
  const screen = await open({ view: 'window', width: 1800, height: 720 });
  await screen.page.locator('.table__row').first().waitFor();
  return screen;
}

const PROD_READ = 'sso:111122223333/ReadOnlyAccess/acme';

describe('a row of the table', () => {
  test('has the tags of its account also when the role has marks of its own', async () => {
    const { page, until } = await wide();
    const tags = page.locator(`[data-target="${PROD_READ}"] .table__cell--tags`);
    expect(await tags.innerText()).toBe('live\ntier-1');
    await page.evaluate(`fake.patch({ marks: { ...fake.state().marks,
      '${PROD_READ}': { tags: ['mine'] }, 'account:acme/111122223333': { tags: ['live'] } } })`);
    await until(
      `document.querySelector('[data-target="${PROD_READ}"] .table__cell--tags').innerText === 'live\\nmine'`,
    );
  });
});
