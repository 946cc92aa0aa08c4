import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ssoRoleCacheName } from '../../../../src/core/files/cli-cache.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { answerInBrowser, startSandbox } from '../../../helpers/sandbox.ts';
import { scriptedServer } from '../../../helpers/scripted-server.ts';
import { NEVER, signInThrough, ssoUnderTest, type SsoUnderTest } from '../../../helpers/sso-under-test.ts';

async function keepInCliCache(under: SsoUnderTest, name: string, content: unknown): Promise<void> {
  await mkdir(under.paths.cliCacheDir, { recursive: true });
  await writeFile(join(under.paths.cliCacheDir, name), JSON.stringify(content));
}

describe('signing out', () => {
  test('AWS is told, the token and registration are gone, so is what the AWS CLI kept of this Identity Center’s roles', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    await signInThrough(under, answerInBrowser);
    const { accounts } = await under.directory.refresh('corp', () => undefined, NEVER);
    const account = accounts.find(({ roles }) => roles.length > 0);
    const role = { accountId: account?.accountId ?? '', roleName: account?.roles[0] ?? '' };
    const mine = ssoRoleCacheName({ ...role, session: { kind: 'named', name: 'corp' } });
    const others = ssoRoleCacheName({ ...role, session: { kind: 'named', name: 'other' } });
    await keepInCliCache(under, mine, { ProviderType: 'sso', Credentials: {} });
    await keepInCliCache(under, others, { ProviderType: 'sso', Credentials: {} });
    await keepInCliCache(under, 'assumed.json', { Credentials: {} });
    const { accessToken } = await under.readToken('corp');

    await under.ssoSessions.signOut('corp', NEVER);

    expect(sandbox.requests.count('sso.Logout')).toBe(1);
    await expect(under.readToken('corp')).rejects.toThrow(/ENOENT/);
    expect(await under.secretStore.names()).toEqual([]);
    expect((await readdir(under.paths.cliCacheDir)).sort()).toEqual([others, 'assumed.json'].sort());
    expect(await under.ssoSessions.access('corp')).toEqual({ kind: 'signed-out' });
    const refused = await fetch(`${sandbox.url}/assignment/accounts`, {
      headers: { 'x-amz-sso_bearer_token': String(accessToken) },
    });
    expect(refused.status).toBe(401);
    expect(await readFile(under.paths.configFile, 'utf8')).toContain('[sso-session corp]');
  });

  test('without a network everything here is gone all the same', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    await signInThrough(under, answerInBrowser);
    await sandbox.close();
    await under.ssoSessions.signOut('corp', NEVER);
    await expect(under.readToken('corp')).rejects.toThrow(/ENOENT/);
    expect(await under.secretStore.names()).toEqual([]);
    expect(under.lines.join('\n')).toContain('AWS was not told');
  });

  test('AWS hangs: five seconds, and the token is gone before they begin', async () => {
    const clock = new FakeClock(Date.now());
    const server = await scriptedServer(() => () => undefined);
    onTestFinished(() => server.close());
    const under = await ssoUnderTest({ env: { AWS_ENDPOINT_URL: server.url }, clock });
    await under.writeToken('corp', {
      startUrl: 'https://corp.awsapps.com/start',
      region: 'us-east-1',
      accessToken: 'token',
      expiresAt: '2099-01-01T00:00:00Z',
    });
    const signedOut = under.ssoSessions.signOut('corp', NEVER);
    await expect.poll(() => server.seen.length).toBe(1);
    await expect(under.readToken('corp')).rejects.toThrow(/ENOENT/);
    await clock.advance(5_000);
    await signedOut;
  });

  test('a token that has run out, with the sign-in behind it alive: renewed, to be ended for good', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    await signInThrough(under, answerInBrowser);
    const kept = await under.readToken('corp');
    sandbox.control.expireAccessTokens();
    await under.writeToken('corp', { ...kept, expiresAt: '2020-01-01T00:00:00Z' });
    await under.ssoSessions.signOut('corp', NEVER);
    expect(sandbox.requests.count('sso.Logout')).toBe(1);
    await under.writeToken('corp', { ...kept, expiresAt: '2020-01-01T00:00:00Z' });
    await expect(under.ssoSessions.accessToken('corp', NEVER)).rejects.toThrow('AWS has ended the sign-in');
  });

  test('signing out when signed out does nothing and fails nothing', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    await under.ssoSessions.signOut('corp', NEVER);
    expect(sandbox.requests.count('sso.Logout')).toBe(0);
  });

  test('in vault mode the store is emptied of it', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox, mode: 'vault' });
    await signInThrough(under, answerInBrowser);
    await under.ssoSessions.signOut('corp', NEVER);
    expect(await under.secretStore.names()).toEqual([]);
  });
});
