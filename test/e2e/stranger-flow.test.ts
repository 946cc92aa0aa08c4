import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { startDemo } from '../helpers/demo-host.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { run } from '../helpers/sandbox-programs.ts';
import { launchBrowser, whyNoBrowser } from '../helpers/browser.ts';

test('a stranger opens the demo, signs in, opens a console and pastes working credentials, by what the screen says', async (context) => {
  const reason = whyNoBrowser();
  if (reason !== undefined) {
    context.skip(reason);
  }
  const demo = await startDemo();
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const desk = await browser.newContext({ viewport: { width: 420, height: 700 }, locale: 'en-GB' });
  desk.setDefaultTimeout(15_000);
  const page = await desk.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => (message.type() === 'error' ? troubles.push(message.text()) : 0));
  await page.goto(demo.address);

  // Sign in: the demo's Identity Center is filled in already; AWS's page wants one press.
  await page.getByRole('button', { name: 'Add the demo' }).click();
  await page.getByRole('button', { name: 'Add and sign in' }).click();
  const aws = await desk.newPage();
  await aws.goto(await demo.openedPage(1));
  await aws.getByRole('button', { name: /allow/i }).click();
  await page.getByText('14 accounts').first().waitFor();

  // A console by keyboard, and credentials for a shell without waiting for it.
  await page.bringToFront();
  await page.keyboard.type('dev admin');
  const row = page.locator('[role=row][aria-selected=true]');
  await expect.poll(() => row.textContent()).toContain(DEMO.accounts.development);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+c');
  await aws.goto(await demo.openedPage(2));
  expect(await aws.locator('body').innerText()).toContain('AdministratorAccess');
  expect(await aws.locator('body').innerText()).toMatch(/8420-?1639-?5547/);
  expect(aws.url()).not.toContain('SigninToken');

  // The credentials work in a shell; the row counts down.
  await page.bringToFront();
  await expect.poll(() => readFile(demo.clipboard, 'utf8').catch(() => '')).toContain('AWS_SESSION_TOKEN');
  await expect.poll(() => row.textContent()).toMatch(/5547(1h|\d+m)/);
  if (existsSync('/usr/bin/aws')) {
    const url = /AWS_ENDPOINT_URL='([^']+)'/.exec(demo.hint)?.[1] ?? '';
    const pasted = await readFile(demo.clipboard, 'utf8');
    const shell = ['/bin/bash', '-c', `${pasted}\n/usr/bin/aws sts get-caller-identity --endpoint-url ${url}`];
    const answer = await run(shell, { PATH: '/usr/bin:/bin', HOME: demo.home, AWS_REGION: DEMO.region });
    expect(JSON.parse(answer.stdout)).toMatchObject({ Account: DEMO.accounts.development });
  }

  // The other terminal that the demo speaks of: the command goes through the running app, at the demo's AWS.
  const terminal = (words: string) =>
    run(['/bin/sh', '-c', `${demo.hint}; "$0" "$1" ${words}`, process.execPath, ROLECALL], {
      PATH: process.env['PATH'] ?? '',
      HOME: demo.home,
      AWS_PROFILE: 'of-the-users-own',
      AWS_CONFIG_FILE: join(demo.home, 'nothing-here'),
    });
  const status = await terminal('status');
  expect(status).toMatchObject({ code: 0, stderr: '' });
  expect(status.stdout).toContain('signed in');
  const role = `--sso-session ${/^(\S+) .*signed in/m.exec(status.stdout)?.[1]} --account ${DEMO.accounts.development} --role AdministratorAccess`;
  const held = JSON.parse((await terminal(`credentials ${role}`)).stdout) as { AccessKeyId: string };
  // The app's own credentials, not a second set: so it was the app that answered.
  expect(await readFile(demo.clipboard, 'utf8')).toContain(held.AccessKeyId);
  const console = await terminal(`console ${role} --print`);
  expect(console).toMatchObject({ code: 0, stderr: '' });
  expect((await fetch(console.stdout.trim())).status).toBe(200);

  // Nothing of the stranger's was touched, and nothing of the demo stays.
  expect(troubles).toEqual([]);
  expect(existsSync(demo.home)).toBe(false);
  const demoHome = /HOME='([^']+)'/.exec(demo.hint)?.[1] ?? '';
  expect(existsSync(demoHome)).toBe(true);
  await demo.stop();
  expect(existsSync(demoHome)).toBe(false);
  expect(await readFile(demo.clipboard, 'utf8')).toBe('');
});
