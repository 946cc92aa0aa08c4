import { describe, expect, test } from 'vitest';
import type { Screen } from './screen-harness.ts';
import { screenOpener } from './screen-opener.ts';

const open = screenOpener();

describe('adding an Identity Center', () => {
  test('needs its start URL alone: the region is found, the name suggested, the sign-in started', async () => {
    const { page, commands } = await open({ scenario: 'first-run' });
    // At once, as it is pasted: typed slowly, it would be looked up on the way.
    await page.keyboard.insertText('https://initech.awsapps.com/start');
    await page.locator('text=Found: Frankfurt').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('text=continue in your browser').waitFor();
    expect((await commands()).map((command) => command.name)).toEqual(['detectRegion', 'addSsoSession', 'startSignIn']);
    expect((await commands())[1]?.input).toEqual({
      startUrl: 'https://initech.awsapps.com/start',
      region: 'eu-central-1',
      name: 'initech',
    });
  });

  test('says at the field what is missing, and what the core refused', async () => {
    const { page } = await open({ scenario: 'first-run' });
    await page.getByRole('button', { name: 'Add and sign in' }).click();
    await page.locator('text=Paste the start URL of your access portal.').waitFor();
    await page.getByLabel('Start URL').fill('https://unknown.awsapps.com/start');
    await page.waitForTimeout(500);
    await page.getByRole('button', { name: 'Add and sign in' }).click();
    await page.locator('text=Choose the region of your Identity Center.').waitFor();
    await page.getByLabel('Region').fill('Tokyo');
    expect(await page.getByLabel('Region').inputValue()).toBe('ap-northeast-1');
    await page.evaluate(
      `fake.failNext('addSsoSession', { code: 'file-unsafe', message: 'The file is not yours.', hint: 'Ask its owner.' })`,
    );
    await page.getByRole('button', { name: 'Add and sign in' }).click();
    await page.locator('text=The file is not yours. Ask its owner.').waitFor();
    expect(await page.getByLabel('Start URL').getAttribute('aria-invalid')).toBe('true');
  });

  test('takes one press in the demo', async () => {
    const { page, commands } = await open({ scenario: 'sandbox' });
    await page.keyboard.press('Enter');
    await page.locator('text=continue in your browser').waitFor();
    expect((await commands())[0]?.input).toMatchObject({
      startUrl: 'http://127.0.0.1:41007/start',
      region: 'us-east-1',
    });
  });
});

describe('signing in', () => {
  test('by device shows the code with its warning; cancelling ends it', async () => {
    const { page, commands } = await open({ scenario: 'signed-out' });
    await page.getByRole('button', { name: 'Actions for acme' }).click();
    await page.getByRole('menuitem', { name: 'Sign in with a device code' }).click();
    await page.locator('text=BQRT-XKLM').waitFor();
    await page.locator('text=Only continue if you started this sign-in yourself.').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'Welcome to Rolecall' }).waitFor();
    expect((await commands()).map((command) => command.name)).toEqual(['startSignIn', 'cancelSignIn']);
  });

  test('nothing signs in by itself', async () => {
    const { page, commands } = await open({ scenario: 'expired' });
    await page.waitForTimeout(300);
    expect(await commands()).toEqual([]);
  });

  test('a console asked for while access has ended opens once the sign-in is through', async () => {
    const { page, commands } = await open({ scenario: 'expired' });
    await page.keyboard.press('Enter');
    await page.locator('text=continue in your browser').waitFor();
    await page.evaluate(`fake.finishSignIn('acme')`);
    await page.locator('text=Console opened').waitFor();
    expect((await commands()).map((command) => command.name)).toEqual(['startSignIn', 'openConsole']);
  });
});

