import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CredentialService } from '../../../src/core/app/services.ts';
import { awsPaths } from '../../../src/core/files/aws-paths.ts';
import { sharedCredentials } from '../../../src/core/helper/shared-credentials.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { MemoryStore } from '../../../src/core/secrets/memory-store.ts';
import { forgetSharedRoles, sharedRolesFolder } from '../../../src/core/session/sso/shared-roles.ts';
import type { RoleTarget } from '../../../src/shared/role-target.ts';
import { scratchSurroundings } from '../../helpers/surroundings.ts';

const ADMIN: RoleTarget = { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' };
const HOUR_MS = 3_600_000;

/** Commands of one user that run at the same time, each with a service of its own. */
async function commands() {
  const surroundings = await scratchSurroundings({ clock: systemClock({ keepAlive: false }) });
  const { rolecallHome, homeDir } = surroundings;
  await mkdir(join(homeDir, '.aws', 'sso', 'cache'), { recursive: true });
  const secretStore = new MemoryStore();
  const counts = { calls: 0, leftMs: HOUR_MS };
  const gate: { open: () => void } = { open: () => undefined };
  const opened = new Promise<void>((resolve) => (gate.open = resolve));
  const own: CredentialService = {
    async get() {
      counts.calls += 1;
      const accessKeyId = `ASIA${counts.calls}`;
      await opened;
      const expiresAt = new Date(Date.now() + counts.leftMs);
      return { accessKeyId, secretAccessKey: new Secret('s'), sessionToken: new Secret('t'), expiresAt };
    },
    held: () => [],
    forget: () => undefined,
    forgetSsoSession: () => undefined,
    onChange: () => () => undefined,
  };
  const command = (): CredentialService =>
    sharedCredentials(own, {
      surroundings,
      secretStore,
      paths: awsPaths({}, homeDir, 'linux'),
      lockDir: join(rolecallHome, 'locks'),
      awsNow: () => new Date(),
    });
  const get = async (target = ADMIN): Promise<string> => {
    const asker = { program: 'aws', pid: 1, folder: '/', parents: [] };
    const call = { asker, userAsked: false, signal: new AbortController().signal };
    return (await command().get(target, call)).accessKeyId;
  };
  return { get, counts, gate, secretStore, rolecallHome, forget: () => forgetSharedRoles(rolecallHome, secretStore) };
}

/** Two at once: the first leaves what it got, since the second waits for it. */
async function twoAtOnce({ get, counts, gate }: Awaited<ReturnType<typeof commands>>): Promise<readonly string[]> {
  const first = get();
  await expect.poll(() => counts.calls).toBe(1);
  const second = get();
  await new Promise((resolve) => setTimeout(resolve, 150));
  gate.open();
  return Promise.all([first, second]);
}

test('commands that want the same at once ask AWS once', async () => {
  const under = await commands();
  expect(await twoAtOnce(under)).toEqual(['ASIA1', 'ASIA1']);
  expect(await under.get()).toBe('ASIA1');
  expect(await under.get({ ...ADMIN, roleName: 'Other' })).toBe('ASIA2');
});

test('those who wait open the store side by side, not one after the other', async () => {
  const under = await commands();
  const { secretStore, counts, gate } = under;
  const first = under.get();
  await expect.poll(() => counts.calls).toBe(1);
  const read = secretStore.get.bind(secretStore);
  const inside: (() => void)[] = [];
  secretStore.get = async (name) => {
    // Nobody leaves before all three are in.
    await new Promise<void>((resolve) => {
      inside.push(resolve);
      (inside.length === 3 ? inside : []).forEach((leave) => leave());
    });
    return read(name);
  };
  const others = [under.get(), under.get(), under.get()];
  await new Promise((resolve) => setTimeout(resolve, 150));
  gate.open();
  expect(await Promise.all([first, ...others])).toEqual(['ASIA1', 'ASIA1', 'ASIA1', 'ASIA1']);
});

test('a command that is alone leaves nothing', async () => {
  const under = await commands();
  under.gate.open();
  await under.get();
  expect(await under.secretStore.names()).toEqual([]);
});

test('what has fifteen minutes left or less is not taken from another', async () => {
  const under = await commands();
  under.counts.leftMs = 15 * 60_000;
  expect(new Set(await twoAtOnce(under)).size).toBe(2);
});

test('after a sign-out nothing that was left before it is there or taken, wherever the token was kept', async () => {
  const under = await commands();
  await twoAtOnce(under);
  expect(await under.secretStore.names()).toHaveLength(1);
  await under.forget();
  expect(await under.secretStore.names()).toEqual([]);
  expect(await readdir(sharedRolesFolder(under.rolecallHome))).toEqual(['generation']);
  expect(await under.get()).toBe('ASIA2');
});

test('what a command left that began before a sign-out is not taken after it', async () => {
  const under = await commands();
  const first = under.get();
  await expect.poll(() => under.counts.calls).toBe(1);
  const second = under.get();
  await new Promise((resolve) => setTimeout(resolve, 150));
  await under.forget();
  under.gate.open();
  await Promise.all([first, second]);
  expect(await under.get()).toBe('ASIA2');
});
