import { expect, test } from 'vitest';
import { exec, shell } from '../../../src/cli/commands/exec.ts';
import type { CliContext } from '../../../src/cli/cli-context.ts';
import { UsageError } from '../../../src/cli/usage-error.ts';
import { scratchSurroundings } from '../../helpers/surroundings.ts';

test.each([exec, shell])('$name refuses a port that is none before it asks for credentials', async (command) => {
  const asked: string[] = [];
  const context = {
    surroundings: await scratchSurroundings(),
    services: () => Promise.reject(new Error(`asked ${asked.push('services')} times`)),
  } as unknown as CliContext;
  const options = { profile: 'admin', server: true, port: '99999' };
  await expect(command.run({ options, positionals: [], rest: ['true'] }, context)).rejects.toBeInstanceOf(UsageError);
  expect(asked).toEqual([]);
});
