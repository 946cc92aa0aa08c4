import { describe, expect, test } from 'vitest';
import type { Screen, ScreenOptions } from './screen-harness.ts';
import { screenOpener } from './screen-opener.ts';

const show = screenOpener();
let screen: Screen;

async function open(options?: ScreenOptions): Promise<Screen> {
  screen = await show(options);
  return screen;
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await screen.page.keyboard.press(key);
  }
}

/** The last command of this name. */
async function lastInput(name: string): Promise<unknown> {
  await screen.until(`fake.given.some((command) => command.name === ${JSON.stringify(name)})`);
  return (await screen.commands()).findLast((command) => command.name === name)?.input;
}

const PROD_READ = { kind: 'sso-role', ssoSession: 'acme', accountId: '111122223333', roleName: 'ReadOnlyAccess' };
const PROD_ADMIN = { ...PROD_READ, roleName: 'AdministratorAccess' };

describe('with the keyboard alone', () => {
  test('typing finds, arrows move, Enter opens the console of the row that is marked', async () => {
    await open();
    await screen.page.keyboard.type('prod read');
    await press('ArrowDown', 'ArrowUp', 'Enter');
    expect(await lastInput('openConsole')).toEqual({ target: PROD_READ });
    expect(await screen.page.textContent('.toasts')).toContain('Console opened');
  });

  test('the popover opens with the first pinned role marked, and Ctrl+C copies it as last time', async () => {
    await open();
    await press('Control+c');
    expect(await lastInput('copyCredentials')).toEqual({ target: PROD_READ, format: 'bash' });
  });

  test('Ctrl+Shift+C chooses the format, which is then the one used last', async () => {
    await open();
    await press('Control+Shift+C', 'f', 'Enter');
    expect(await lastInput('copyCredentials')).toEqual({ target: PROD_READ, format: 'fish' });
    await screen.until('fake.state().settings.copyFormat === "fish"');
    expect(await screen.page.evaluate('document.activeElement.role')).toBe('combobox');
  });

  test('Alt+Enter opens production read-only at S3 in Tokyo', async () => {
    await open();
    await screen.page.keyboard.type('production readonly');
    await press('Alt+Enter');
    await screen.page.keyboard.type('tokyo');
    await press('Enter');
    await screen.page.keyboard.type('s3');
    await press('Enter');
    expect(await lastInput('openConsole')).toEqual({
      target: PROD_READ,
      destination: 's3',
      region: 'ap-northeast-1',
    });
  });

  test('a region alone leads to the console’s home there; one query may name region and service', async () => {
    await open();
    await screen.page.keyboard.type('production readonly');
    await press('Alt+Enter');
    await screen.page.keyboard.type('tok');
    await press('Enter', 'Enter');
    expect(await lastInput('openConsole')).toEqual({ target: PROD_READ, region: 'ap-northeast-1' });
    await press('Alt+Enter');
    await screen.page.keyboard.type('lambda osaka');
    await press('Enter');
    expect(await lastInput('openConsole')).toEqual({
      target: PROD_READ,
      destination: 'lambda',
      region: 'ap-northeast-3',
    });
  });

  test('an address of one’s own opens as it is', async () => {
    await open();
    await press('Alt+Enter');
    await screen.page.keyboard.insertText(
      'https://{region}.console.aws.amazon.com/ec2/home?region={region}#Instances:',
    );
    await press('Enter');
    expect(await lastInput('openConsole')).toMatchObject({
      destination: 'https://{region}.console.aws.amazon.com/ec2/home?region={region}#Instances:',
    });
  });

  test('the arrow to the right shows every action; Escape goes back to the field', async () => {
    await open();
    await press('ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter');
    expect(await lastInput('copyConsoleLink')).toEqual({ target: PROD_ADMIN });
    await press('ArrowRight', 'Escape');
    expect(await screen.page.locator('.menu').count()).toBe(0);
    expect(await screen.page.evaluate('document.activeElement.role')).toBe('combobox');
  });

  test('Ctrl+D pins, Alt and arrows put pinned roles in order', async () => {
    await open();
    await screen.page.keyboard.type('billing billing');
    await press('Control+d');
    expect(await lastInput('setMarks')).toEqual({ key: 'sso:999900001111/Billing/acme', marks: { pinned: true } });
    await press('Escape', 'Alt+ArrowDown');
    await screen.until('fake.given.filter((command) => command.name === "setMarks").length > 1');
    const order = (await screen.commands()).filter((command) => command.name === 'setMarks').slice(1);
    expect(order).toContainEqual({
      name: 'setMarks',
      input: { key: 'sso:111122223333/ReadOnlyAccess/acme', marks: { order: expect.any(Number) as number } },
    });
  });

  test('Ctrl+E names an account', async () => {
    await open();
    await press('Control+e');
    await screen.page.keyboard.type('Live shop');
    await press('Enter');
    expect(await lastInput('setMarks')).toEqual({ key: 'account:acme/111122223333', marks: { alias: 'Live shop' } });
    await screen.until('fake.state().marks["account:acme/111122223333"].alias === "Live shop"');
    await screen.page.locator('.role-row__account', { hasText: 'Live shop' }).first().waitFor();
  });

  test('? shows the keys while nothing is typed, and is a letter otherwise', async () => {
    await open();
    await press('?');
    expect(await screen.page.locator('dialog[open]').count()).toBe(1);
    await press('Escape');
    expect(await screen.page.locator('dialog[open]').count()).toBe(0);
    await screen.page.keyboard.type('a?');
    expect(await screen.page.inputValue('[role=combobox]')).toBe('a?');
  });

  test('Escape empties the field first', async () => {
    await open();
    await screen.page.keyboard.type('zzz');
    await press('Escape');
    expect(await screen.page.inputValue('[role=combobox]')).toBe('');
  });

  test('every control can be reached with Tab, and none keeps the keyboard', async () => {
    await open({ scenario: 'notices' });
    const seen: string[] = [];
    for (let step = 0; step < 16; step += 1) {
      await press('Tab');
      seen.push(
        await screen.page.evaluate<string>(
          'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
        ),
      );
    }
    for (const label of ['Sign in', 'Understood', 'Renew now', 'Accounts and roles', 'Settings', 'Open window']) {
      expect(seen).toContain(label);
    }
  });

  test('letters typed anywhere land in the field', async () => {
    await open();
    await screen.page.locator('[role=grid]').focus();
    await screen.page.keyboard.type('stag');
    expect(await screen.page.inputValue('[role=combobox]')).toBe('stag');
  });

  test('keys are heard where nothing holds the keyboard, as after a button that has gone', async () => {
    await open();
    await screen.page.evaluate('document.activeElement.blur()');
    await screen.page.keyboard.type('stag');
    expect(await screen.page.inputValue('[role=combobox]')).toBe('stag');
    await press('Escape');
    await screen.page.evaluate('document.activeElement.blur()');
    const first = await screen.page.getAttribute('[aria-selected=true]', 'data-target');
    await press('ArrowDown');
    expect(await screen.page.getAttribute('[aria-selected=true]', 'data-target')).not.toBe(first);
  });

  test('who comes back to a search copies the credentials of the role, though the text is marked to be typed over', async () => {
    await open();
    await screen.page.keyboard.type('prod');
    await screen.page.evaluate('window.dispatchEvent(new Event("focus"))');
    expect(await screen.page.evaluate('String(getSelection())')).toBe('prod');
    await press('Control+c');
    await expect.poll(async () => (await screen.commands()).map(({ name }) => name)).toEqual(['copyCredentials']);
    await press('Control+a', 'Control+c');
    await screen.page.waitForTimeout(80);
    expect(await screen.commands()).toHaveLength(1);
    await screen.page.keyboard.type('stag');
    expect(await screen.page.inputValue('[role=combobox]')).toBe('stag');
  });

  test('text marked in the field is copied as text, not as credentials', async () => {
    await open();
    await screen.page.keyboard.type('prod');
    await press('Control+a', 'Control+c');
    await screen.page.waitForTimeout(80);
    expect(await screen.commands()).toEqual([]);
  });
});

