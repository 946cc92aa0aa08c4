import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CliContext } from '../../../src/cli/cli-context.ts';
import { parseArguments } from '../../../src/cli/command-spec.ts';
import { profiles } from '../../../src/cli/commands/profiles.ts';
import { readAwsProfiles } from '../../../src/core/files/effective-profiles.ts';
import { scratchSurroundings } from '../../helpers/surroundings.ts';

const CONFIG = `[profile prod]
role_arn = arn:aws:iam::111122223333:role/Admin
source_profile = base
`;

test('profiles are looked through once, also where there are guard rules, by which they are marked', async () => {
  const surroundings = await scratchSurroundings();
  const read = readAwsProfiles(CONFIG, '');
  const looked = { times: 0 };
  const counted = read.profiles.map((profile) =>
    Object.defineProperty({ ...profile }, 'problems', { get: () => ((looked.times += 1), profile.problems) }),
  );
  const out: string[] = [];
  const context = {
    surroundings,
    json: false,
    services: async () => ({ profiles: { read: async () => ({ ...read, profiles: counted }) } }),
    out: (text: string) => void out.push(text),
  } as unknown as CliContext;
  const list = async (): Promise<number> => {
    looked.times = 0;
    await profiles.run(parseArguments(profiles, []), context);
    return looked.times;
  };
  const unguarded = await list();
  expect(unguarded).toBeGreaterThan(0);
  expect(out[0]).toMatch(/^prod .* - +1$/m);

  await mkdir(surroundings.rolecallHome, { recursive: true });
  const settings = JSON.stringify({ version: 1, value: { guardRules: [{ account: '*', role: 'Admin' }] } });
  await writeFile(join(surroundings.rolecallHome, 'settings.json'), settings, { mode: 0o600 });
  out.length = 0;
  expect(await list()).toBe(unguarded);
  expect(out[0]).toMatch(/^prod .* yes +1$/m);
});
