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

/** The words at the head of the columns in sight. */
const heads = (screen: Screen): Promise<string> =>
  screen.page
    .locator('.table__sort:visible')
    .allInnerTexts()
    .then((texts) => texts.join(' '));

async function toggle(screen: Screen, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await screen.page.getByRole('button', { name: 'Choose columns' }).click();
    await screen.page.getByRole('menuitemcheckbox', { name, exact: true }).click();
  }
}

async function given(screen: Screen, name: string): Promise<readonly unknown[]> {
  return (await screen.commands()).filter((command) => command.name === name).map(({ input }) => input);
}

describe('the columns of the table', () => {
  test('are put away and asked for by the user, who finds in the menu what is in sight', async () => {
    const screen = await wide();
    expect(await heads(screen)).toBe('Account Account ID Role Type Region Profiles Tags Access ends');
    await toggle(screen, 'Region', 'Email', 'Pin');
    await screen.until('fake.state().settings.tableColumns.pin === false');
    expect(await heads(screen)).toBe('Account Account ID Email Role Type Profiles Tags Access ends');
    expect(await given(screen, 'updateSettings')).toEqual([
      { changes: { tableColumns: { region: false } } },
      { changes: { tableColumns: { region: false, email: true } } },
      { changes: { tableColumns: { region: false, email: true, pin: false } } },
    ]);
    await screen.page.locator('[role=columnheader]', { hasText: 'Role' }).click({ button: 'right' });
    const checked = screen.page.getByRole('menuitemcheckbox', { checked: true });
    expect(await checked.allInnerTexts()).toEqual(['Account ID', 'Email', 'Type', 'Profiles', 'Tags']);
    await screen.page.getByRole('menuitem', { name: 'Usual columns' }).click();
    await screen.until('Object.keys(fake.state().settings.tableColumns).length === 0');
    expect(await heads(screen)).toBe('Account Account ID Role Type Region Profiles Tags Access ends');
    expect(screen.troubles).toEqual([]);
  });

  test('are chosen by the keyboard alone', async () => {
    const screen = await wide();
    await screen.page.getByRole('button', { name: 'Choose columns' }).focus();
    for (const key of ['Enter', 'e', 'Enter']) {
      await screen.page.keyboard.press(key);
    }
    await screen.until('fake.state().settings.tableColumns.email === true');
    expect(await screen.page.evaluate('document.activeElement.ariaLabel')).toBe('Choose columns');
  });

  test('change in every window as soon as they change in one; what is no column changes nothing', async () => {
    const screen = await wide();
    await screen.page.evaluate(
      'fake.patch({ settings: { ...fake.state().settings, tableColumns: { type: false, colour: true, account: false } } })',
    );
    await screen.until(`document.querySelector('.table__cell--type') === null`);
    expect(await heads(screen)).toBe('Account Account ID Role Region Profiles Tags Access ends');
    // What it does not know stays as it is.
    await toggle(screen, 'Tags');
    await screen.until('fake.state().settings.tableColumns.tags === false');
    expect(await screen.page.evaluate('fake.state().settings.tableColumns.colour')).toBe(true);
  });

  test('give way where the window is narrow, those last that were asked for', async () => {
    const screen = await wide();
    await toggle(screen, 'Email', 'Profiles');
    await screen.until('fake.state().settings.tableColumns.profiles === true');
    const shownAt = async (width: number): Promise<string> => {
      await screen.page.setViewportSize({ width, height: 720 });
      return heads(screen);
    };
    expect(await shownAt(1440)).toBe('Account Account ID Email Role Type Profiles Access ends');
    expect(await shownAt(1400)).toBe('Account Account ID Email Role Profiles Access ends');
    expect(await shownAt(1080)).toBe('Account Account ID Role Profiles Access ends');
    expect(await shownAt(740)).toBe('Account Account ID Role Access ends');
    await screen.page.getByRole('button', { name: 'Choose columns' }).click();
    const email = screen.page.getByRole('menuitemcheckbox', { name: /^Email/, checked: true });
    expect(await email.innerText()).toContain('no room');
  });

  test('that order the rows put the order away with them', async () => {
    const screen = await wide();
    const first = screen.page.locator('.table__row').first();
    const usual = await first.innerText();
    await screen.page.getByRole('button', { name: 'Region', exact: true }).click();
    await screen.page.getByRole('button', { name: 'Region', exact: true }).click();
    await screen.page.locator('[aria-sort=descending]').waitFor();
    expect(await first.innerText()).not.toBe(usual);
    await toggle(screen, 'Region');
    await screen.until(`document.querySelector('.table__cell--region') === null`);
    expect(await first.innerText()).toBe(usual);
    expect(await screen.page.locator('[aria-sort=ascending], [aria-sort=descending]').count()).toBe(0);
  });
});

test.each([
  ['Profiles', 'admin'],
  ['Tags', 'live'],
  ['Account', 'aardvark'],
])('rows are ordered by %s as it is shown', async (column, first) => {
  const screen = await wide();
  await screen.page.evaluate(`fake.patch({ marks: { ...fake.state().marks,
    'account:acme/121212121212': { alias: 'aardvark' } } })`);
  await screen.page.getByRole('button', { name: column, exact: true }).click();
  await screen.page.locator('[aria-sort=ascending]').waitFor();
  await screen.page.locator('.table__row').first().getByText(first).first().waitFor({ timeout: 2000 });
});
