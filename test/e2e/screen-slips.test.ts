import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { SCENARIOS } from '../renderer/fake-scenarios.ts';
import { STANDING_NOW, type Screen } from './screen-harness.ts';
import { screenOpener } from './screen-opener.ts';

const open = screenOpener();

async function given(screen: Screen, name: string): Promise<readonly unknown[]> {
  return (await screen.commands()).filter((command) => command.name === name).map(({ input }) => input);
}

/** Two clicks of a double click, with time between them for the page to change. */
async function doubleClick(page: Page, x: number, y: number): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForTimeout(150);
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
}

/** The middle of what a locator finds. */
async function middleOf(page: Page, selector: string): Promise<{ readonly x: number; readonly y: number }> {
  const found = page.locator(selector).first();
  await found.scrollIntoViewIfNeeded();
  const box = await found.boundingBox();
  if (box === null) {
    throw new Error(`${selector} is not in sight`);
  }
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Puts text into the focused field as an input method does that has not been told yet which word is meant. */
async function compose(page: Page, text: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
}

const RULES = ['one', 'two', 'three'].map((account) => ({ account, role: '*' }));

describe('settings, before the core has answered', () => {
  const settings = async (): Promise<Screen> => {
    const screen = await open({ view: 'window', place: '/settings', height: 900, answerMs: 400 });
    await screen.page.evaluate(
      `fake.patch({ settings: { ...fake.state().settings, guardRules: ${JSON.stringify(RULES)} } })`,
    );
    await screen.page.getByRole('button', { name: 'Remove rule: Guarded roles: three' }).waitFor();
    return screen;
  };

  test('two rules taken away one right after the other are both gone', async () => {
    const { page, until } = await settings();
    await page.getByRole('button', { name: 'Remove rule: Guarded roles: one' }).click();
    await page.getByRole('button', { name: 'Remove rule: Guarded roles: two' }).click();
    await until('fake.state().settings.guardRules.length === 1');
    expect(await page.evaluate('fake.state().settings.guardRules')).toEqual(RULES.slice(2));
  });

  test('a switch stays as it was put, and goes back where it could not be kept', async () => {
    const { page } = await settings();
    const renewal = page.getByRole('switch', { name: 'Renew by itself' });
    const before = await renewal.isChecked();
    await renewal.click();
    expect(await renewal.isChecked()).toBe(!before);
    await expect.poll(() => page.evaluate('fake.state().settings.renewInBackground')).toBe(!before);
    expect(await renewal.isChecked()).toBe(!before);
    await page.evaluate(
      `fake.failNext('updateSettings', { code: 'internal', message: 'The disk is full.', hint: '' })`,
    );
    await renewal.click();
    await page.locator('text=The disk is full.').waitFor();
    expect(await renewal.isChecked()).toBe(!before);
  });

  test('what another window changes is shown after one’s own change', async () => {
    const { page } = await settings();
    await page.getByRole('button', { name: 'Remove rule: Guarded roles: one' }).click();
    await expect.poll(() => page.evaluate('fake.state().settings.guardRules.length')).toBe(2);
    await page.evaluate(`fake.patch({ settings: { ...fake.state().settings, guardRules: [] } })`);
    await page.getByRole('button', { name: 'Remove rule: Guarded roles: two' }).waitFor({ state: 'detached' });
  });
});

describe('the second click of a double click', () => {
  test('takes no other rule away', async () => {
    const { page } = await open({ view: 'window', place: '/settings', height: 900 });
    await page.evaluate(`fake.patch({ settings: { ...fake.state().settings, guardRules: ${JSON.stringify(RULES)} } })`);
    const trash = '[aria-label^="Remove rule: Guarded roles: one"]';
    const { x, y } = await middleOf(page, trash);
    await doubleClick(page, x, y);
    await page.waitForTimeout(100);
    expect(await page.evaluate('fake.state().settings.guardRules')).toEqual(RULES.slice(1));
  });

  test('answers no question that was not seen', async () => {
    const screen = await open({ view: 'prompt', scenario: 'confirm-use' });
    const { page } = screen;
    await page.evaluate(
      `fake.patch({ prompts: [...fake.state().prompts, { ...fake.state().prompts[0], id: 'next' }] })`,
    );
    const { x, y } = await middleOf(page, '.prompt__foot .button--danger');
    await doubleClick(page, x, y);
    await page.waitForTimeout(100);
    expect(await given(screen, 'answerPrompt')).toEqual([{ promptId: 'prompt-3', answer: 'accept' }]);
  });

  test('opens no console of a role that lies beneath a menu', async () => {
    const screen = await open({});
    const { page } = screen;
    await page.locator('[data-target]').first().click({ button: 'right' });
    const { x, y } = await middleOf(page, '.menu__item:has-text("Unpin"), .menu__item:has-text("Pin")');
    await doubleClick(page, x, y);
    await page.waitForTimeout(100);
    expect((await given(screen, 'setMarks')).length).toBe(1);
    expect(await given(screen, 'openConsole')).toEqual([]);
  });

  test('opens no console of a role that lies beneath a dialog', async () => {
    const screen = await open({ view: 'window' });
    const { page } = screen;
    await page.locator('.table__row').nth(5).click();
    await page.getByRole('button', { name: 'Edit' }).first().click();
    const { x, y } = await middleOf(page, 'dialog[open] .dialog__foot button');
    await doubleClick(page, x, y);
    await page.waitForTimeout(100);
    expect(await page.locator('dialog[open]').count()).toBe(0);
    expect(await page.evaluate(`document.elementFromPoint(${x}, ${y}).closest('[data-target]') !== null`)).toBe(true);
    expect(await given(screen, 'openConsole')).toEqual([]);
  });

  test('opens a role of the table that it began on', async () => {
    const screen = await open({ view: 'window' });
    const { x, y } = await middleOf(screen.page, '.table__row:nth-child(4) .table__name');
    await doubleClick(screen.page, x, y);
    await expect.poll(async () => (await given(screen, 'openConsole')).length).toBe(1);
  });
});

describe('a click beside a menu', () => {
  test('puts it away, and opens no role', async () => {
    const screen = await open({});
    const { page } = screen;
    await page.locator('[data-target]').first().click({ button: 'right' });
    await page.locator('.menu').waitFor();
    const menu = await page.locator('.menu').boundingBox();
    const free = await page.locator('[data-target]').evaluateAll(
      (rows, at) => {
        const places = rows.map((row) => row.getBoundingClientRect());
        return places.find(({ top, bottom }) => bottom < at.y || top > at.y + at.height);
      },
      menu ?? { x: 0, y: 0, width: 0, height: 0 },
    );
    await page.mouse.click((free?.left ?? 0) + 60, ((free?.top ?? 0) + (free?.bottom ?? 0)) / 2);
    await page.locator('.menu').waitFor({ state: 'detached' });
    await page.waitForTimeout(100);
    expect(await given(screen, 'openConsole')).toEqual([]);
  });

  test('puts it away on the button that opened it', async () => {
    const { page } = await open({ view: 'window', place: '/profiles' });
    const { x, y } = await middleOf(page, '.profiles__tools [aria-haspopup=menu]');
    await page.mouse.click(x, y);
    await page.locator('.menu').waitFor();
    await page.mouse.click(x, y);
    await page.waitForTimeout(200);
    expect(await page.locator('.menu').count()).toBe(0);
    await page.mouse.click(x, y);
    await page.locator('.menu').waitFor();
  });
});

test('text marked beyond the edge of a dialog does not close it', async () => {
  const { page } = await open({ view: 'window' });
  await page.locator('.table__row').nth(5).click();
  await page.getByRole('button', { name: 'Edit' }).first().click();
  await page.keyboard.type('my name');
  const { x, y } = await middleOf(page, 'dialog[open] input');
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(20, y, { steps: 5 });
  await page.mouse.up();
  await page.waitForTimeout(100);
  expect(await page.locator('dialog[open]').count()).toBe(1);
  await page.mouse.click(20, y);
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
});

describe('a toast', () => {
  test('does not go from under the mouse, nor while it holds the keyboard', async () => {
    const { page } = await open({ clockRuns: true });
    await page.locator('[data-target]').first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Hide' }).click();
    const undo = page.locator('.toast').getByRole('button', { name: 'Undo' });
    await undo.hover();
    await page.waitForTimeout(5_500);
    expect(await undo.isVisible()).toBe(true);
    await undo.focus();
    await page.mouse.move(5, 5);
    await page.waitForTimeout(5_500);
    expect(await undo.isVisible()).toBe(true);
    await page.locator('[role=combobox]').focus();
    await undo.waitFor({ state: 'detached' });
  });
});

describe('Enter that ends the composition of a word', () => {
  test('keeps no half of a setting', async () => {
    const screen = await open({ view: 'window', place: '/settings' });
    const { page } = screen;
    await page.getByLabel('Certificate authorities').focus();
    await page.keyboard.insertText('/home/');
    await compose(page, 'にほn');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(100);
    expect(await given(screen, 'updateSettings')).toEqual([]);
    expect(await page.getByLabel('Certificate authorities').inputValue()).toBe('/home/にほn');
  });

  test('adds no half of a rule', async () => {
    const { page } = await open({ view: 'window', place: '/profiles' });
    await page.getByRole('button', { name: 'Profiles for all roles' }).click();
    const field = page.locator('dialog[open] fieldset input').first();
    await field.focus();
    await compose(page, 'ほんb');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(100);
    expect(await field.inputValue()).toBe('ほんb');
    expect(await page.locator('dialog[open] .rule', { hasText: 'ほん' }).count()).toBe(0);
  });

  test('chooses no profile', async () => {
    const { page } = await open({ view: 'window', place: '/profiles' });
    const search = page.locator('.profiles__list input');
    await search.focus();
    const before = await page.locator('.profiles__row[aria-selected=true]').innerText();
    await compose(page, 'a');
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(100);
    expect(await page.locator('.profiles__row[aria-selected=true]').innerText()).toBe(before);
  });
});

describe('a part of the screen that does not come', () => {
  const PARTS = '**/assets/pages*';

  test('says so in the place of a page, from which others are reached, and comes when it is loaded again', async () => {
    const { page } = await open({ view: 'window' });
    await page.route(PARTS, (route) => route.abort());
    await page.getByRole('button', { name: 'Doctor', exact: true }).click();
    const said = page.locator('main', { hasText: 'This part did not load' });
    await said.waitFor();
    await page.getByRole('button', { name: 'Access', exact: true }).click();
    await page.locator('.table__row').first().waitFor();
    await page.getByRole('button', { name: 'Doctor', exact: true }).click();
    await page.unroute(PARTS);
    await said.getByRole('button', { name: 'Load again' }).click();
    await said.waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Doctor' }).waitFor();
  });

  test('says so in the place of a dialog, and the page stays', async () => {
    const { page } = await open({ view: 'window', place: '/sessions' });
    await page.route(PARTS, (route) => route.abort());
    await page.getByRole('button', { name: 'Actions for acme' }).click();
    await page.getByRole('menuitem', { name: 'Profiles for all roles' }).click();
    const said = page.locator('dialog[open]', { hasText: 'This part did not load' });
    await said.getByRole('button', { name: 'Load again' }).waitFor();
    await page.keyboard.press('Escape');
    await said.waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Sessions' }).waitFor();
  });

  test('says that Rolecall is gone where it is', async () => {
    const { page } = await open({ view: 'window' });
    await page.route(PARTS, (route) => route.abort());
    await page.evaluate('fake.setConnected(false)');
    await page.getByRole('button', { name: 'Doctor', exact: true }).click();
    const said = page.locator('main', { hasText: 'Rolecall stopped answering' });
    await said.waitFor();
    expect(await said.getByRole('button', { name: 'Load again' }).count()).toBe(0);
  });
});

test.each(['window', 'popover'] as const)(
  'what cannot be drawn in the %s says why and what to do, instead of leaving an empty page',
  async (view) => {
    const { page } = await open({ view });
    await page.evaluate('fake.patch({ ssoSessions: null })');
    const said = page.locator('main', { hasText: 'This cannot be shown' });
    await said.waitFor();
    expect(await said.innerText()).toContain('Cannot read properties of null');
    await said.getByRole('button', { name: 'Load again' }).click();
    await said.waitFor({ state: 'detached' });
    await page.getByRole('combobox').waitFor();
  },
);

describe('a region', () => {
  test('of two words is typed as it is called', async () => {
    const { page } = await open({ view: 'window' });
    await page.getByRole('button', { name: 'Add another' }).first().click();
    await page.getByLabel('Region').pressSequentially('hong kong');
    expect(await page.getByLabel('Region').inputValue()).toBe('ap-east-1');
  });

  test('is not put into a word that is being composed', async () => {
    const { page } = await open({ view: 'window', language: 'ja' });
    await page.getByRole('button', { name: 'Identity Center をさらに追加' }).click();
    const field = page.locator('dialog[open] input').nth(1);
    await field.focus();
    await compose(page, '東京');
    await page.waitForTimeout(50);
    await page.keyboard.insertText('東京');
    await page.waitForTimeout(50);
    expect(await field.inputValue()).toBe('ap-northeast-1');
  });
});

test('a button that has worked has the keyboard again', async () => {
  const { page } = await open({ view: 'window', place: '/settings', answerMs: 300 });
  const button = page.getByRole('button', { name: 'Test', exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.locator('text=hosts of AWS answered').waitFor();
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Test');
});

describe('an answer that takes long', () => {
  test('closes no dialog but its own', async () => {
    const screen = await open({ view: 'window', place: '/profiles/assume-only', answerMs: 700 });
    const { page } = screen;
    await page.getByRole('button', { name: 'Protect…' }).click();
    await page.locator('dialog[open] .button--primary:enabled').click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Profiles for all roles' }).click();
    await page.locator('dialog[open] fieldset input').first().pressSequentially('half a rule');
    await expect.poll(() => page.evaluate('fake.state().profiles.some((each) => each.protected)')).toBe(true);
    await page.waitForTimeout(200);
    expect(await page.locator('dialog[open] fieldset input').first().inputValue()).toBe('half a rule');
  });

  test('takes nobody back to a page that was left', async () => {
    const screen = await open({ view: 'window', place: '/profiles/assume-only', answerMs: 700 });
    const { page } = screen;
    await page.getByRole('button', { name: 'Edit…' }).click();
    await page.getByLabel('Name', { exact: true }).fill('renamed');
    await page.locator('dialog[open] .button--primary:enabled').click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Activity', exact: true }).click();
    await page.locator('text=Changed').waitFor();
    expect(await page.evaluate('location.hash')).toContain('activity');
  });

  test('loses no rules of the last sync when one is added before they are known', async () => {
    const { page } = await open({ view: 'window', place: '/profiles', answerMs: 1_500 });
    await page.getByRole('button', { name: 'Profiles for all roles' }).click();
    const field = page.locator('dialog[open] fieldset').last().locator('input').first();
    await field.fill('*Trial*');
    await page.keyboard.press('Enter');
    const rules = page.locator('dialog[open] fieldset').last().locator('.rule');
    await rules.filter({ hasText: '*Sandbox*' }).waitFor();
    expect(await field.inputValue()).toBe('*Trial*');
    await page.keyboard.press('Enter');
    await rules.filter({ hasText: '*Trial*' }).waitFor();
    await rules.filter({ hasText: '*Sandbox*' }).waitFor();
  });
});

test.each(['en', 'ja'] as const)('a long name on a narrow screen lies beneath nothing, in %s', async (language) => {
  const { page } = await open({ view: 'window', place: '/sessions', width: 320, language });
  await page.evaluate(`fake.patch({ liveRoles: fake.state().liveRoles.map((role) => ({
    ...role,
    key: role.key + '-x',
    target: { kind: 'sso-role', ssoSession: 'acme', accountId: '111122223333', roleName: 'OrganizationsFullAccessForEmergency' },
  })) })`);
  await page.locator('text=OrganizationsFullAccessForEmergency').first().waitFor();
  const wide = await page
    .locator('.line__main')
    .evaluateAll((lines) => lines.filter((line) => line.scrollWidth > line.clientWidth).length);
  expect(wide).toBe(0);
  const widths = await page
    .locator('.line:has(.countdown) > .line__words')
    .evaluateAll((all) => all.map((words) => words.clientWidth));
  expect(widths.length).toBeGreaterThan(0);
  expect(Math.min(...widths)).toBeGreaterThan(200);
});

describe('a window made narrow or wide', () => {
  test('keeps the query and the role that was selected', async () => {
    const { page } = await open({ view: 'window' });
    const search = page.locator('[role=combobox]').first();
    await search.fill('prod');
    await page.keyboard.press('ArrowDown');
    const selected = await page.locator('.table__row[aria-selected=true]').innerText();
    await page.setViewportSize({ width: 600, height: 600 });
    await page.locator('.pane').waitFor();
    expect(await search.inputValue()).toBe('prod');
    await page.keyboard.type('u');
    expect(await search.inputValue()).toBe('produ');
    await search.fill('prod');
    await page.keyboard.press('ArrowDown');
    await page.setViewportSize({ width: 1100, height: 600 });
    await page.locator('.table').waitFor();
    expect(await page.locator('.table__row[aria-selected=true]').innerText()).toBe(selected);
  });

  test('keeps a selected role without a query', async () => {
    const { page } = await open({ view: 'window' });
    await page.locator('.table__row').nth(5).click();
    const selected = await page.locator('.table__row[aria-selected=true]').getAttribute('data-target');
    await page.setViewportSize({ width: 600, height: 600 });
    await page.locator('.role-row--active').waitFor();
    expect(await page.locator('.role-row--active').getAttribute('data-target')).toBe(selected);
  });

  test('keeps what was typed at the first start', async () => {
    const { page } = await open({ view: 'window', scenario: 'first-run' });
    await page.getByLabel('Start URL').fill('https://half.aws');
    await page.setViewportSize({ width: 600, height: 600 });
    await page.locator('.pane').waitFor();
    expect(await page.getByLabel('Start URL').inputValue()).toBe('https://half.aws');
  });
});

describe('a role that Activity leads to', () => {
  test('is selected in the list of a narrow window', async () => {
    const { page } = await open({ view: 'window', place: '/activity', width: 600 });
    await page.locator('.line__main .text-link', { hasText: 'DeveloperAccess' }).first().click();
    await page.locator('.role-row--active', { hasText: 'DeveloperAccess' }).waitFor();
  });

  test('is selected in the table also where a query would hide it', async () => {
    const { page } = await open({ view: 'window' });
    await page.locator('[role=combobox]').first().fill('production');
    await page.evaluate(`location.hash = '#/access/sso%3A222233334444%2FDeveloperAccess%2Facme'`);
    await page.locator('.table__row[aria-selected=true]', { hasText: 'DeveloperAccess' }).waitFor();
  });
});

test.each(['popover', 'window'] as const)(
  'what is typed at the first start stays when ~/.aws changes meanwhile, until it is taken back, in the %s',
  async (view) => {
    const { page } = await open({ view, scenario: 'first-run' });
    await page.getByLabel('Start URL').fill('https://half.aws');
    const { ssoSessions, profiles } = SCENARIOS['first-run-found'](STANDING_NOW.getTime());
    await page.evaluate(`fake.patch(${JSON.stringify({ ssoSessions, profiles })})`);
    await page.getByText('1 Identity Center').first().waitFor();
    expect(await page.getByLabel('Start URL').inputValue()).toBe('https://half.aws');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('[data-target]').first().waitFor();
  },
);

test('what was typed stays beneath the dialog that opens the secret store', async () => {
  const { page } = await open({ view: 'window', place: '/profiles/assume-only' });
  await page.getByRole('button', { name: 'Edit…' }).click();
  await page.getByLabel('Name', { exact: true }).fill('renamed');
  await page.locator('dialog[open] .diff').waitFor();
  await page.evaluate(`fake.failNext('editProfile', { code: 'store-locked', message: 'It is locked.', hint: '' })`);
  await page.locator('dialog[open] .button--primary:enabled').click();
  await page.locator('dialog[open] [role=alert] button').click();
  await page.locator('dialog[open]', { hasText: 'Unlock the secret store' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('dialog[open]').count()).toBe(1);
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('renamed');
});

test('what a change would do is asked once when its dialog opens', async () => {
  const screen = await open({ view: 'window', place: '/profiles/assume-only' });
  await screen.page.getByRole('button', { name: 'Remove…' }).click();
  await screen.page.locator('dialog[open] .diff').waitFor();
  // Longer than the pause after which what is typed is asked for.
  await screen.page.waitForTimeout(500);
  expect(await given(screen, 'removeProfile')).toHaveLength(1);
});

test('a profile to be edited shows all its fields as soon as it shows any', async () => {
  const { page } = await open({ view: 'window', place: '/profiles/assume-only', answerMs: 400 });
  await page.getByRole('button', { name: 'Edit…' }).click();
  await page.locator('dialog[open] input').first().waitFor();
  expect(await page.locator('dialog[open]').getByLabel('region', { exact: true }).count()).toBe(1);
  expect(await page.getByLabel('Name', { exact: true }).evaluate((field) => field.matches(':focus'))).toBe(true);
});

test('a profile that cannot be protected since the secret store is locked leads to opening it', async () => {
  const { page } = await open({ view: 'window', place: '/profiles/assume-only' });
  await page.getByRole('button', { name: 'Protect…' }).click();
  await page.locator('dialog[open] .button--primary:enabled').waitFor();
  await page.evaluate(`fake.failNext('protectProfile', { code: 'store-locked', message: 'It is locked.', hint: '' })`);
  await page.locator('dialog[open] .button--primary:enabled').click();
  await page.locator('dialog[open] [role=alert] button').click();
  await page.locator('dialog[open]', { hasText: 'Unlock the secret store' }).waitFor();
});

describe('names and colours', () => {
  const edit = async (screen: Screen): Promise<void> => {
    await screen.page.locator('.table__row').nth(5).click();
    await screen.page.getByRole('button', { name: 'Edit' }).first().click();
    await screen.page.locator('dialog[open] input').first().fill('my name');
  };

  test('stay in their form when the core refuses them', async () => {
    const screen = await open({ view: 'window', height: 560 });
    const { page } = screen;
    await edit(screen);
    await page.evaluate(`fake.failNext('setMarks', { code: 'internal', message: 'The disk is full.', hint: '' })`);
    await page.locator('dialog[open] .button--primary').click();
    await page.locator('dialog[open] [role=alert]', { hasText: 'The disk is full.' }).waitFor();
    const edge = (what: string, side: string): Promise<number> =>
      page.evaluate<number>(`document.querySelector('dialog[open] ${what}').getBoundingClientRect().${side}`);
    expect(await edge('[role=alert]', 'bottom')).toBeLessThanOrEqual(await edge('.dialog__foot', 'top'));
    expect(await page.locator('dialog[open] input').first().inputValue()).toBe('my name');
    await page.locator('dialog[open] .button--primary').click();
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
  });

  test('leave alone what was not changed in their form', async () => {
    const screen = await open({ view: 'window' });
    await edit(screen);
    await screen.page.locator('dialog[open] .button--primary').click();
    await screen.page.locator('dialog[open]').waitFor({ state: 'detached' });
    expect((await given(screen, 'setMarks')).map((input) => (input as { marks: unknown }).marks)).toEqual([
      { alias: 'my name' },
    ]);
  });
});

/** Marks the page once an import can be made while the preview of the other choice is shown. */
const NOTE_OTHER_PREVIEW = `new MutationObserver(() => {
  const diff = document.querySelector('dialog[open] .diff')?.textContent ?? '';
  const takesOver = document.querySelector('dialog[open] [role=switch]:checked') !== null;
  const canApply = document.querySelector('dialog[open] .button--primary:enabled') !== null;
  if (canApply && takesOver !== diff.includes('granted credential-process')) {
    document.body.classList.add('offered-other');
  }
}).observe(document.body, { subtree: true, childList: true, attributes: true })`;

test('an import is made only of the preview that is shown', async () => {
  const { page } = await open({ view: 'window', place: '/settings', answerMs: 800 });
  await page.getByRole('button', { name: 'Look… Granted' }).click();
  const apply = page.locator('dialog[open] .dialog__foot .button--primary');
  await page.locator('dialog[open] .diff').waitFor();
  const takeOver = page.locator('dialog[open] [role=switch]');
  await page.evaluate(NOTE_OTHER_PREVIEW);
  await takeOver.click();
  await page.waitForTimeout(500);
  await takeOver.click();
  await takeOver.click();
  await page.locator('dialog[open] .diff', { hasText: 'granted credential-process' }).waitFor();
  await expect.poll(() => apply.isEnabled()).toBe(true);
  expect(await page.locator('body.offered-other').count()).toBe(0);
});

test('a code typed with a Japanese input method is taken', async () => {
  const screen = await open({ view: 'prompt', scenario: 'mfa', language: 'ja' });
  const { page } = screen;
  await compose(page, '１２３４');
  await compose(page, '１２３４５６');
  await page.waitForTimeout(50);
  expect(await given(screen, 'answerMfa')).toEqual([]);
  await page.keyboard.insertText('１２３４５６');
  await expect.poll(async () => (await given(screen, 'answerMfa')).length).toBe(1);
  expect(await given(screen, 'answerMfa')).toEqual([{ promptId: 'prompt-1', tokenCode: '123456' }]);
});

test('a rule that is removed by the keyboard hands it to the next one, the last one to the field', async () => {
  const { page } = await open({ view: 'window', place: '/settings', height: 900 });
  await page.evaluate(`fake.patch({ settings: { ...fake.state().settings, guardRules: ${JSON.stringify(RULES)} } })`);
  const label = (): Promise<unknown> =>
    page.evaluate(`document.activeElement.getAttribute('aria-label') ?? document.activeElement.tagName`);
  await page.getByRole('button', { name: 'Remove rule: Guarded roles: two' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(label).toContain('Guarded roles: three');
  await page.keyboard.press('Enter');
  await expect.poll(label).toContain('Guarded roles: one');
  await page.keyboard.press('Enter');
  await expect.poll(label).toBe('Guarded roles: Account, * for any');
  await page.waitForTimeout(100);
  expect(await page.evaluate('fake.state().settings.guardRules')).toEqual([]);
});
