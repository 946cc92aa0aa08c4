import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { scratchFolder } from '../helpers/surroundings.ts';
import { launchBrowser, whyNoBrowser } from '../helpers/browser.ts';

const BROKEN =
  '[profile a]\nregion = eu-west-1\nrole_arn = arn:aws:iam::111111111111:role/R\nsource_profile = k\n[profile a]\noutput = json\n';
const KEYS = '[k]\naws_access_key_id = AKIAEXAMPLE000000001\naws_secret_access_key = hush\n';

/** The host over a home with broken files; a program of the test's own stands for the browser and notes what it is asked to open. */
async function startHost() {
  const folder = await scratchFolder();
  const home = join(folder, 'home');
  const [config, credentials] = [join(home, '.aws', 'config'), join(home, '.aws', 'credentials')];
  await mkdir(join(home, '.aws'), { recursive: true, mode: 0o700 });
  await writeFile(config, BROKEN, { mode: 0o600 });
  await writeFile(credentials, KEYS);
  await chmod(credentials, 0o644);
  const opened = join(folder, 'opened');
  const browser = join(folder, 'browser');
  await writeFile(browser, `#!/bin/sh\nprintf '%s\\n' "$1" >>'${opened}'\n`, { mode: 0o755 });
  const child = spawn(process.execPath, [ROLECALL, 'host', '--no-open'], {
    env: { PATH: process.env['PATH'], HOME: home, ROLECALL_HOME: join(home, '.rolecall'), BROWSER: browser },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const printed = { text: '' };
  child.stdout.on('data', (data: Buffer) => (printed.text += data.toString()));
  const address = () => /http:\/\/127\.0\.0\.1:\d+\/#b=\S+/.exec(printed.text)?.[0];
  await expect.poll(address, { timeout: 30_000 }).toBeDefined();
  return { config, credentials, opened, address: address() ?? '', printed: () => printed.text, child, ended };
}

test('broken files are found at the first start, mended by one click each, and brought back by undoing', async (context) => {
  const reason = whyNoBrowser();
  if (reason !== undefined) {
    context.skip(reason);
  }
  const host = await startHost();
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await (await browser.newContext({ viewport: { width: 1100, height: 800 }, locale: 'en-GB' })).newPage();
  page.setDefaultTimeout(20_000);
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => (message.type() === 'error' ? troubles.push(message.text()) : 0));
  await page.goto(host.address);

  // The welcome leads to the doctor, which leaves the network of the test's machine alone when told to.
  await page.locator('.first-run').getByRole('button', { name: 'Ask the doctor' }).click();
  await page.getByRole('switch', { name: 'Leave the network alone' }).check();
  const fixOf = async (title: RegExp, shown: string): Promise<void> => {
    const finding = page.getByRole('article', { name: title });
    await finding.getByRole('button', { name: 'Show the fix' }).click();
    await finding.getByText(shown, { exact: true }).first().waitFor();
    await finding.getByRole('button', { name: 'Apply this fix' }).click();
    await page.getByRole('status').getByText('Fixed').waitFor();
  };
  await fixOf(/opens \[profile a\] a second time/, '− [profile a]');
  expect(await readFile(host.config, 'utf8')).toBe(BROKEN.replace('[profile a]\noutput', 'output'));
  await page.getByRole('article', { name: /a second time/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('status').getByText('Taken back').waitFor();
  expect(await readFile(host.config, 'utf8')).toBe(BROKEN);

  await fixOf(/credentials can be read by other users/, '+ mode 0600');
  expect((await stat(host.credentials)).mode & 0o777).toBe(0o600);
  expect(await readFile(host.credentials, 'utf8')).toBe(KEYS);
  expect(await page.locator('body').textContent()).not.toContain('hush');
  expect(troubles).toEqual([]);

  // In another language its kind comes first, from data that the host serves under the page's own policy; then the core's own words.
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByLabel('Language').selectOption('ja');
  await page.getByRole('button', { name: /^診断/ }).click();
  const twice = page.getByRole('article', { name: '同じセクションが二つあります。' });
  await twice.getByText(/^Line 5 of the config file opens \[profile a\] a second time/).waitFor();
  expect(troubles).toEqual([]);
  await page.getByRole('button', { name: '設定', exact: true }).click();
  await page.getByLabel('言語').selectOption('en');

  // The demo opens beside it, in the same terminal, and ends with it.
  await page.getByRole('button', { name: 'Access', exact: true }).click();
  await page.getByRole('button', { name: 'Try the demo first' }).click();
  await page.getByText('The demo opens in a window of its own').waitFor();
  await expect.poll(() => readFile(host.opened, 'utf8').catch(() => '')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#b=/);
  const demoHome = /HOME='([^']+)'/.exec(host.printed())?.[1] ?? '';
  const demo = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await demo.goto((await readFile(host.opened, 'utf8')).trim());
  await demo.getByRole('list', { name: 'Steps through the demo' }).waitFor();
  expect((await stat(demoHome)).isDirectory()).toBe(true);
  host.child.kill('SIGTERM');
  await host.ended;
  await expect(stat(demoHome)).rejects.toThrow('ENOENT');
});
