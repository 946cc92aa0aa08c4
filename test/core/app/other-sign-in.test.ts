import { describe, expect, onTestFinished, test } from 'vitest';
import { createServices } from '../../../src/core/app/create-services.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import { seedHome } from '../../../src/sandbox/seed-home.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.ts';
import { coreOnSandbox } from '../../helpers/core-on-sandbox.ts';
import { answerInBrowser, startSandbox } from '../../helpers/sandbox.ts';
import { NEVER, signInThrough, ssoUnderTest, type SsoUnderTest } from '../../helpers/sso-under-test.ts';
import { scratchFolder, scratchSurroundings } from '../../helpers/surroundings.ts';

const asker = { program: 'test', pid: 1, folder: undefined, parents: [] };
const call = { asker, userAsked: false, signal: NEVER };
const OTHER = 'sam.okafor';
/** A role that the first person has, and the other has not. */
const admin = {
  kind: 'sso-role',
  ssoSession: 'demo',
  accountId: DEMO.accounts.development,
  roleName: 'AdministratorAccess',
} as const;

/** The app, and a program beside it, on one home folder; the first person is signed in, and holds credentials. */
async function held(settings: { readonly rotateRefreshTokens?: boolean } = {}) {
  const sandbox = await startSandbox({ settings });
  const homeDir = await scratchFolder();
  await seedHome(homeDir, { ssoSession: true, startUrl: sandbox.startUrl, region: sandbox.region });
  const beside = await ssoUnderTest({ sandbox, homeDir });
  const browser = { person: DEMO.portalUser as string };
  const app = await coreOnSandbox(sandbox, homeDir, {
    rolecallHome: beside.rolecallHome,
    person: () => browser.person,
  });
  await app.signIn('demo');
  await expect.poll(() => app.core.state.get().directories['demo']?.refreshedAt, { timeout: 10_000 }).toBeDefined();
  const { credentials } = app.core.services;
  await credentials.get(admin, call);
  expect(credentials.held()).toHaveLength(1);
  const roles = () =>
    app.core.state.get().directories['demo']?.accounts.find(({ accountId }) => accountId === DEMO.accounts.development)
      ?.roles;
  expect(roles()).toContain('AdministratorAccess');
  return { sandbox, homeDir, beside, browser, app, credentials, roles };
}

async function signInAsOther(under: SsoUnderTest): Promise<void> {
  await signInThrough(under, (url) => answerInBrowser(url, { userName: OTHER }), 'demo');
}

describe('somebody else signs in without signing out first', () => {
  test('in the app: neither credentials nor the list of the former person are left', async () => {
    const { app, browser, credentials, roles } = await held();
    browser.person = OTHER;
    await app.execute('startSignIn', { ssoSession: 'demo' });
    await expect.poll(() => credentials.held(), { timeout: 10_000 }).toEqual([]);
    expect(app.core.state.get().liveRoles).toEqual([]);
    await expect(credentials.get(admin, call)).rejects.toMatchObject({ code: 'no-access' });
    await expect.poll(roles, { timeout: 10_000 }).not.toContain('AdministratorAccess');
  });

  test('by another program, while the app shows the former as signed in', async () => {
    const { app, beside, credentials, roles } = await held();
    await signInAsOther(beside);
    await expect.poll(() => credentials.held(), { timeout: 10_000 }).toEqual([]);
    expect(app.core.state.get().liveRoles).toEqual([]);
    await expect(credentials.get(admin, call)).rejects.toMatchObject({ code: 'no-access' });
    await expect.poll(roles, { timeout: 10_000 }).not.toContain('AdministratorAccess');
  });

  test('a command that serves a program for long looks at the sign-in before it hands out what it holds', async () => {
    const { sandbox, homeDir, beside } = await held();
    const surroundings = await scratchSurroundings({
      homeDir,
      clock: systemClock({ keepAlive: false }),
      env: { ...sandbox.env(), PATH: process.env['PATH'] ?? '' },
    });
    const { credentials } = await createServices({
      surroundings,
      prompt: { ask: () => Promise.reject(new Error('nobody is here')) } as never,
      settings: () => DEFAULT_SETTINGS,
      browser: { open: async () => {} },
      helperPath: '/opt/rolecall/rolecall',
      probeSecretStore: false,
      keepsSecretsInMemory: true,
      before: (own) => own,
    });
    await credentials.get(admin, call);
    const asked = sandbox.requests.count('sso.GetRoleCredentials');
    await credentials.get(admin, call);
    expect(sandbox.requests.count('sso.GetRoleCredentials')).toBe(asked);
    await signInAsOther(beside);
    await expect(credentials.get(admin, call)).rejects.toMatchObject({ code: 'no-access' });
  });

  test('a list that the former person began is not gone on with, and a command asks anew for one that is theirs', async () => {
    const { sandbox, homeDir, beside } = await held();
    await beside.directory.refresh('demo', () => {}, NEVER);
    expect(await beside.directory.isOfThisSignIn('demo')).toBe(true);
    await signInAsOther(beside);
    const command = await ssoUnderTest({ sandbox, homeDir });
    expect(await command.directory.isOfThisSignIn('demo')).toBe(false);

    const stopping = new AbortController();
    onTestFinished(() => stopping.abort());
    sandbox.faults.add({ operation: 'sso.ListAccountRoles', fault: { kind: 'latency', latencyMs: 300 } });
    const begun = command.directory.refresh('demo', () => {}, stopping.signal).catch(() => undefined);
    await signInThrough(command, (url) => answerInBrowser(url, { userName: DEMO.portalUser }), 'demo');
    const { accounts } = await command.directory.refresh('demo', () => {}, NEVER);
    await begun;
    expect(accounts.find(({ accountId }) => accountId === admin.accountId)?.roles).toContain('AdministratorAccess');
    expect(await command.directory.isOfThisSignIn('demo')).toBe(true);
  });
});

describe('a renewal is the same person', () => {
  for (const rotateRefreshTokens of [false, true]) {
    const words = rotateRefreshTokens ? 'new refresh token' : 'same refresh token';
    test(`by the app, and by a process of ours beside it, with the ${words}`, async () => {
      const { app, beside, credentials, sandbox } = await held({ rotateRefreshTokens });
      const [before] = credentials.held();
      const listed = sandbox.requests.count('sso.ListAccounts');
      const tokenOf = async () => (await beside.readToken('demo'))['accessToken'];
      const first = await tokenOf();
      expect(await app.execute('renewSsoToken', { ssoSession: 'demo' })).toMatchObject({ ok: true });
      const second = await tokenOf();
      expect(second).not.toBe(first);
      await beside.ssoSessions.renew('demo', NEVER);
      expect(await tokenOf()).not.toBe(second);
      await app.core.services.ssoSessions.access('demo');
      expect(credentials.held()).toEqual([before]);
      expect(sandbox.requests.count('sso.ListAccounts')).toBe(listed);
    });
  }

  test('by a program that takes no note of it, where AWS leaves the refresh token as it is', async () => {
    const { app, beside, credentials } = await held();
    const token = await beside.readToken('demo');
    await beside.writeToken('demo', { ...token, accessToken: `${String(token['accessToken'])}x` });
    await app.core.services.ssoSessions.access('demo');
    expect(credentials.held()).toHaveLength(1);
  });
});
