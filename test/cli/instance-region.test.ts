import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CliContext } from '../../src/cli/cli-context.ts';
import { parseArguments } from '../../src/cli/command-spec.ts';
import { instances } from '../../src/cli/commands/instances.ts';
import { instanceRegion } from '../../src/cli/instance-region.ts';
import type { RoleTarget } from '../../src/shared/role-target.ts';
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts';
import { scratchSurroundings } from '../helpers/surroundings.ts';

const PROFILES = [{ name: 'osaka', region: 'ap-northeast-3' }, { name: 'odd', region: '--profile' }, { name: 'plain' }];
const ROLE: RoleTarget = { kind: 'sso-role', ssoSession: 'acme', accountId: '111122223333', roleName: 'Admin' };
const profile = (name: string): RoleTarget => ({ kind: 'profile', profile: name });

async function regionFor(
  target: RoleTarget,
  {
    said = [],
    env = {},
    consoleRegion = '',
  }: { said?: string[]; env?: Record<string, string>; consoleRegion?: string },
) {
  const surroundings = await scratchSurroundings({ env });
  await mkdir(surroundings.rolecallHome, { recursive: true, mode: 0o700 });
  const settings = JSON.stringify({ version: 1, value: { ...DEFAULT_SETTINGS, consoleRegion } });
  await writeFile(join(surroundings.rolecallHome, 'settings.json'), settings, { mode: 0o600 });
  const services = { profiles: { read: async () => ({ profiles: PROFILES }) } };
  const context = { surroundings, services: async () => services } as unknown as CliContext;
  return instanceRegion(parseArguments(instances, said), target, context);
}

const EVERYWHERE = { env: { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-west-1' }, consoleRegion: 'eu-west-1' };

test.each([
  [profile('osaka'), { ...EVERYWHERE, said: ['--region', 'eu-north-1'] }, 'eu-north-1'],
  [profile('osaka'), EVERYWHERE, 'ap-northeast-3'],
  [profile('plain'), EVERYWHERE, 'us-east-2'],
  [ROLE, { ...EVERYWHERE, env: { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-1' } }, 'us-west-1'],
  [ROLE, { ...EVERYWHERE, env: {} }, 'eu-west-1'],
])('%j with %j looks in %s', async (target, where, region) => {
  expect(await regionFor(target, where)).toBe(region);
});

test('where nothing says one, it is asked for; what is none goes nowhere, wherever it stands', async () => {
  await expect(regionFor(ROLE, {})).rejects.toMatchObject({ message: 'Nothing says in which region to look.' });
  await expect(regionFor(profile('odd'), EVERYWHERE)).rejects.toMatchObject({ name: 'BadInputError' });
  await expect(regionFor(ROLE, { env: { AWS_REGION: 'moon' } })).rejects.toMatchObject({ name: 'BadInputError' });
});
