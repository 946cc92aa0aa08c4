import { describe, expect, test } from 'vitest';
import type { Screen } from './screen-harness.ts';
import { screenOpener } from './screen-opener.ts';

const open = screenOpener();

/** The window with its table, and the keyboard in it on the third row. */
async function table(options: Parameters<typeof open>[0] = {}): Promise<Screen> {
  const screen = await open({ view: 'window', height: 720, ...options });
  await row(screen, 2).click();
  return screen;
}

const row = ({ page }: Screen, at: number) => page.locator(`.table__row[aria-rowindex="${at + 2}"]`);
const button = ({ page }: Screen, name: string) => page.getByRole('button', { name });

/** A button of the panel in the inspector's place. */
const panel = ({ page }: Screen, name: string | RegExp) => page.locator('.several').getByRole('button', { name });

/** Places of the selected rows in sight, from 0. */
const selected = (screen: Screen): Promise<readonly number[]> =>
  screen.page.evaluate<number[]>(
    `[...document.querySelectorAll('.table__row[aria-selected=true]')].map((row) => row.ariaRowIndex - 2).sort((a, b) => a - b)`,
  );

const announced = (screen: Screen): Promise<string> => screen.page.locator('[role=status].visually-hidden').innerText();

async function given(screen: Screen, name: string): Promise<readonly unknown[]> {
  return (await screen.commands()).filter((command) => command.name === name).map(({ input }) => input);
}

async function press({ page }: Screen, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
  }
}

const toast = ({ page }: Screen) => page.locator('.toasts');

