import { expect, test } from 'vitest';
import { SignInNeededError } from '../../../src/core/session/errors.ts';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import { seedHome } from '../../../src/sandbox/seed-home.ts';
import { coreOnSandbox } from '../../helpers/core-on-sandbox.ts';
import { coreUnderTest } from '../../helpers/core-under-test.ts';
import { ssoSessionConfig } from '../../helpers/fake-services.ts';
import { startSandbox } from '../../helpers/sandbox.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';

const ROLE = { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' } as const;

test('renews the SSO token and the credentials, although both still hold', async () => {
  const sandbox = await startSandbox();
  const homeDir = await scratchFolder();
  await seedHome(homeDir, { ssoSession: true, startUrl: sandbox.startUrl, region: sandbox.region });
  const app = await coreOnSandbox(sandbox, homeDir);
  await app.signIn('demo');
  const target = {
    kind: 'sso-role',
    ssoSession: 'demo',
    accountId: DEMO.accounts.production,
    roleName: 'ReadOnlyAccess',
  } as const;
  await app.execute('copyCredentials', { target });
  sandbox.requests.clear();
  const reply = await app.execute('renewForLongJob', { target });
  expect(reply).toMatchObject({
    ok: true,
    value: { limit: 'permission-set', ssoToken: { ssoSession: 'demo', renewsByItself: true } },
  });
  expect(['sso-oidc.CreateToken', 'sso.GetRoleCredentials'].map((name) => sandbox.requests.count(name))).toEqual([
    1, 1,
  ]);
  expect(reply.ok && Date.parse(reply.value.expiresAt)).toBeGreaterThan(Date.now() + 55 * 60_000);
});

test('a token that cannot be renewed but holds is left; its end is told', async () => {
  const under = await coreUnderTest((fake) => {
    fake.profiles = { ...fake.profiles, ssoSessions: [ssoSessionConfig('corp')] };
    fake.signedIn('corp', 30 * 60_000, false);
    fake.failures.set('renew', new SignInNeededError('corp', 'cannot-renew'));
  });
  const reply = await under.execute('renewForLongJob', { target: ROLE });
  expect(reply).toMatchObject({ ok: true, value: { ssoToken: { renewsByItself: false } } });
  expect(under.core.state.get().ssoSessions[0]?.signIn).toBeUndefined();
});

test('where nothing can be had without it, the click starts the sign-in, and goes on after it', async () => {
  const under = await coreUnderTest((fake) => {
    fake.profiles = { ...fake.profiles, ssoSessions: [ssoSessionConfig('corp')] };
    fake.failures.set('renew', new SignInNeededError('corp', 'signed-out'));
  });
  const reply = under.execute('renewForLongJob', { target: ROLE });
  await expect.poll(() => under.core.state.get().ssoSessions[0]?.signIn?.kind).toBe('waiting-for-browser');
  under.fake.finishSignIn('corp');
  expect(await reply).toMatchObject({ ok: true, value: { limit: 'permission-set' } });
});
