import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seedHome } from '../../../src/sandbox/seed-home.ts';
import { coreOnSandbox, type CoreOnSandbox } from '../../helpers/core-on-sandbox.ts';
import { startSandbox } from '../../helpers/sandbox.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';

/** The app in a home of its own, with one Identity Center that is signed in to. */
async function signedIn(): Promise<CoreOnSandbox & { readonly homeDir: string }> {
  const sandbox = await startSandbox();
  const homeDir = await scratchFolder();
  await seedHome(homeDir, { ssoSession: true, startUrl: sandbox.startUrl, region: sandbox.region });
  const app = await coreOnSandbox(sandbox, homeDir);
  await app.signIn('demo');
  await expect.poll(() => app.core.state.get().directories['demo']?.accounts.length).toBeGreaterThan(0);
  return { ...app, homeDir };
}

test('a list of accounts that was cleared comes again; the activity does not; both tell their size', async () => {
  const { execute, core, homeDir } = await signedIn();
  await expect.poll(() => core.state.get().activity.length).toBeGreaterThan(0);
  const folder = join(homeDir, '.rolecall');
  const sizes = async (): Promise<unknown> => {
    const reply = await execute('dataFolder', {});
    return reply.ok ? [reply.value.path, Object.values(reply.value.cacheBytes).every((size) => size > 100)] : reply;
  };
  await expect.poll(sizes, { timeout: 10_000 }).toEqual([folder, true]);
  expect(await execute('clearCache', { cache: 'activity' })).toEqual({ ok: true, value: null });
  expect(core.state.get().activity).toEqual([]);
  await expect(stat(join(folder, 'activity.jsonl'))).rejects.toThrow('ENOENT');
  expect(await execute('clearCache', { cache: 'directories' })).toEqual({ ok: true, value: null });
  const isWhole = (): boolean => {
    const directory = core.state.get().directories['demo'];
    return directory?.refreshedAt !== undefined && directory.progress === undefined && directory.accounts.length > 0;
  };
  await expect.poll(isWhole, { timeout: 10_000 }).toBe(true);
  await expect.poll(sizes, { timeout: 10_000 }).toEqual([folder, false]);
});

test('the hosts of the sandbox answer; the answer names them and no proxy', async () => {
  const { execute } = await signedIn();
  const reply = await execute('testConnection', {});
  expect(reply).toMatchObject({ ok: true, value: { proxies: [], findings: [] } });
});

test('what was imported is on the screen at once', async () => {
  const { execute, core, homeDir } = await signedIn();
  await mkdir(join(homeDir, '.aws-sso'));
  await writeFile(
    join(homeDir, '.aws-sso', 'config.yaml'),
    'SSOConfig:\n  other:\n    SSORegion: eu-west-1\n    StartUrl: https://other.awsapps.com/start\n    Accounts:\n      111122223333:\n        Name: Mine\n',
  );
  const found = await execute('findImports', {});
  expect(found).toMatchObject({ ok: true, value: { tools: [{ tool: 'aws-sso-cli', ssoSessions: 1, marks: 1 }] } });
  const config = join(homeDir, '.aws', 'config');
  const before = await readFile(config, 'utf8');
  const preview = await execute('importFrom', { tool: 'aws-sso-cli', preview: true });
  expect(preview).toMatchObject({ ok: true, value: { markCount: 1, previews: [{ applied: false }] } });
  expect(await readFile(config, 'utf8')).toBe(before);
  expect(await execute('importFrom', { tool: 'aws-sso-cli' })).toMatchObject({ ok: true });
  expect(core.state.get().ssoSessions.map(({ name }) => name)).toContain('other');
  expect(core.state.get().marks['account:other/111122223333']).toEqual({ alias: 'Mine' });
});

test('no user name or password is kept without a proxy, and none is ever in the state', async () => {
  const { execute, core } = await signedIn();
  expect(await execute('setProxySignIn', { user: 'ada', password: 's3cret' })).toMatchObject({
    ok: false,
    failure: { code: 'bad-input' },
  });
  await execute('updateSettings', { changes: { proxyMode: 'manual', proxyUrl: 'http://127.0.0.1:9' } });
  expect(await execute('setProxySignIn', { user: 'ada', password: 's3cret' })).toEqual({ ok: true, value: null });
  expect(core.state.get().settings.proxySignsIn).toBe(true);
  expect(JSON.stringify(core.state.get())).not.toMatch(/s3cret|"ada"/);
  await execute('forgetProxySignIn', {});
  expect(core.state.get().settings.proxySignsIn).toBe(false);
});