describe('a prompt for an MFA code', () => {
  const show = (scenario: string): Promise<Screen> => open({ view: 'prompt', scenario, height: 440 });

  test('says who asks, for what, and from which device', async () => {
    const { page } = await show('mfa');
    const text = await page.locator('main').innerText();
    for (const part of [
      'terraform',
      '48213',
      '~/work/infra/live/production',
      'zsh',
      'admin-role',
      'OrganizationAdmin',
      '898989898989',
      'ada-phone',
    ]) {
      expect(text.replaceAll(/(?<=\d)\s(?=\d)/g, '')).toContain(part);
    }
  });

  test('leads to the phone in the demo, since nothing beneath the question can be clicked', async () => {
    const { page, commands, until } = await show('sandbox-mfa');
    await page.getByRole('button', { name: 'Demo phone' }).click();
    expect(await commands()).toEqual([{ name: 'openLink', input: { link: 'sandbox-phone' } }]);
    await page.keyboard.type('123456');
    await until('fake.given.length > 1');
    expect((await commands())[1]?.input).toMatchObject({ tokenCode: '123456' });
  });

  test('takes a pasted code with a space, sends it by itself once, and keeps nothing of it', async () => {
    const { page, commands, until } = await show('mfa');
    await page.keyboard.insertText('123 456');
    await until('fake.given.length > 0');
    await page.keyboard.insertText('1');
    expect(await commands()).toEqual([{ name: 'answerMfa', input: { promptId: 'prompt-1', tokenCode: '123456' } }]);
    expect(await page.content()).not.toMatch(/123\s?456/);
  });

  test('sends at the sixth digit', async () => {
    const { page, commands, until } = await show('mfa');
    await page.keyboard.type('65432');
    expect(await commands()).toEqual([]);
    await page.keyboard.type('1');
    await until('fake.given.length > 0');
    expect((await commands())[0]?.input).toMatchObject({ tokenCode: '654321' });
  });

  test.each(['①②③④⑤⑥', 'abcdef', '1234567'])('does not send %s', async (text) => {
    const { page, commands } = await show('mfa');
    await page.keyboard.insertText(text);
    await page.locator('text=A code has six digits.').waitFor();
    expect(await commands()).toEqual([]);
  });

  test('tells why the last code was not taken, and waits for the next one', async () => {
    const { page } = await show('mfa-rejected');
    await page.locator('text=AWS did not accept the code of ada-phone.').waitFor();
    await page.locator('text=The next one comes in 12s.').waitFor();
    expect(await page.getByLabel('Code shown by').isDisabled()).toBe(true);
    await page.clock.setFixedTime(new Date('2026-11-23T15:08:13Z'));
    await page.locator('text=Next code in 17s').waitFor();
    await page.keyboard.type('12');
    expect(await page.getByLabel('Code shown by').inputValue()).toBe('12');
  });

  test('a failure is shown and the field is ready for another code', async () => {
    const { page } = await show('mfa');
    await page.evaluate(
      `fake.failNext('answerMfa', { code: 'mfa-code-rejected', message: 'Not that one.', hint: 'Try the next.' })`,
    );
    await page.keyboard.type('111111');
    await page.locator('text=Not that one.').waitFor();
    await page.keyboard.type('2');
    expect(await page.getByLabel('Code shown by').inputValue()).toBe('2');
  });

  test('Escape declines', async () => {
    const { page, commands, until } = await show('mfa');
    await page.keyboard.press('Escape');
    await until('fake.given.length > 0');
    expect(await commands()).toEqual([{ name: 'cancelPrompt', input: { promptId: 'prompt-1' } }]);
  });
});