/** Keys of the targets in sight, in order. */
const rows = (): Promise<readonly string[]> =>
  screen.page.evaluate('[...document.querySelectorAll("[data-target]")].map((row) => row.dataset.target)');

describe('the filters of the search', () => {
  test('are words typed beside names, in the popover', async () => {
    await open();
    await screen.page.keyboard.type('region:tokyo is:pinned prod');
    await expect.poll(rows).toEqual(['sso:111122223333/ReadOnlyAccess/acme']);
    await press('Enter');
    expect(await lastInput('openConsole')).toEqual({ target: PROD_READ });
  });

  test('that mean nothing find nothing, and say what there is', async () => {
    await open();
    await screen.page.keyboard.type('prod type:zebra');
    await expect.poll(() => screen.page.textContent('.empty')).toMatch(/type:zebra.*type:sso, type:chained, type:user/);
    await press('Escape');
    await expect.poll(async () => (await rows()).length).toBeGreaterThan(5);
  });

  test('are written by a menu for those who do not know them, with how much each leaves, and taken back by it', async () => {
    await open({ view: 'window' });
    await screen.page.keyboard.type('prod');
    const menu = async (): Promise<void> => {
      await press('Tab');
      if ((await screen.page.evaluate('document.activeElement.textContent')) !== 'Filter') await press('Tab');
      await press('Enter');
    };
    await menu();
    const lines = await screen.page.getByRole('menuitemradio').allTextContents();
    expect(lines).toContain('Pinned 2');
    expect(lines.join()).not.toContain('Hidden');
    await press('a', 'Enter');
    const field = screen.page.getByRole('combobox');
    await expect.poll(() => field.inputValue()).toBe('is:live prod');
    expect(await rows()).toEqual(['sso:111122223333/ReadOnlyAccess/acme']);
    expect(await screen.page.evaluate('document.activeElement.role')).toBe('combobox');
    await menu();
    expect(await screen.page.evaluate('document.activeElement.ariaChecked')).toBe('true');
    await press('Enter');
    await expect.poll(() => field.inputValue()).toBe('prod');
  });

  test.each(['popover', 'window'] as const)(
    'are kept with the names beside them, had again by one choice, and forgotten by another, in the %s',
    async (view) => {
      await open({ view });
      const field = screen.page.getByRole('combobox');
      const choose = async (name: string): Promise<void> => {
        await screen.page.getByRole('button', { name: 'Filter', exact: true }).click();
        await screen.page.getByText(name, { exact: true }).click();
      };
      await field.fill('is:live prod');
      await choose('Save this search');
      expect(await lastInput('updateSettings')).toEqual({ changes: { savedSearches: ['is:live prod'] } });
      await field.fill('');
      await choose('is:live prod');
      expect(await field.inputValue()).toBe('is:live prod ');
      await expect.poll(rows).toEqual(['sso:111122223333/ReadOnlyAccess/acme']);
      await choose('Forget this search');
      await screen.until('fake.state().settings.savedSearches.length === 0');
    },
  );

  test('each line of the menu leaves as many rows as it says', async () => {
    await open({ view: 'window', height: 2000 });
    const button = screen.page.getByRole('button', { name: 'Filter', exact: true });
    await button.click();
    const items = screen.page.getByRole('menuitemradio');
    const lines = await items.allTextContents();
    expect(lines.length).toBeGreaterThan(8);
    await press('Escape');
    for (const [at, line] of lines.entries()) {
      await button.click();
      await items.nth(at).click();
      const count = /\d+$/.exec(line)?.[0];
      await expect
        .poll(() => screen.page.textContent('.access__count'))
        .toBe(`${count} ${count === '1' ? 'role' : 'roles'}`);
      expect(await rows()).toHaveLength(Number(count));
      await screen.page.getByRole('combobox').fill('');
    }
  });
});

