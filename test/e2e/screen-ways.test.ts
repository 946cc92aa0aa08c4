import { describe, expect, test } from 'vitest';
import type { Screen } from './screen-harness.ts';
import { screenOpener } from './screen-opener.ts';

/** Ways through the screen as a person with a mouse and no manual takes them. */
const open = screenOpener();

async function namesOfCommands(screen: Screen): Promise<readonly string[]> {
  return (await screen.commands()).map(({ name }) => name);
}

describe('the table', () => {
  test('opens no console when a button of a row is pressed twice', async () => {
    const screen = await open({ view: 'window' });
    const row = screen.page.locator('.table__row').nth(3);
    await row.hover();
    await row.getByRole('button', { name: 'Pin' }).dblclick();
    await screen.page.waitForTimeout(100);
    expect((await namesOfCommands(screen)).filter((name) => name !== 'setMarks')).toEqual([]);
  });

  test('keeps search, order and selection while another page is looked at', async () => {
    const { page } = await open({ view: 'window' });
    await page.getByRole('combobox', { name: /Search/ }).fill('read');
    await page.getByRole('columnheader', { name: 'Account ID' }).getByRole('button').click();
    await page.locator('.table__row').nth(3).click();
    const selected = await page.locator('.table__row[aria-selected=true]').innerText();
    await page.getByRole('button', { name: 'Doctor', exact: true }).click();
    await page.getByRole('button', { name: 'Access', exact: true }).click();
    expect(await page.getByRole('combobox', { name: /Search/ }).inputValue()).toBe('read');
    expect(await page.locator('[aria-sort=ascending]').innerText()).toBe('Account ID');
    expect(await page.locator('.table__row[aria-selected=true]').innerText()).toBe(selected);
  });

  test('selects the role that a link leads to as often as the link is followed', async () => {
    const { page } = await open({ view: 'window', place: '/activity' });
    const link = page.locator('.line__main .text-link', { hasText: 'DeveloperAccess' }).first();
    const selected = page.locator('.table__row[aria-selected=true]');
    await link.click();
    await selected.filter({ hasText: 'DeveloperAccess' }).waitFor();
    await page.locator('.table__row').first().click();
    await page.getByRole('button', { name: 'Activity', exact: true }).click();
    await link.click();
    await selected.filter({ hasText: 'DeveloperAccess' }).waitFor();
  });
});

test('any format of credentials is reached by the mouse alone, in the popover', async () => {
  const screen = await open({});
  const { page } = screen;
  await page.locator('[data-target]').first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy credentials for…' }).click();
  const fish = page.getByRole('menuitemradio', { name: 'fish' });
  await fish.waitFor();
  expect(await page.locator('.menu__item--danger, .menu [role=menuitem]').count()).toBe(0);
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('menuitemradio');
  await fish.click();
  await page.locator('.toast', { hasText: 'fish' }).waitFor();
  expect(await namesOfCommands(screen)).toContain('copyCredentials');
});

test.each([
  ['adding an Identity Center', '/sessions', 'Add Identity Center', 'Start URL'],
  ['editing a profile', '/profiles/prod-read', 'Edit…', 'Name'],
])('the keyboard stands where one types when %s', async (_what, place, button, field) => {
  const { page } = await open({ view: 'window', place });
  await page.getByRole('button', { name: button }).click();
  const input = page.locator('dialog[open]').getByLabel(field, { exact: true });
  await input.waitFor();
  const id = await input.getAttribute('id');
  await expect.poll(() => page.evaluate('document.activeElement.id')).toBe(id);
});