describe('other prompts', () => {
  test('the safe answer to the use of a guarded role holds the keyboard', async () => {
    const { page, commands, until } = await open({ view: 'prompt', scenario: 'confirm-use' });
    await page.keyboard.press('Enter');
    await until('fake.given.length > 0');
    expect(await commands()).toEqual([{ name: 'answerPrompt', input: { promptId: 'prompt-3', answer: 'refuse' } }]);
  });

  test('a sign-in names every program that waits for it, each with its role', async () => {
    const { page } = await open({ view: 'prompt', scenario: 'sign-in-prompt' });
    const others = await page.locator('.prompt__others > li').allInnerTexts();
    expect(others.map((text) => text.split(/\s+/).join(' '))).toEqual([
      'python3 Production AdministratorAccess 111122223333',
      'aws staging-admin',
    ]);
    expect(await page.locator('section').innerText()).toContain('3 programs are waiting.');
  });

  test('in a browser’s page a program’s question does not take the keyboard', async () => {
    const { page } = await open({ view: 'window', scenario: 'host-call' });
    await page.keyboard.type('prod');
    expect(await page.inputValue('[role=combobox]')).toBe('prod');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.type('12');
    expect(await page.getByLabel('Code shown by').inputValue()).toBe('12');
  });

  test('a code that was typed into it and not taken is asked for there again, not called for once more', async () => {
    const { page } = await open({ view: 'window', scenario: 'host-call' });
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.type('000000');
    await page.locator('dialog[open]', { hasText: 'AWS did not accept the code.' }).waitFor();
    expect(await page.getByRole('button', { name: 'Answer' }).count()).toBe(0);
    await page.keyboard.type('123456');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
  });

  test('what the user caused comes up at once', async () => {
    const { page } = await open({ view: 'window', scenario: 'host-prompt' });
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.type('123456');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
  });
});

describe('profiles', () => {
  test('say what happens when programs ask for them, each for itself', async () => {
    const { page, commands } = await open({ view: 'window', place: '/profiles/assume-only' });
    const use = page.getByLabel('When a program asks for it');
    expect(await use.inputValue()).toBe('allow');
    await use.selectOption({ label: 'Ask me once an hour' });
    await expect.poll(() => use.inputValue()).toBe('ask-hourly');
    await use.selectOption({ label: 'Give it' });
    await expect.poll(() => use.inputValue()).toBe('allow');
    const key = 'profile:assume-only';
    expect((await commands()).filter(({ name }) => name === 'setMarks').map(({ input }) => input)).toEqual([
      { key, marks: { use: 'ask-hourly' } },
      { key, marks: { use: null } },
    ]);
  });

  test('protecting one shows the change first, and undoing it is next to it', async () => {
    const { page, commands } = await open({ view: 'window', place: '/profiles/assume-only' });
    await page.getByRole('button', { name: 'Protect…' }).click();
    await page.locator('text=credential_process').waitFor();
    expect(await commands()).toContainEqual({
      name: 'protectProfile',
      input: { profile: 'assume-only', preview: true },
    });
    await page.getByRole('button', { name: 'Protect', exact: true }).click();
    await page.getByRole('button', { name: 'Undo protection…' }).click();
    await page.locator('.diff__line--added', { hasText: 'aws_secret_access_key' }).waitFor();
    expect(await commands()).toContainEqual({
      name: 'unprotectProfile',
      input: { profile: 'assume-only', preview: true },
    });
  });
});