describe('the selection', () => {
  test('stays on its role while rows stream in above it', async () => {
    await open();
    await press('End');
    const before = await screen.page.getAttribute('[aria-selected=true]', 'data-target');
    await screen.page
      .evaluate(`fake.push({ kind: 'directory', ssoSession: 'acme', upserted: Array.from({ length: 40 }, (_, at) => ({
      accountId: String(200000000000 + at), name: 'A new one ' + at, email: '', roles: ['ReadOnlyAccess'], stale: false })), removed: [],
      summary: { refreshedAt: undefined, progress: undefined, failure: undefined, changes: undefined } })`);
    await screen.page.waitForTimeout(120);
    await press('Control+c');
    const input = await lastInput('copyCredentials');
    expect(before).toContain('profile:');
    expect(input).toMatchObject({ target: { kind: 'profile', profile: before?.slice('profile:'.length) } });
  });

  test('is announced: the field names the row that Enter would open', async () => {
    await open();
    await press('ArrowDown', 'ArrowDown');
    const described = await screen.page.evaluate<string>(
      'document.getElementById(document.querySelector("[role=combobox]").getAttribute("aria-activedescendant")).textContent',
    );
    expect(described).toContain('Staging');
    expect(described).toContain('222233334444');
  });
});

describe('in the window', () => {
  test('the table has the same keys, and a column orders it', async () => {
    await open({ view: 'window' });
    await screen.page.keyboard.type('staging dev');
    await press('Enter');
    expect(await lastInput('openConsole')).toMatchObject({
      target: { accountId: '222233334444', roleName: 'DeveloperAccess' },
    });
    await press('Escape');
    await screen.page.locator('[role=columnheader] button', { hasText: 'Role' }).press('Enter');
    await screen.page.locator('[role=columnheader][aria-sort=ascending]').waitFor();
    const first = await screen.page.textContent('[role=row][aria-rowindex="2"]');
    expect(first).toContain('Development');
  });
});
