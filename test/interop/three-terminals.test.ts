import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { calledOf, clientCommand, clientEnvironment, clientMissing, type ClientName } from '../helpers/aws-clients.ts';
import { createMachine, type Machine } from '../helpers/aws-programs.ts';
import { onTerminal } from '../helpers/on-a-terminal.ts';
import { startHost } from '../helpers/running-app.ts';
import { signIn } from '../helpers/sign-in.ts';
import { launchBrowser, whyNoBrowser } from '../helpers/browser.ts';

const { accounts } = DEMO;

/** What runs in each terminal: another program each, each with its own role of its own account. */
const TERMINALS: readonly { client: ClientName; program: string; account: string; roleName: string }[] = [
  { client: 'terraform', program: 'terraform', account: accounts.production, roleName: 'PowerUserAccess' },
  { client: 'boto3', program: 'script.py', account: accounts.staging, roleName: 'AdministratorAccess' },
  { client: 'aws', program: 'aws', account: accounts.development, roleName: 'ReadOnlyAccess' },
];

const CONFIG = `[sso-session demo]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_registration_scopes = sso:account:access
`;

/** Every notification that a page shows, as it reads when it has named everybody. */
const WATCH = `
  globalThis.shown = new Set();
  new MutationObserver(() => document.querySelectorAll('.prompt-call').forEach((each) => shown.add(each)))
    .observe(document, { childList: true, subtree: true });
`;

async function runInTerminal(machine: Machine, { client, program, account }: (typeof TERMINALS)[number]) {
  const env = await clientEnvironment(client, machine, { account });
  const { code, stdout, shown } = await onTerminal([], clientCommand(client, program, 'once'), env);
  return calledOf({ code, stdout, stderr: shown });
}

/** The notice of the app's own page, once it names all three programs. */
async function noticeNamingAll(page: Page): Promise<string> {
  const notice = page.locator('.prompt-call');
  await notice.waitFor({ timeout: 60_000 });
  const text = async (): Promise<string> => (await notice.innerText()).replaceAll(/[\u2068\u2069]/g, '');
  for (const { program } of TERMINALS) {
    await expect.poll(text, { timeout: 60_000 }).toContain(`${program} (`);
  }
  return text();
}

test('Terraform, a boto3 script and aws in three terminals on an ended session: one notification that names them, one sign-in, three successes', async (context) => {
  const missing = whyNoBrowser() ?? TERMINALS.map(({ client }) => clientMissing(client)).find(Boolean);
  if (missing !== undefined) {
    context.skip(missing);
  }
  const machine = await createMachine({ config: CONFIG });
  const { sandbox } = machine;
  onTestFinished(() => sandbox.close());
  await signIn(machine);
  const host = await startHost(machine.ours);
  const served = TERMINALS.map(
    ({ program, account, roleName }) =>
      `\n[profile ${program}]\nregion = ${DEMO.region}\ncredential_process = ${host.helper} credentials --sso-session demo --account ${account} --role ${roleName}\n`,
  );
  await appendFile(join(machine.home, '.aws', 'config'), served.join(''));

  // The user's desk: Rolecall's page is open, and AWS has ended the session meanwhile.
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const desk = await browser.newContext({ locale: 'en-GB' });
  const page = await desk.newPage();
  await page.addInitScript(WATCH);
  await page.goto(host.address);
  await page.getByText('Analytics').first().waitFor();
  sandbox.control.expireAccessTokens();
  sandbox.control.revokeRefreshTokens();
  const signIns = () => sandbox.requests.of('sso-oidc.CreateToken').filter(({ status }) => status === 200).length;
  const signInsBefore = signIns();

  const running = Promise.all(TERMINALS.map((terminal) => runInTerminal(machine, terminal)));
  const notice = await noticeNamingAll(page);
  for (const { program, account, roleName } of TERMINALS) {
    expect(notice).toContain(`${program} (${roleName} ${account})`);
  }
  expect(notice).toContain('need you to sign in');
  expect(await host.openedPages()).toEqual([]);

  // One click on the notification, one on the question, one on AWS's page.
  await page.getByRole('button', { name: 'Answer' }).click();
  await page.getByRole('region', { name: 'Sign in?' }).getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect.poll(host.openedPages, { timeout: 20_000 }).toHaveLength(1);
  const aws = await desk.newPage();
  await aws.goto((await host.openedPages())[0] ?? '');
  await aws.getByRole('button', { name: /allow/i }).click();

  expect(await running).toEqual(TERMINALS.map(({ account }) => ({ account })));
  expect(signIns()).toBe(signInsBefore + 1);
  expect(await host.openedPages()).toHaveLength(1);
  expect(await page.evaluate('globalThis.shown.size')).toBe(1);
  const activity = (await readFile(join(machine.rolecallHome, 'activity.jsonl'), 'utf8')).trim().split('\n');
  const uses = activity
    .map((line) => JSON.parse(line) as { what: string; outcome: string; asker: { program: string } })
    .filter(({ what }) => what === 'credentials');
  expect(uses.map(({ outcome }) => outcome)).not.toContain('refused');
  expect(new Set(uses.filter(({ outcome }) => outcome === 'ok').map(({ asker }) => asker.program))).toEqual(
    new Set(TERMINALS.map(({ program }) => program)),
  );
});
