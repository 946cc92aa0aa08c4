import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { formsOfSecret } from '../../../../src/core/model/known-secrets.ts';
import { Secret } from '../../../../src/core/model/secret.ts';
import { consoleService } from '../../../../src/core/session/console/console-address.ts';
import { loadAwsProfiles } from '../../../../src/core/files/load-aws-profiles.ts';
import { systemRandom } from '../../../../src/core/model/random.ts';
import type { SignInStep } from '../../../../src/shared/app-state.ts';
import { answerInBrowser, startSandbox } from '../../../helpers/sandbox.ts';
import { NEVER, ssoUnderTest, type SsoUnderTest } from '../../../helpers/sso-under-test.ts';

/** Every byte below a folder, as one text. */
async function everythingIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n');
}

/** Whether any form of a secret stands in a text: as it is, in hex, in Base64, in a URL. */
function holds(text: string, secret: Secret): boolean {
  return formsOfSecret(secret).some((form) => text.includes(form));
}

/** Signs in, reads the directory, fetches credentials, makes console addresses; gives every secret that passed. */
async function useItAll(under: SsoUnderTest, steps: SignInStep[]): Promise<Secret[]> {
  const secrets: Secret[] = [];
  under.browser.onOpen = async (url: string) => {
    secrets.push(new Secret(new URL(url).searchParams.get('state') ?? ''));
    await answerInBrowser(url);
  };
  await under.ssoSessions.signIn(
    'corp',
    { method: 'browser', onStep: (step) => steps.push(step), openBrowser: true },
    NEVER,
  );
  secrets.push(await under.ssoSessions.accessToken('corp', NEVER));
  const { accounts } = await under.directory.refresh('corp', () => undefined, NEVER);
  const account = accounts.find(({ roles }) => roles.length > 0);
  const target = {
    kind: 'sso-role',
    ssoSession: 'corp',
    accountId: account?.accountId ?? '',
    roleName: account?.roles[0] ?? '',
  } as const;
  const credentials = await under.ssoRole(target, NEVER);
  secrets.push(credentials.secretAccessKey, credentials.sessionToken);
  const console = consoleService({
    network: under.network,
    clock: under.clock,
    random: systemRandom(),
    platform: 'linux',
    readProfiles: () => loadAwsProfiles(under.paths),
    getCredentials: async () => credentials,
  });
  const asker = { program: 'test', pid: undefined, folder: undefined, parents: [] };
  const { url, shown } = await console.address(target, {}, { asker, userAsked: true, signal: NEVER });
  secrets.push(new Secret(new URL(url.reveal()).searchParams.get('SigninToken') ?? ''));
  expect(secrets.some((secret) => holds(shown, secret))).toBe(false);
  for (const { kind, id } of await under.secretStore.names()) {
    const kept = await under.secretStore.get({ kind, id });
    const texts = [...(kept?.reveal() ?? '').matchAll(/"(?:accessToken|refreshToken|clientSecret)":"([^"]+)"/g)];
    secrets.push(...texts.map(([, text = '']) => new Secret(text)));
  }
  return secrets;
}

test('in vault mode no secret is on disk, in the log or in what the screen is told (R6, T9)', async () => {
  const sandbox = await startSandbox();
  const under = await ssoUnderTest({ sandbox, mode: 'vault' });
  const steps: SignInStep[] = [];
  const secrets = await useItAll(under, steps);
  await under.ssoSessions.renew('corp', NEVER);
  const access = await under.ssoSessions.access('corp');
  await under.ssoSessions.signOut('corp', NEVER);
  const told = inspect([steps, access, await under.directory.kept('corp'), under.lines], { depth: 9 });
  const found = `${await everythingIn(under.homeDir)}\n${told}`;
  expect(secrets.length).toBeGreaterThanOrEqual(8);
  expect(secrets.every((secret) => secret.reveal().length > 20)).toBe(true);
  expect(secrets.filter((secret) => holds(found, secret))).toEqual([]);
});

test('in shared mode the AWS CLI’s cache holds the token, and nothing else holds anything', async () => {
  const sandbox = await startSandbox();
  const under = await ssoUnderTest({ sandbox });
  const secrets = await useItAll(under, []);
  expect(secrets.some((secret) => holds('', secret))).toBe(false);
  const elsewhere = await everythingIn(under.rolecallHome);
  expect(secrets.filter((secret) => holds(elsewhere, secret))).toEqual([]);
  const cache = await everythingIn(under.paths.ssoCacheDir);
  expect(secrets.filter((secret) => holds(cache, secret)).length).toBeGreaterThan(0);
  expect(await readdir(under.paths.ssoCacheDir)).toHaveLength(1);
});

test('an error on the way prints none either, however deep it is looked into', async () => {
  const sandbox = await startSandbox();
  const under = await ssoUnderTest({ sandbox });
  const secrets = await useItAll(under, []);
  sandbox.faults.add({ operation: 'sso.GetRoleCredentials', fault: { kind: 'malformed-body' } });
  const target = { kind: 'sso-role', ssoSession: 'corp', accountId: '000000000000', roleName: 'x' } as const;
  const error = await under.ssoRole(target, NEVER).catch((reason: unknown) => reason);
  const printed = inspect(error, { depth: 12, showHidden: true });
  expect(secrets.filter((secret) => holds(printed, secret))).toEqual([]);
});