describe('settings', () => {
  test('the language changes while the page stands', async () => {
    const { page } = await open({ view: 'window', place: '/settings' });
    await page.getByLabel('Language').selectOption('zh-CN');
    await page.getByRole('heading', { name: '设置' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
    await page.getByLabel('语言').selectOption('ja');
    await page.getByRole('heading', { name: '設定' }).waitFor();
  });

  test('what went wrong is said in the language that was changed to since', async () => {
    const { page } = await open({ view: 'window', place: '/settings' });
    await page.evaluate(`fake.failNext('updateSettings', { code: 'offline', message: 'No network.', hint: '' })`);
    await page.getByLabel('Appearance').selectOption('dark');
    await page.locator('.toasts', { hasText: 'No network.' }).waitFor();
    await page.getByLabel('Language').selectOption('ja');
    await page.locator('.toasts .notice__message', { hasText: /[\u3041-\u30ff]/ }).waitFor();
  });

  test('typing finds a setting by what it does', async () => {
    const { page, until } = await open({ view: 'window', place: '/settings' });
    await page.getByLabel('Search settings').fill('clipboard');
    expect(await page.locator('.setting').count()).toBe(1);
    await page.getByLabel('Clear the clipboard after').selectOption('0');
    await until('fake.state().settings.clipboardClearSeconds === 0');
  });

  test.each([
    ['dark', 'Appearance'],
    ['proxy', 'Proxy'],
    ['certificate', 'Certificate authorities'],
    ['HTTPS_PROXY', 'Proxy'],
    ['autostart', 'Start at login'],
    ['keychain', 'Where secrets are kept'],
    ['leapp', 'Import'],
    ['factory', 'Reset all settings'],
  ])('%s is found, whatever it is called here: %s', async (word, label) => {
    const { page } = await open({ view: 'window', place: '/settings' });
    await page.getByLabel('Search settings').fill(word);
    await page.locator('.setting .line__words').getByText(label, { exact: true }).first().waitFor();
    expect(await page.locator('.setting').count()).toBeLessThan(8);
  });

  test('a link leads to a setting', async () => {
    const { page } = await open({ view: 'window', place: '/settings/caBundleFile' });
    await page.locator('.setting--wanted', { hasText: 'Certificate authorities' }).waitFor();
  });

  test('a proxy is set, tested, told to want a password, given one, and tested again', async () => {
    const { page, until, commands } = await open({ view: 'window', place: '/settings' });
    await page.getByLabel('Proxy', { exact: true }).selectOption('manual');
    await page.getByLabel('Address of the proxy').fill('http://me:secret@proxy.example');
    await page.keyboard.press('Enter');
    await page.locator('text=holds no user name').waitFor();
    await page.getByLabel('Address of the proxy').fill('http://proxy.example:3128');
    await page.keyboard.press('Enter');
    await until('fake.state().settings.proxyUrl === "http://proxy.example:3128"');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.locator('text=asks for a user name and password').waitFor();
    await page.getByRole('button', { name: 'Set…', exact: true }).click();
    await page.getByLabel('User name', { exact: true }).fill('ada');
    await page.getByLabel('Password', { exact: true }).fill('s3cret');
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByText('kept in the secret store', { exact: true }).waitFor();
    expect((await commands()).find(({ name }) => name === 'setProxySignIn')?.input).toEqual({
      user: 'ada',
      password: 's3cret',
    });
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.locator('text=2 hosts of AWS answered').waitFor();
    expect(await page.content()).not.toContain('s3cret');
  });

  test('nothing is reset or cleared without a word on what stays', async () => {
    const { page, commands } = await open({ view: 'window', place: '/settings' });
    await page.getByRole('button', { name: 'Reset…' }).click();
    await page.locator('text=Profiles, pins, names, colours and secrets stay.').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect((await commands()).map(({ name }) => name)).not.toContain('resetSettings');
    await page.getByRole('button', { name: 'Clear…' }).last().click();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect
      .poll(async () => (await commands()).find(({ name }) => name === 'clearCache')?.input)
      .toEqual({
        cache: 'activity',
      });
  });

  test('an import is shown before it is made, and again when the choice changes', async () => {
    const { page, commands } = await open({ view: 'window', place: '/settings/imports' });
    await page.locator('text=cannot be opened with the id of this machine').waitFor();
    await page.getByRole('button', { name: 'Look…' }).click();
    await page.locator('text=[sso-session acme-prod]').waitFor();
    await page.getByLabel('Also take over 2 profiles that Granted serves').click();
    await page.locator('text=credential_process = granted').waitFor();
    expect((await commands()).filter(({ name }) => name === 'importFrom').map(({ input }) => input)).toEqual([
      { tool: 'granted', takeOver: false, preview: true },
      { tool: 'granted', takeOver: true, preview: true },
    ]);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.locator('text=Imported from Granted').waitFor();
  });

  test('that the keys are another program’s is said in place, until others are chosen', async () => {
    const { page, until } = await open({ view: 'window', place: '/settings' });
    await page.evaluate(
      `fake.patch({ notices: [{ id: 'shortcut-taken', severity: 'warning', message: 'x', hint: '', action: undefined }] })`,
    );
    await page.locator('text=Another program has these keys').waitFor();
    await page.getByLabel('Shortcut').press('Control+Shift+KeyB');
    await until('fake.state().notices.length === 0');
    await page.locator('text=Another program has these keys').waitFor({ state: 'detached' });
  });

  test('a role is guarded by a rule, and turns red', async () => {
    const { page, until } = await open({ view: 'window', place: '/settings' });
    await page.getByLabel('Guarded roles: Account, * for any').fill('*prod*');
    await page.getByRole('button', { name: 'Guard' }).click();
    await until('fake.state().settings.guardRules.length === 1');
    await page.getByRole('button', { name: 'Access', exact: true }).click();
    await page.getByLabel('Search accounts and roles').fill('payments production read');
    await page.locator('.table__row--guarded').waitFor();
  });

  test('no two controls of the page have the same name', async () => {
    const { page } = await open({ view: 'window', place: '/settings' });
    for (const [list, button] of [
      ['Guarded roles', 'Guard'],
      ['Consoles of some roles', 'Add rule'],
    ] as const) {
      for (const account of ['*prod*', '*dev*']) {
        await page.getByLabel(`${list}: Account, * for any`).fill(account);
        await page.getByRole('button', { name: button, exact: true }).click();
        await page.getByRole('button', { name: `Remove rule: ${list}: ${account}` }).waitFor();
      }
    }
    const named = await page.evaluate<string[]>(`
      [...document.querySelectorAll('.page :is(button, input, select, a)')].map(
        (control) => control.ariaLabel ?? control.labels?.[0]?.innerText ?? control.textContent,
      )
    `);
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name, at) => name === '' || named.indexOf(name) !== at)).toEqual([]);
  });

  test('a shortcut is taken as it is pressed', async () => {
    const { page, until } = await open({ view: 'window', place: '/settings' });
    await page.getByLabel('Shortcut').press('Control+Shift+KeyA');
    await until('fake.state().settings.globalShortcut === "Control+Shift+A"');
  });
});

