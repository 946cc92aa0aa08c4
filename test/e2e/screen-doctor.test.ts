import { describe, expect, test } from 'vitest';
import type { Screen, ScreenOptions } from './screen-harness.ts';
import { screenOpener } from './screen-opener.ts';

const show = screenOpener();

const open = (options: ScreenOptions = {}): Promise<Screen> =>
  show({ view: 'window', place: '/doctor', height: 720, ...options });

/** The commands of the doctor's that were given, with what they were given. */
async function given(screen: Screen): Promise<readonly unknown[]> {
  const names = ['runDoctor', 'applyFix', 'undoEdit'];
  return (await screen.commands()).filter(({ name }) => names.includes(name)).map(({ name, input }) => [name, input]);
}

describe('the doctor', () => {
  test('looks when its page is opened, and groups what it found; the sidebar counts what stops a tool', async () => {
    const screen = await open();
    const { page } = screen;
    await page.getByRole('heading', { name: 'Stops a tool now' }).waitFor();
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      'Stops a tool now',
      'Will surprise you',
      'Good to know',
      'Seen differently by your tools',
    ]);
    expect(await page.getByRole('button', { name: /^Doctor/ }).textContent()).toBe('Doctor3');
    expect(await page.getByText('/home/ada/.aws/config:40').count()).toBe(1);
    expect(await given(screen)).toEqual([['runDoctor', { offline: false }]]);
    expect(screen.troubles).toEqual([]);
  });

  test('shows what a fix changes before it can be made, makes it, and takes it back from the toast', async () => {
    const screen = await open();
    const { page } = screen;
    const finding = page.getByRole('article', { name: /can be read by other users/ });
    await finding.getByRole('button', { name: 'Show the fix' }).click();
    await finding.getByText('mode 0600').waitFor();
    const findingId = 'mode:/home/ada/.aws/credentials';
    expect((await given(screen)).at(-1)).toEqual(['applyFix', { findingId, preview: true }]);
    await finding.getByRole('button', { name: 'Apply this fix' }).click();
    await page.getByRole('status').getByText('Fixed').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('status').getByText('Taken back').waitFor();
    expect((await given(screen)).slice(2)).toEqual([
      ['applyFix', { findingId }],
      ['runDoctor', { offline: false }],
      ['undoEdit', { id: '7' }],
      ['runDoctor', { offline: false }],
    ]);
  });

  test('a fix that cannot be made is told where it stands, and can be hidden again', async () => {
    const { page } = await open();
    await page.getByRole('heading', { name: 'Stops a tool now' }).waitFor();
    await page.evaluate(
      `fake.failNext('applyFix', { code: 'file-unsafe', message: 'What was meant cannot be told.', hint: 'Mend it by hand.' })`,
    );
    const finding = page.getByRole('article', { name: /Line 40/ });
    await finding.getByRole('button', { name: 'Show the fix' }).click();
    await finding.getByText('What was meant cannot be told.').waitFor();
    expect(await finding.getByRole('button', { name: 'Apply this fix' }).count()).toBe(0);
    await finding.getByRole('button', { name: 'Hide the fix' }).press('Enter');
    expect(await finding.getByText('What was meant cannot be told.').count()).toBe(0);
  });

  test('leaves the network alone when told to, or when there is none, and says so', async () => {
    const screen = await open();
    await screen.page.getByRole('heading', { name: 'Stops a tool now' }).waitFor();
    await screen.page.getByRole('switch', { name: 'Leave the network alone' }).check();
    await screen.page.getByText('without the network').waitFor();
    expect((await given(screen)).at(-1)).toEqual(['runDoctor', { offline: true }]);
    const offline = await open({ scenario: 'offline' });
    await offline.page.getByText('without the network').waitFor();
    expect(await given(offline)).toEqual([['runDoctor', { offline: true }]]);
  });

  test('what was found stays in sight while it looks again and when that fails', async () => {
    const { page } = await open();
    await page.getByRole('heading', { name: 'Stops a tool now' }).waitFor();
    await page.evaluate(`fake.failNext('runDoctor', { code: 'internal', message: 'It broke.', hint: 'Try again.' })`);
    await page.getByRole('button', { name: 'Look again' }).press('Control+r');
    await page.getByText('The doctor could not look').waitFor();
    await page.getByText('It broke. Try again.').waitFor();
    expect(await page.getByRole('heading', { name: 'Stops a tool now' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByText('The doctor could not look').waitFor({ state: 'detached' });
  });

  test('says so where nothing is wrong', async () => {
    const { page } = await open({ scenario: 'sandbox' });
    await page.getByRole('heading', { name: 'Nothing is wrong' }).waitFor();
    expect(await page.getByRole('button', { name: /^Doctor/ }).textContent()).toBe('Doctor');
  });
});

describe('the ways between pages', () => {
  const hash = (screen: Screen): Promise<string> => screen.page.evaluate<string>('location.hash');

  test('lead from a finding to its profile, from there to its findings, and back to all', async () => {
    const screen = await open();
    const { page } = screen;
    await page.getByRole('button', { name: 'Profile legacy-tools' }).click();
    expect(await hash(screen)).toBe('#/profiles/legacy-tools');
    await page.getByRole('button', { name: 'Ask the doctor' }).first().click();
    expect(await hash(screen)).toBe('#/doctor/about-profile%3Alegacy-tools');
    await page.getByText('Only what is about legacy-tools').waitFor();
    expect(await page.getByRole('article').count()).toBe(1);
    await page.getByRole('button', { name: 'All findings' }).click();
    await expect.poll(() => page.getByRole('article').count()).toBe(6);
  });

  test('lead to one finding, which gets the focus', async () => {
    const { page } = await open({ place: `/doctor/${encodeURIComponent('registration-expired:acme')}` });
    const finding = page.getByRole('article', { name: /client registration/ });
    await finding.waitFor();
    expect(await page.evaluate('document.activeElement?.textContent')).toContain('client registration');
    await finding.getByRole('button', { name: 'Identity Center acme' }).click();
    await page.getByRole('heading', { name: 'Sessions' }).waitFor();
  });

  test('lead from what happened to the role, from the role to its profiles and to what happened with it', async () => {
    const screen = await open({ place: '/activity' });
    const { page } = screen;
    await page.getByRole('button', { name: 'Staging AdministratorAccess' }).click();
    const selected = page.locator('[role=row][aria-selected=true]');
    await expect.poll(() => selected.innerText()).toMatch(/Staging\s+2222 ?3333 ?4444\s+AdministratorAccess/);
    await page.getByRole('button', { name: 'Activity of this role' }).click();
    await page.getByText('Only what is about Staging AdministratorAccess').waitFor();
    await expect.poll(() => page.locator('time').count()).toBe(1);
    await page.getByRole('button', { name: 'All activity' }).click();
    await expect.poll(() => page.locator('time').count()).toBe(6);
    await page.getByRole('button', { name: 'Staging AdministratorAccess' }).click();
    await page.getByRole('button', { name: 'Profile admin', exact: true }).click();
    expect(await hash(screen)).toBe('#/profiles/admin');
  });

  test('lead from an Identity Center to its profiles', async () => {
    const screen = await open({ place: '/sessions' });
    await screen.page.getByRole('button', { name: 'prod-read' }).click();
    expect(await hash(screen)).toBe('#/profiles/prod-read');
  });

  test('lead from the popover to the window, at the right page', async () => {
    const screen = await open({ view: 'popover', scenario: 'files-broken', place: '' });
    await screen.page.getByRole('button', { name: 'Ask the doctor' }).click();
    expect((await screen.commands()).at(-1)).toEqual({ name: 'openWindow', input: { page: 'doctor' } });
  });
});

describe('activity', () => {
  test('is told apart by who did it and by what went wrong', async () => {
    const { page } = await open({ place: '/activity' });
    const lines = () => page.locator('time').count();
    await expect.poll(lines).toBe(6);
    await page.getByLabel('Show').selectOption('By programs');
    await expect.poll(lines).toBe(2);
    await page.getByPlaceholder('Search activity').fill('terraform infra');
    await expect.poll(lines).toBe(1);
    await page.getByLabel('Show').selectOption('Not done');
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  });
});

describe('the first minute', () => {
  test('with nothing in ~/.aws: the form, and the demo beside it', async () => {
    const screen = await open({ view: 'popover', scenario: 'first-run', place: '' });
    const { page } = screen;
    await page.getByText('Nothing in ~/.aws yet.').waitFor();
    expect(await page.locator('.button--primary').count()).toBe(1);
    await page.getByRole('button', { name: 'Try the demo first' }).click();
    await page.getByText('The demo opens in a window of its own').waitFor();
    expect((await screen.commands()).at(-1)).toEqual({ name: 'openDemo', input: {} });
  });

  test('a demo that cannot be started says how to start it by hand', async () => {
    const { page } = await open({ view: 'popover', scenario: 'first-run', place: '' });
    await page.evaluate(
      `fake.failNext('openDemo', { code: 'internal', message: 'No.', hint: 'Start it in a terminal: rolecall host --sandbox' })`,
    );
    await page.getByRole('button', { name: 'Try the demo first' }).click();
    await page.getByText('rolecall host --sandbox').waitFor();
  });

  test('with an Identity Center in ~/.aws: what was found, and one button that signs in; it goes when that begins', async () => {
    const screen = await open({ view: 'popover', scenario: 'first-run-found', place: '' });
    const { page } = screen;
    await page.getByRole('button', { name: '1 Identity Center' }).waitFor();
    expect(await page.getByRole('button', { name: /profile/ }).allTextContents()).toEqual(['5 profiles']);
    expect(await page.locator('.first-run .button--primary').count()).toBe(1);
    await page.getByRole('button', { name: /^Sign in to/ }).click();
    await page.getByRole('heading', { name: 'Welcome to Rolecall' }).waitFor({ state: 'detached' });
    expect((await screen.commands()).map(({ name }) => name)).toContain('startSignIn');
  });

  test('with broken files: the doctor comes first', async () => {
    const screen = await open({ view: 'popover', scenario: 'first-run-broken', place: '' });
    await screen.page.locator('.first-run').getByRole('button', { name: 'Ask the doctor' }).click();
    expect((await screen.commands()).at(-1)).toEqual({ name: 'openWindow', input: { page: 'doctor' } });
  });

  test('in the demo: steps that tick themselves off, and can be closed', async () => {
    const screen = await open({ scenario: 'sandbox', place: '/access', width: 1000 });
    const { page } = screen;
    const steps = page.getByRole('list', { name: 'Steps through the demo' }).getByRole('listitem');
    await expect.poll(() => steps.allTextContents()).toHaveLength(5);
    expect(await page.locator('[aria-current=step]').textContent()).toContain('Add the Identity Center');
    await page.getByRole('button', { name: 'Add the demo' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Add and sign in' }).click();
    await expect.poll(() => page.locator('[aria-current=step]').textContent()).toContain('Sign in');
    await page.evaluate('fake.finishSignIn(fake.state().ssoSessions[0].id)');
    await expect.poll(() => page.locator('[aria-current=step]').textContent()).toContain('Open a console');
    expect((await steps.allTextContents()).filter((text) => text.includes('done'))).toHaveLength(2);
    await page.getByRole('button', { name: 'Close the steps' }).click();
    await expect.poll(() => steps.count()).toBe(0);
    expect((await screen.commands()).at(-1)?.input).toEqual({ changes: { demoStepsClosed: true } });
    expect(await page.getByRole('button', { name: 'Demo phone' }).count()).toBe(1);
  });
});
