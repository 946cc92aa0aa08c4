import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createServices } from '../../../src/core/app/create-services.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import { seedHome } from '../../../src/sandbox/seed-home.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.ts';
import { coreOnSandbox } from '../../helpers/core-on-sandbox.ts';
import { answerInBrowser, startSandbox } from '../../helpers/sandbox.ts';
import { NEVER } from '../../helpers/sso-under-test.ts';
import { scratchFolder, scratchSurroundings } from '../../helpers/surroundings.ts';

const PASSPHRASE = new Secret('a passphrase for this test alone');
const call = {
  asker: { program: 'test', pid: 1, folder: undefined, parents: [] },
  userAsked: false,
  signal: NEVER,
};
const admin = {
  kind: 'sso-role',
  ssoSession: 'demo',
  accountId: DEMO.accounts.development,
  roleName: 'AdministratorAccess',
} as const;

test('in vault mode too, the app sees within two seconds who signs out or in by a command', async () => {
  const sandbox = await startSandbox();
  const surroundings = await scratchSurroundings({
    homeDir: await scratchFolder(),
    clock: systemClock({ keepAlive: false }),
    env: { ...sandbox.env(), PATH: process.env['PATH'] ?? '' },
  });
  const { homeDir, rolecallHome } = surroundings;
  await seedHome(homeDir, { ssoSession: true, startUrl: sandbox.startUrl, region: sandbox.region });
  await mkdir(rolecallHome, { recursive: true, mode: 0o700 });
  await writeFile(join(rolecallHome, 'vault-sessions.json'), JSON.stringify({ version: 1, value: ['demo'] }));
  const app = await coreOnSandbox(sandbox, homeDir, { rolecallHome, keepsSecretsInMemory: false });
  await app.core.services.secretStore.choose('passphrase', PASSPHRASE);
  await app.signIn('demo');
  await app.core.services.credentials.get(admin, call);
  const command = await createServices({
    surroundings,
    prompt: { ask: () => Promise.reject(new Error('nobody is here')) } as never,
    settings: () => DEFAULT_SETTINGS,
    browser: { open: async (url) => void answerInBrowser(url.reveal()) },
    helperPath: '/opt/rolecall/rolecall',
    probeSecretStore: false,
  });
  await command.secretStore.unlock(PASSPHRASE);
  const access = () => app.core.state.get().ssoSessions[0]?.access.kind;

  await command.ssoSessions.signOut('demo', NEVER);
  await expect.poll(access, { timeout: 2_000 }).toBe('signed-out');
  expect(app.core.services.credentials.held()).toEqual([]);

  await command.ssoSessions.signIn('demo', { method: 'browser', onStep: () => {}, openBrowser: true }, NEVER);
  await expect.poll(access, { timeout: 2_000 }).toBe('signed-in');
});
