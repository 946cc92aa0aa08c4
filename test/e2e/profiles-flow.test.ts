import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { startHost } from '../helpers/running-app.ts';
import { answerInBrowser } from '../helpers/sandbox.ts';
import { launchBrowser, whyNoBrowser } from '../helpers/browser.ts';

/** With a comment and spaces that must outlive everything. */
const CONFIG = `# mine
[default]
region   =   eu-west-1

[sso-session demo]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_registration_scopes = sso:account:access
`;
const NAME = 'Development-AdministratorAccess';

interface Setting {
  readonly page: Page;
  readonly home: string;
  readonly troubles: readonly string[];
  openedPages(): Promise<readonly string[]>;
  close(): Promise<void>;
}

function whyNot(): string | undefined {
  return whyNoBrowser() ?? (existsSync(ROLECALL) ? undefined : `${ROLECALL} is not built`);
}

async function setUp(): Promise<Setting> {
  const home = await mkdtemp(join(tmpdir(), 'rolecall-profiles-flow-'));
  await mkdir(join(home, '.aws'), { mode: 0o700 });
  await writeFile(join(home, '.aws', 'config'), CONFIG, { mode: 0o600 });
  const sandbox = await createSandbox();
  const atEnd: (() => void | Promise<void>)[] = [];
  const env = { ...sandbox.env(), HOME: home, ROLECALL_HOME: join(home, '.rolecall') };
  const host = await startHost(
    env,
    () => {},
    (cleanUp) => void atEnd.push(cleanUp),
  );
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width: 1100, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  await page.goto(host.address);
  return {
    page,
    home,
    troubles,
    openedPages: host.openedPages,
    async close() {
      await browser.close();
      for (const cleanUp of atEnd) {
        await cleanUp();
      }
      await sandbox.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

describe('profiles are kept in order on the screen', () => {
  let setting: Setting | undefined;

  beforeAll(async () => {
    setting = whyNot() === undefined ? await setUp() : undefined;
  }, 60_000);

  afterAll(() => setting?.close());

  function ready(skip: (why: string) => never): Setting {
    return setting ?? skip(whyNot() ?? 'the host did not start');
  }

  const config = ({ home }: Setting): Promise<string> => readFile(join(home, '.aws', 'config'), 'utf8');
  const dialog = ({ page }: Setting): Locator => page.getByRole('dialog');
  const row = ({ page }: Setting, name: string): Locator => page.getByRole('option', { name });

  async function closed(here: Setting): Promise<void> {
    await dialog(here).waitFor({ state: 'detached' });
  }

  test('profiles for the roles that a rule takes, shown before they are in the file; the dialog leads to the sign-in it needs', async ({
    skip,
  }) => {
    const here = ready(skip);
    const { page } = here;
    await page.getByRole('button', { name: 'Profiles', exact: true }).click();
    await page.getByRole('button', { name: 'Profiles for all roles…' }).click();
    const box = dialog(here);
    // What it was refused for is mended while it stands open: it asks again by itself.
    await box.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect.poll(async () => (await here.openedPages()).length, { timeout: 30_000 }).toBeGreaterThan(0);
    await answerInBrowser((await here.openedPages())[0] ?? '');
    await box.getByText(/ new, 0 removed/).waitFor();
    await box.getByLabel('Only roles that match: Account, * for any').fill(DEMO.accounts.development);
    await box.getByLabel('Only roles that match: Role, * for any').fill('Admin*');
    await box.getByRole('button', { name: 'Add', exact: true }).first().click();
    await box.getByText('1 new, 0 removed, 0 renamed, 0 stay.').waitFor();
    await box.getByLabel('Name of each profile').fill('{role}.{account}');
    await box.locator('.examples__name', { hasText: 'AdministratorAccess.Development' }).waitFor();
    await box.getByLabel('Name of each profile').fill('{account}-{role}');
    await box.locator('.diff__line--added', { hasText: `[profile ${NAME}]` }).waitFor();
    await box.getByLabel('Output').selectOption('yaml');
    await box.locator('.diff__line--added', { hasText: 'output = yaml' }).waitFor();
    expect(await config(here)).toBe(CONFIG);
    await box.getByRole('button', { name: 'Write profiles' }).click();
    await closed(here);
    await row(here, NAME).waitFor();
    expect(await config(here)).toContain(`[profile ${NAME}]\nsso_session = demo\n`);
  });

  test('what was chosen last time is there again, and can be cleared; profiles that are there keep what they have', async ({
    skip,
  }) => {
    const here = ready(skip);
    const before = await config(here);
    const reopened = async (output: string): Promise<Locator> => {
      await here.page.getByRole('button', { name: 'Profiles for all roles…' }).click();
      await expect.poll(() => dialog(here).getByLabel('Output').inputValue(), { timeout: 20_000 }).toBe(output);
      return dialog(here);
    };
    const box = await reopened('yaml');
    await box.getByLabel('Output').selectOption('');
    await box.getByRole('button', { name: 'Write profiles' }).click();
    await closed(here);
    await (await reopened('')).getByText('0 new, 0 removed, 0 renamed, 1 stay.').waitFor();
    await here.page.keyboard.press('Escape');
    await closed(here);
    expect(await config(here)).toBe(before);
  });

  test('an edit is shown, made, and undone from the toast, byte for byte', async ({ skip }) => {
    const here = ready(skip);
    const { page } = here;
    const before = await config(here);
    await row(here, NAME).click();
    await page.getByText('sso_role_name').waitFor();
    await page.getByRole('button', { name: 'Edit…' }).click();
    await dialog(here).getByLabel('region', { exact: true }).fill('ap-northeast-1');
    await dialog(here).getByLabel('Name', { exact: true }).fill('dev-admin');
    await dialog(here).locator('.diff__line--added', { hasText: '[profile dev-admin]' }).waitFor();
    expect(await config(here)).toBe(before);
    await dialog(here).getByRole('button', { name: 'Write' }).click();
    await closed(here);
    expect(await config(here)).toContain('[profile dev-admin]\n');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await dialog(here).locator('.diff__line--removed', { hasText: 'region = ap-northeast-1' }).waitFor();
    await dialog(here).getByRole('button', { name: 'Take back' }).click();
    await closed(here);
    expect(await config(here)).toBe(before);
  });

  test('the default is chosen by a click, and taken back from the list of changes', async ({ skip }) => {
    const here = ready(skip);
    const { page } = here;
    const before = await config(here);
    await row(here, NAME).click();
    await page.getByRole('button', { name: 'Make default…' }).click();
    await dialog(here).locator('.diff__line--added', { hasText: 'sso_session = demo' }).waitFor();
    await dialog(here).getByRole('button', { name: 'Make default', exact: true }).click();
    await closed(here);
    await row(here, NAME).getByText('default', { exact: true }).waitFor();
    expect(await config(here)).toContain('[default]\nregion   =   eu-west-1\nsso_session = demo\n');
    await page.getByRole('button', { name: 'Changes' }).click();
    await dialog(here).getByRole('listitem').first().getByRole('button', { name: 'Undo…' }).click();
    await dialog(here).getByRole('button', { name: 'Take back' }).click();
    await closed(here);
    expect(await config(here)).toBe(before);
  });

  test('a set-up is shared, and another one taken over after it was shown', async ({ skip }) => {
    const here = ready(skip);
    const { page, home } = here;
    const before = await config(here);
    const menu = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    await menu('Share this set-up…');
    await dialog(here).getByRole('button', { name: 'Save the file' }).click();
    await dialog(here).getByText('#sha256=').waitFor();
    await page.keyboard.press('Escape');
    const saved = JSON.parse(await readFile(join(home, 'rolecall-set-up.json'), 'utf8')) as object;
    const team = {
      name: 'team-read',
      keys: { sso_session: 'demo', sso_account_id: DEMO.accounts.staging, sso_role_name: 'ReadOnlyAccess' },
    };
    const theirs = JSON.stringify({ ...saved, profiles: [team] });
    const choose = async (): Promise<void> => {
      await menu('Take over a set-up…');
      await dialog(here)
        .locator('input[type=file]')
        .setInputFiles({ name: 'team.json', mimeType: 'application/json', buffer: Buffer.from(theirs) });
    };
    await choose();
    await dialog(here).locator('.diff__line--added', { hasText: '[profile team-read]' }).waitFor();
    await dialog(here).getByText('here already').first().waitFor();
    expect(await config(here)).toBe(before);
    await dialog(here).getByRole('button', { name: 'Take over' }).click();
    await closed(here);
    await row(here, 'team-read').waitFor();
    await page.getByText('The set-up was taken over').waitFor();
    const after = await config(here);
    expect(after).toContain('[profile team-read]\n');
    await choose();
    await dialog(here).getByRole('button', { name: 'Take over' }).click();
    await page.getByText('The set-up holds nothing new').waitFor();
    expect(await config(here)).toBe(after);
    expect(here.troubles).toEqual([]);
  });
});