describe('several rows', () => {
  test('are selected by Ctrl and a click, and by Shift and a click from there; a click alone goes back to one', async () => {
    const screen = await table();
    await row(screen, 4).click({ modifiers: ['Control'] });
    expect(await selected(screen)).toEqual([2, 4]);
    expect(await announced(screen)).toBe('2 roles selected');
    await row(screen, 6).click({ modifiers: ['Meta'] });
    await row(screen, 4).click({ modifiers: ['Control'] });
    expect(await selected(screen)).toEqual([2, 6]);
    await row(screen, 8).click({ modifiers: ['Shift'] });
    expect(await selected(screen)).toEqual([4, 5, 6, 7, 8]);
    await row(screen, 3).click({ modifiers: ['Shift'] });
    expect(await selected(screen)).toEqual([3, 4]);
    await row(screen, 5).click();
    expect(await selected(screen)).toEqual([5]);
    expect(await announced(screen)).toBe('');
    await screen.page.getByRole('complementary', { name: 'Selected role' }).waitFor();
    expect(await given(screen, 'openConsole')).toEqual([]);
  });

  test('of two, one that is taken off leaves the other, whose actions are shown then', async () => {
    const screen = await table();
    const name = await row(screen, 2).locator('.table__name--account').innerText();
    await row(screen, 5).click({ modifiers: ['Control'] });
    await row(screen, 5).click({ modifiers: ['Control'] });
    expect(await selected(screen)).toEqual([2]);
    expect(await screen.page.locator('.inspector__title').innerText()).toBe(name);
    // The last one stays.
    await row(screen, 2).click({ modifiers: ['Control'] });
    expect(await selected(screen)).toEqual([2]);
  });

  test('are selected by Shift and keys that move, all by Ctrl+A, and Escape goes back to the last', async () => {
    const screen = await table();
    await press(screen, 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowUp');
    expect(await selected(screen)).toEqual([2, 3]);
    await press(screen, 'Shift+PageDown');
    expect(await selected(screen)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    await press(screen, 'Shift+Home');
    expect(await selected(screen)).toEqual([0, 1, 2]);
    await press(screen, 'Shift+End');
    expect(await announced(screen)).toBe('29 roles selected');
    await press(screen, 'Control+a');
    expect(await announced(screen)).toBe('31 roles selected');
    await press(screen, 'Escape');
    expect(await selected(screen)).toEqual([30]);
    await press(screen, 'ArrowUp');
    expect(await selected(screen)).toEqual([29]);
  });

  test('in the search field Ctrl+A and Shift+Home mark what is written; Shift and arrows select what is found', async () => {
    const screen = await table();
    await screen.page.keyboard.type('prod');
    await press(screen, 'Control+a');
    const chosenText = 'document.activeElement.selectionEnd - document.activeElement.selectionStart';
    expect(await screen.page.evaluate(chosenText)).toBe(4);
    await press(screen, 'ArrowDown', 'End', 'Shift+Home');
    expect(await screen.page.evaluate(chosenText)).toBe(4);
    expect((await selected(screen)).length).toBe(1);
    await press(screen, 'Shift+ArrowDown');
    expect((await selected(screen)).length).toBe(2);
    // Escape goes back to one, then empties the field; what is searched for anew begins with one.
    await press(screen, 'Escape');
    expect((await selected(screen)).length).toBe(1);
    expect(await screen.page.inputValue('[role=combobox]')).toBe('prod');
    await press(screen, 'Shift+ArrowDown', 'a');
    expect(await announced(screen)).toBe('');
  });

  test('keep their selection while rows come and go, and while the star of one is pressed', async () => {
    const screen = await table();
    await press(screen, 'Shift+ArrowDown');
    await row(screen, 7).hover();
    await row(screen, 7).locator('.star').click();
    await screen.until('fake.given.some(({ name }) => name === "setMarks")');
    expect(await selected(screen)).toEqual([2, 3]);
    const keys = await screen.page.evaluate<readonly string[]>(
      `[...document.querySelectorAll('[aria-selected=true]')].map((row) => row.dataset.target)`,
    );
    await screen.page.evaluate(`fake.patch({ marks: { ...fake.state().marks,
      'sso:999900001111/Billing/acme': { hidden: true } } })`);
    await screen.until(`document.querySelector('[data-target="sso:999900001111/Billing/acme"]') === null`);
    expect(await selected(screen)).toEqual([1, 2]);
    expect(keys).toHaveLength(2);
  });

  test('have one menu by a right click on any of them; another row has its own', async () => {
    const screen = await table();
    await press(screen, 'Shift+ArrowDown');
    await row(screen, 3).click({ button: 'right' });
    expect(await screen.page.getByRole('menu').getAttribute('aria-label')).toBe('2 roles selected');
    await press(screen, 'Escape', 'Shift+F10');
    expect(await screen.page.getByRole('menu').getAttribute('aria-label')).toBe('2 roles selected');
    await press(screen, 'Escape');
    await row(screen, 6).click({ button: 'right' });
    await screen.page.getByRole('menuitem', { name: 'Open console' }).waitFor();
  });
});

describe('what is done for several roles', () => {
  test('is one command, and the word on it takes it back', async () => {
    const screen = await table();
    await press(screen, 'Shift+ArrowDown', 'Shift+ArrowDown');
    await press(screen, 'Control+d');
    await toast(screen).getByText('Pin to top: 3 roles').waitFor();
    const of = [
      { kind: 'sso-roles', ssoSession: 'acme', roleName: 'DataEngineer', accountIds: ['444455556666'] },
      { kind: 'sso-roles', ssoSession: 'acme', roleName: 'ReadOnlyAccess', accountIds: ['444455556666'] },
      { kind: 'sso-roles', ssoSession: 'acme', roleName: 'PowerUserAccess', accountIds: ['555566667777'] },
    ];
    expect(await given(screen, 'setManyMarks')).toEqual([{ changes: [{ of, marks: { pinned: true } }] }]);
    await panel(screen, 'Unpin').waitFor();
    await toast(screen).getByRole('button', { name: 'Undo' }).click();
    await screen.until(`fake.given.filter(({ name }) => name === 'setManyMarks').length === 2`);
    await panel(screen, 'Pin to top').waitFor();
    expect(await given(screen, 'setMarks')).toEqual([]);
  });

  test('is offered with how many it is for, where it is not for all', async () => {
    const screen = await table();
    await press(screen, 'Control+a');
    const labels = await screen.page.locator('.several__buttons > button').allInnerTexts();
    expect(labels.map((label) => label.trim())).toEqual([
      'Pin to top 28',
      'Unpin 3',
      'Hide',
      'Guard 30',
      'Stop guarding 1',
      'Colour of the accounts…',
      'Tags of the accounts…',
      'Add profiles… acme 23',
      'Add profiles… globex 3',
      'Renew now 3',
      'Forget credentials… 3',
      'Select one only',
    ]);
  });

  test('leaves one selected when all are hidden, and the others again when that is taken back', async () => {
    const screen = await table();
    await press(screen, 'Shift+ArrowDown');
    await button(screen, 'Hide').click();
    await screen.until(`document.querySelectorAll('.several').length === 0`);
    expect(await screen.page.locator('.access__count').innerText()).toBe('29 roles');
    await toast(screen).getByRole('button', { name: 'Undo' }).click();
    await screen.until(`document.querySelector('.access__count').innerText === '31 roles'`);
  });

  test('gives their accounts a colour and tags, each account once, and takes back what was there before', async () => {
    const screen = await table();
    await screen.page.keyboard.type('production');
    await row(screen, 0).click();
    await press(screen, 'Control+a');
    const accountMarks = (id: string): Promise<unknown> =>
      screen.page.evaluate(`fake.state().marks['account:acme/${id}']`);
    await button(screen, 'Colour of the accounts').click();
    await screen.page.getByRole('menuitemradio', { name: 'Blue' }).click();
    await toast(screen).getByText('Blue: 2 accounts').waitFor();
    expect(await accountMarks('121212121212')).toEqual({ colour: 'blue', tags: ['pci'] });
    await toast(screen).getByRole('button', { name: 'Undo' }).click();
    await screen.until(`fake.state().marks['account:acme/121212121212'].colour === 'red'`);

    await button(screen, 'Tags of the accounts').click();
    await screen.page.getByRole('menuitemcheckbox', { name: 'pci', checked: false }).click();
    await screen.until(`fake.state().marks['account:acme/111122223333'].tags.includes('pci')`);
    await toast(screen).getByRole('button', { name: 'Undo' }).click();
    await screen.until(`!fake.state().marks['account:acme/111122223333'].tags.includes('pci')`);
    expect(await accountMarks('121212121212')).toEqual({ colour: 'red', tags: ['pci'] });

    await button(screen, 'Tags of the accounts').click();
    await screen.page.getByRole('menuitem', { name: 'Other tags' }).click();
    await screen.page.getByRole('dialog').getByRole('textbox', { name: 'Other tags' }).waitFor();
    await screen.page.keyboard.type('team-a, pci');
    await press(screen, 'Enter');
    await screen.until(`fake.state().marks['account:acme/111122223333'].tags.includes('team-a')`);
    expect(await accountMarks('111122223333')).toEqual({ colour: 'red', tags: ['live', 'tier-1', 'team-a', 'pci'] });
    await button(screen, 'Tags of the accounts').click();
    await screen.page.getByRole('menuitemcheckbox', { name: 'team-a', checked: true }).click();
    await screen.until(`!fake.state().marks['account:acme/111122223333'].tags.includes('team-a')`);
  });

  test('renews those of which credentials are held, and says which were not', async () => {
    const screen = await table();
    await press(screen, 'Control+a');
    await screen.page.evaluate(`fake.failNext('renewCredentials', {
      code: 'offline', message: 'AWS cannot be reached.', hint: 'Look at the network.' })`);
    await button(screen, 'Renew now').click();
    await toast(screen).getByText('Renew now: 2 roles done, 1 not').waitFor();
    expect(await toast(screen).innerText()).toMatch(/Data Platform.*, .*DataEngineer.*: AWS cannot be reached\./);
    expect(await given(screen, 'renewCredentials')).toHaveLength(3);
    expect(await screen.page.locator('[aria-busy=true]').count()).toBe(0);
  });

  test('who cancels the renewal of one is not asked for the rest', async () => {
    const screen = await table();
    await press(screen, 'Control+a');
    await screen.page.evaluate(`fake.failNext('renewCredentials', { code: 'cancelled', message: 'No.', hint: '' })`);
    await button(screen, 'Renew now').click();
    await toast(screen).getByText('Renew now: 0 roles done, 3 not').waitFor();
    expect(await given(screen, 'renewCredentials')).toHaveLength(1);
  });

  test('asks before credentials are forgotten, for that cannot be taken back', async () => {
    const screen = await table();
    await press(screen, 'Control+a');
    await button(screen, 'Forget credentials').click();
    expect(await given(screen, 'forgetCredentials')).toEqual([]);
    await screen.page.getByRole('alertdialog').getByRole('button', { name: 'Forget credentials' }).click();
    await toast(screen).getByText('Forget credentials: 3 roles').waitFor();
    expect(await screen.page.evaluate('fake.state().liveRoles')).toEqual([]);
  });

  test('adds profiles for those without one, shown first', async () => {
    const screen = await table();
    await screen.page.keyboard.type('staging');
    await row(screen, 0).click();
    await press(screen, 'Control+a');
    await button(screen, 'Add profiles…').click();
    await screen.page.getByRole('dialog', { name: 'Profiles for the selected roles' }).waitFor();
    await screen.page.locator('dialog .diff').first().waitFor();
    const roles = [
      { roleName: 'DeveloperAccess', accountIds: ['343434343434', '222233334444'] },
      { roleName: 'ReadOnlyAccess', accountIds: ['343434343434', '222233334444'] },
    ];
    const [preview] = (await given(screen, 'syncProfiles')) as readonly { readonly roles: readonly unknown[] }[];
    expect(preview).toEqual({ ssoSession: 'acme', preview: true, roles: expect.anything() as unknown });
    expect(preview?.roles).toHaveLength(2);
    expect(JSON.parse(JSON.stringify(preview?.roles))).toEqual(
      expect.arrayContaining(roles.map((role) => expect.objectContaining({ roleName: role.roleName }) as unknown)),
    );
    await screen.page.getByRole('button', { name: 'Write profiles' }).click();
    await toast(screen).getByText('Changed').waitFor();
    expect(await given(screen, 'syncProfiles')).toContainEqual({ ssoSession: 'acme', roles: preview?.roles });
  });

  test('is one command for 20,000 of them', async () => {
    const screen = await open({ view: 'window', height: 720, scenario: { accounts: 5_000, rolesEach: 4 } });
    await row(screen, 0).click();
    await press(screen, 'Control+a');
    await screen.page.getByRole('heading', { name: /^20,0\d\d roles selected$/ }).waitFor();
    await panel(screen, /^Guard/).click();
    await screen.until(`document.querySelector('.toasts').innerText.includes('Guard')`);
    const commands = await given(screen, 'setManyMarks');
    expect(commands).toHaveLength(1);
    expect(JSON.stringify(commands[0]).length).toBeLessThan(900_000);
    expect(await given(screen, 'setMarks')).toEqual([]);
    expect(screen.troubles).toEqual([]);
  });
});