test('what the core cannot do is told in a toast that stays, with what to do', async () => {
  const { page } = await open({});
  await page.evaluate(
    `fake.failNext('openConsole', { code: 'throttled', message: 'AWS asks to slow down.', hint: 'Try again in a minute.' })`,
  );
  await page.keyboard.press('Enter');
  await page.locator('text=Try again in a minute.').waitFor();
});

test('the loss of the core is told, and that it is back', async () => {
  const { page } = await open({});
  await page.evaluate('fake.setConnected(false)');
  await page.locator('text=Rolecall stopped answering').waitFor();
  await page.evaluate('fake.setConnected(true)');
  await page.locator('text=Rolecall stopped answering').waitFor({ state: 'detached' });
});

test('hiding a role can be undone at once', async () => {
  const { page, until } = await open({});
  await page.keyboard.press('ArrowRight');
  await page.getByRole('menuitem', { name: 'Hide' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await until('fake.state().marks["sso:111122223333/ReadOnlyAccess/acme"].hidden === false');
});

test.each([
  ['opened', '', 'openConsole'],
  ['copied', 'Copy', 'copyCredentials'],
])('a role that came under the finger while it was down is not %s', async (_what, button, command) => {
  const { page, commands } = await open({});
  const opened = async (): Promise<number> => (await commands()).filter(({ name }) => name === command).length;
  await page.keyboard.type('readonly');
  const found = page.locator('.list [role=row][data-target]');
  const first = await found.nth(0).getAttribute('data-target');
  const third = await found.nth(2).getAttribute('data-target');
  await found.nth(2).hover();
  await (button === '' ? found.nth(2) : found.nth(2).getByRole('button', { name: button })).hover();
  await page.mouse.down();
  // A row that goes moves all below it up.
  await page.evaluate(`fake.patch({ marks: { ${JSON.stringify(first)}: { hidden: true } } })`);
  await expect.poll(() => found.nth(2).getAttribute('data-target')).not.toBe(third);
  await page.mouse.up();
  expect(await opened()).toBe(0);
  await page.mouse.down();
  await page.mouse.up();
  await expect.poll(opened).toBe(1);
});

describe('where consoles open', () => {
  test('rules are made, put in order and taken away on the settings page', async () => {
    const { page, until } = await open({ view: 'window', place: '/settings/consoleRules', height: 900 });
    const form = page.locator('.rules__form');
    await page.getByPlaceholder('Account, * for any').first().fill('prod*');
    await form.getByLabel('Open in').selectOption({ label: 'Google Chrome: Work' });
    await form.getByRole('button', { name: 'Add rule' }).click();
    await page.getByPlaceholder('Role, * for any').first().fill('*admin*');
    await form.getByLabel('Open in').selectOption({ label: 'Firefox: container (add-on Granted)' });
    await page.locator('text=Firefox needs the add-on “Granted”').waitFor();
    await form.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('button', { name: 'Move up: * · *admin*' }).click();
    const [granted, chrome] = [
      { account: '*', role: '*admin*', opener: 'granted:firefox' },
      { account: 'prod*', role: '*', opener: 'browser:chrome/Profile 1' },
    ].map((rule) => JSON.stringify(rule));
    await until(`JSON.stringify(fake.state().settings.consoleRules) === '[${granted},${chrome}]'`);
    await page.getByRole('button', { name: /^Remove rule: .*: \* · \*admin\*$/ }).click();
    await until(`JSON.stringify(fake.state().settings.consoleRules) === '[${chrome}]'`);
  });

  test('a browser that is gone is told at the foot, with the default browser one click away', async () => {
    const { page, commands } = await open({});
    await page.evaluate(
      `fake.failNext('openConsole', { code: 'browser-gone', message: 'Vivaldi is not on this machine.', hint: 'Choose another.' })`,
    );
    await page.keyboard.press('Enter');
    await page.locator('text=Vivaldi is not on this machine.').waitFor();
    await page.getByRole('button', { name: 'Use default browser' }).click();
    await page.locator('text=Console opened').waitFor();
    const opened = (await commands()).filter(({ name }) => name === 'openConsole');
    expect(opened.map(({ input }) => (input as { readonly opener?: string }).opener)).toEqual([undefined, 'default']);
  });
});

test('production read-only in Tokyo by mouse: the button opens there, and the region is offered again until it is taken back', async () => {
  const { page, until, commands } = await open({});
  const account = `fake.state().marks['account:acme/111122223333']?.region`;
  await page.keyboard.type('production readonly');
  await page.keyboard.press('Alt+Enter');
  await page.keyboard.type('tok');
  await page.getByRole('button', { name: 'Open console' }).last().click();
  await until(`${account} === 'ap-northeast-1'`);
  await page.keyboard.press('Alt+Enter');
  await expect.poll(() => page.getByLabel('Region', { exact: true }).inputValue()).toBe('ap-northeast-1');
  await page.getByLabel('Region', { exact: true }).selectOption('');
  await page.getByRole('button', { name: 'Open console' }).last().click();
  await until(`!${account}`);
  const opened = (await commands()).filter(({ name }) => name === 'openConsole');
  expect(opened.map(({ input }) => (input as { readonly region?: string }).region)).toEqual([
    'ap-northeast-1',
    undefined,
  ]);
});

test('before a long job: the role’s menu renews, and says how long, why, and what to do beyond', async () => {
  const { page, commands, troubles } = await open({});
  await page.keyboard.press('ArrowRight');
  await page.getByRole('menuitem', { name: 'Renew for a long job…' }).click();
  await page.locator('text=Fresh until 17:08, for 1h.').waitFor();
  await page.locator('text=This is the session length set for your permission set').waitFor();
  await page.locator('text=Until 17:06, then renewed by itself while your sign-in lasts.').waitFor();
  expect(await page.locator('.dialog .code').first().innerText()).toContain('rolecall exec --sso-session acme');
  expect((await commands()).filter(({ name }) => name === 'renewForLongJob')).toHaveLength(1);
  await page.getByRole('button', { name: 'Renew again' }).click();
  await page.locator('text=Fresh until 17:08').waitFor();
  expect((await commands()).filter(({ name }) => name === 'renewForLongJob')).toHaveLength(2);
  expect(troubles).toEqual([]);
});