test('a small dialog in the popover is as high as what it says', async () => {
  const { page } = await open({});
  await page.getByRole('button', { name: 'Actions for acme' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  const box = await page.locator('dialog[open]').boundingBox();
  expect(box?.height).toBeLessThan(300);
});

test('a role that is reached from another is added from that one’s menu, without a device', async () => {
  const { page, commands, troubles } = await open({ view: 'window' });
  await page.keyboard.type('profile:prod-read ');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('menuitem', { name: 'Add a role reached from it…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('ARN of the role').fill('arn:aws:iam::111122223333:role/Deploy');
  await dialog.getByLabel('Name of the profile').fill('deploy');
  expect(await dialog.getByLabel('MFA device').count()).toBe(0);
  await dialog.getByRole('button', { name: 'Write profile' }).click();
  await page.waitForURL(/#\/profiles\/deploy$/);
  const given = (await commands()).filter(({ name }) => name === 'addRoleProfile').map(({ input }) => input);
  expect(given.at(-1)).toMatchObject({
    profile: 'deploy',
    roleArn: 'arn:aws:iam::111122223333:role/Deploy',
    sourceProfile: 'prod-read',
  });
  expect(given.at(-1)).not.toHaveProperty('mfaSerial');
  expect((await commands()).some(({ name }) => name === 'listMfaDevices')).toBe(false);
  expect(troubles).toEqual([]);
});

test('a role without a profile is given one from its menu, alone', async () => {
  const { page, commands } = await open({ view: 'window' });
  await page.keyboard.type('log archive');
  await page.keyboard.press('ArrowRight');
  expect(await page.getByRole('menuitem', { name: 'Show its profile' }).count()).toBe(0);
  await page.getByRole('menuitem', { name: 'Add a profile…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Profile for the selected role' });
  await dialog.getByRole('button', { name: 'Write' }).click();
  await dialog.waitFor({ state: 'detached' });
  const given = (await commands()).filter(({ name }) => name === 'syncProfiles').map(({ input }) => input);
  expect(given.at(-1)).toEqual({
    ssoSession: 'acme',
    roles: [{ roleName: 'ReadOnlyAccess', accountIds: ['777788889999'] }],
  });
});

test('how long a sign-in lasts is told in full to who rests the mouse on it', async () => {
  const { page } = await open({});
  await expect
    .poll(() => page.locator('.strip__state').first().getAttribute('title'))
    .toMatch(/^Renews by itself while Rolecall runs\. AWS does not say when you have to sign in again/);
});

describe('why accounts could not be fetched', () => {
  const WHY = 'AWS asks to slow down; 4 accounts are from last time.';
  const NEXT = 'Rolecall tries again by itself.';

  test('is told in full where the strip has no room for it', async () => {
    const { page } = await open({ scenario: 'throttled' });
    expect(await page.locator('.strip__state').getAttribute('title')).toBe(`${WHY} ${NEXT}`);
  });

  test('stands with what follows from it under Sessions', async () => {
    const { page } = await open({ view: 'window', scenario: 'throttled', place: '/sessions' });
    const card = page.getByRole('region', { name: 'acme' });
    expect(await card.innerText()).toContain(WHY);
    expect(await card.innerText()).toContain(NEXT);
  });
});

describe('a window without accounts', () => {
  test('says that there are none yet, and looks again', async () => {
    const screen = await open({ view: 'window', scenario: 'no-accounts' });
    const { page } = screen;
    await page.getByText('No accounts yet').waitFor();
    await page.getByRole('button', { name: 'Refresh accounts and roles' }).click();
    expect(await namesOfCommands(screen)).toContain('refreshDirectory');
  });

  test('says that they are on their way', async () => {
    const { page } = await open({ view: 'window', scenario: 'no-accounts' });
    await page.evaluate('fake.patch({ directories: {} })');
    await page.getByText('Fetching your accounts').waitFor();
  });
});

test.each(['popover', 'window'] as const)(
  'who has an IAM user and no Identity Center finds the way at the first start, in the %s',
  async (view) => {
    const screen = await open({ view, scenario: 'first-run', height: 600 });
    const { page } = screen;
    const way = page.getByRole('button', { name: 'I have an IAM user' });
    expect(await way.isVisible()).toBe(true);
    const box = await way.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(570);
    await way.click();
    if (view === 'popover') {
      expect((await screen.commands()).find(({ name }) => name === 'openWindow')?.input).toEqual({
        page: 'guide',
        subject: 'member-iam',
      });
    } else {
      await page.getByRole('tab', { name: /With an IAM user/, selected: true }).waitFor();
    }
  },
);

describe('names', () => {
  const LONG = 'Corporate Shared Infrastructure Platform Engineering Production Europe Central Payments Landing Zone';
  const ARABIC = 'حساب الإنتاج الرئيسي لقسم المدفوعات والتحويلات المالية الدولية في المنطقة';
  const rename = (name: string): string => `(() => {
    const { directories } = fake.state();
    const accounts = directories.acme.accounts.map((account, at) => at === 0 ? { ...account, name: ${JSON.stringify(name)} } : account);
    fake.patch({ directories: { ...directories, acme: { ...directories.acme, accounts } } });
  })()`;

  test('that are too long for a row are told by it', async () => {
    const window = await open({ view: 'window' });
    await window.page.evaluate(rename(LONG));
    await window.page.getByTitle(LONG).first().waitFor();
    const heading = window.page.locator('.inspector__title');
    await heading.filter({ hasText: LONG }).waitFor();
    expect(await heading.locator('bdi').evaluate((text) => text.scrollWidth <= text.clientWidth + 1)).toBe(true);
    const popover = await open({});
    await popover.page.evaluate(rename(LONG));
    await popover.page.getByRole('combobox', { name: /Search/ }).fill('corporate');
    await popover.page.getByTitle(LONG).first().waitFor();
  });

  test('that are read from the right lose their end, not their beginning', async () => {
    const { page } = await open({});
    await page.evaluate(rename(ARABIC));
    await page.getByRole('combobox', { name: /Search/ }).fill('المنطقة');
    const name = page.locator('.role-row__account').first();
    await name.filter({ hasText: 'المنطقة' }).waitFor();
    const isStartInSight = await page.evaluate(`(() => {
      const box = document.querySelector('.role-row__account');
      const first = document.createRange();
      const text = document.createTreeWalker(box, NodeFilter.SHOW_TEXT).nextNode();
      first.setStart(text, 0);
      first.setEnd(text, 1);
      const letter = first.getBoundingClientRect();
      const edges = box.getBoundingClientRect();
      return letter.left >= edges.left - 1 && letter.right <= edges.right + 1;
    })()`);
    expect(isStartInSight).toBe(true);
  });

  test('that the user gave stand beside the table and under Sessions too', async () => {
    const { page } = await open({ view: 'window' });
    await page.evaluate(
      `fake.patch({ marks: { ...fake.state().marks, 'account:acme/111122223333': { alias: 'The shop' } } })`,
    );
    await page.locator('.table__row', { hasText: 'The shop' }).first().click();
    await page.locator('.inspector__title', { hasText: 'The shop' }).waitFor();
    await page.getByRole('button', { name: /^Sessions/ }).click();
    await page.locator('.line__main', { hasText: 'The shop' }).first().waitFor();
  });
});

describe('at the width in which the window opens', () => {
  test.each(['member', 'admin'])('the start URL of the guide for a %s is in sight as a whole', async (who) => {
    const { page } = await open({ view: 'window', place: `/guide/${who}-identity-center`, width: 1080 });
    const field = page.getByLabel('Start URL');
    await expect.poll(() => field.inputValue()).toContain('awsapps.com/start');
    expect(await field.evaluate((input) => input.scrollWidth <= input.clientWidth)).toBe(true);
  });

  test.each(['admin', 'legacy-tools', 'assume-only'])(
    'no button of profile %s stands in a line alone',
    async (name) => {
      const { page } = await open({ view: 'window', place: `/profiles/${name}`, width: 1080 });
      await page.getByRole('button', { name: 'Remove…' }).waitFor();
      const tops = await page
        .locator('.profile__buttons button')
        .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top));
      for (const top of new Set(tops)) {
        expect(tops.filter((other) => other === top).length).toBeGreaterThan(1);
      }
    },
  );
});

describe('where nothing is found', () => {
  test('in the settings, nobody is sent for accounts', async () => {
    const { page } = await open({ view: 'window', place: '/settings' });
    await page.getByRole('searchbox').or(page.getByPlaceholder('Search settings')).first().fill('zzzz');
    await page.getByText('Nothing found').waitFor();
    expect(await page.getByRole('main').innerText()).toContain('another word');
    expect(await page.getByRole('main').innerText()).not.toContain('account');
  });

  test('among the profiles, it is said beneath the search', async () => {
    const { page } = await open({ view: 'window', place: '/profiles', height: 720 });
    const search = page.locator('.profiles__list input');
    await search.fill('zzzz');
    const [said, field] = [await page.getByText('Nothing found').boundingBox(), await search.boundingBox()];
    expect((said?.y ?? 999) - (field?.y ?? 0)).toBeLessThan(80);
    await search.fill('');
    await page.getByRole('option', { name: 'prod-read' }).waitFor();
  });
});

test('a page without profiles leads to the guide', async () => {
  const { page } = await open({ view: 'window', scenario: 'first-run', place: '/profiles' });
  await page.getByRole('main').getByRole('button', { name: 'Guide' }).click();
  await page.getByRole('tab').first().waitFor();
});

test('a question of a program leaves the pages of a narrow window in reach', async () => {
  const { page } = await open({ view: 'window', scenario: 'host-call', width: 700, height: 500 });
  const call = await page.locator('.prompt-call').boundingBox();
  const pages = await page.getByRole('navigation').boundingBox();
  expect((call?.y ?? 0) + (call?.height ?? 0)).toBeLessThanOrEqual(pages?.y ?? 0);
});

test('notices under Sessions stand in line with what is below them', async () => {
  const { page } = await open({ view: 'window', scenario: 'notices', place: '/sessions' });
  const [notice, card] = [
    await page.locator('.notice').first().boundingBox(),
    await page.locator('.card').first().boundingBox(),
  ];
  expect([notice?.x, notice?.width]).toEqual([card?.x, card?.width]);
});
