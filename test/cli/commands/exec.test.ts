import { describe, expect, test } from 'vitest';
import type { CliContext } from '../../../src/cli/cli-context.ts';
import { parseArguments, type CommandSpec } from '../../../src/cli/command-spec.ts';
import { ALL_COMMANDS } from '../../../src/cli/commands/all.ts';
import { exec, shell } from '../../../src/cli/commands/exec.ts';
import { exitCodeFor } from '../../../src/cli/exit-codes.ts';
import { main } from '../../../src/cli/main.ts';
import { CoreError } from '../../../src/core/model/errors.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { scratchSurroundings } from '../../helpers/surroundings.ts';

/** What the command says before it asks anybody for credentials. */
async function refusalOf(
  command: CommandSpec,
  options: readonly string[],
): Promise<{ readonly code: number; readonly message: string }> {
  const context = {
    surroundings: { env: {} },
    services: () => Promise.reject(new Error('credentials were asked for')),
  } as unknown as CliContext;
  const program = command === exec ? ['--', 'true'] : [];
  const error: unknown = await command
    .run(parseArguments(command, ['--profile', 'dev', ...options, ...program]), context)
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof CoreError)) {
    throw error;
  }
  return { code: exitCodeFor(error.code), message: error.message };
}

test.each([
  ['static-keys', 1],
  ['empty', 0],
] as const)(
  '--server beside a [default] of the kind %s: what hides the endpoint is told with the command that helps',
  async (kind, count) => {
    const notes: string[] = [];
    const { clock, env } = await scratchSurroundings();
    const context = {
      surroundings: { clock, env },
      note: (line: string) => void notes.push(line),
      call: () => ({}),
      services: async () => ({
        profiles: { read: async () => ({ profiles: [{ name: 'default', kind }] }) },
        credentials: { get: async () => ({}) },
      }),
    } as unknown as CliContext;
    const words = ['--profile', 'dev', '--server', '--', process.execPath, '--version'];
    expect(await exec.run(parseArguments(exec, words), context)).toBe(0);
    expect(notes.map((line) => line.includes('rolecall profiles rename default NAME'))).toEqual(
      Array(count).fill(true),
    );
  },
);

describe.each([exec, shell])('$name', (command) => {
  test.each([
    [['--region', 'mars'], 'That is not an AWS region.'],
    [['--port', '9911'], '--port belongs to --server.'],
    [['--server', '--port', '99999'], '--port must be a number from 0 to 65535.'],
  ])('%j is wrong usage, told before a code is asked for', async (options, message) => {
    expect(await refusalOf(command, options)).toEqual({ code: 2, message });
  });
});

test.each([
  ['exec --profile dev -- true', 'exec'],
  ['shell --profile dev', 'exec'],
  ['connect --profile dev bastion', 'exec'],
  ['console --profile dev', 'console'],
  ['instances --profile dev', 'credentials'],
  ['credentials --profile dev', 'credentials'],
  ['export --profile dev', undefined],
])('what credentials are for goes into the activity log: %s', async (line, use) => {
  const uses: unknown[] = [];
  const services = () => Promise.reject(new Error('enough'));
  const context = { surroundings: { env: {}, platform: 'linux' }, services } as unknown as CliContext;
  const code = await main({
    specs: ALL_COMMANDS,
    words: line.split(' '),
    context: (_json, asked) => {
      uses.push(asked);
      return context;
    },
    fail: () => {},
  });
  expect({ code, use: uses.at(-1) }).toEqual({ code: 1, use });
});

test.each([
  [shell, '/no/such/zsh', 'There is no such shell.', 'Set SHELL to the full path of your shell.', 127],
  [shell, '/etc', 'The shell could not be started.', 'Set SHELL to the full path of your shell.', 126],
  [exec, '/no/such/zsh', 'There is no such program.', 'Check the command after --.', 127],
])('$name of %s, which is not there or no program, says where it was named', async (command, program, ...expected) => {
  const { clock } = await scratchSurroundings();
  const context = {
    surroundings: { clock, env: { SHELL: program }, platform: 'linux' },
    call: () => ({}),
    services: async () => ({
      profiles: { read: async () => ({ profiles: [] }) },
      credentials: {
        get: async () => ({
          accessKeyId: 'ASIA1',
          secretAccessKey: new Secret('s'),
          sessionToken: new Secret('t'),
          expiresAt: clock.now(),
        }),
      },
    }),
  } as unknown as CliContext;
  const words = ['--profile', 'dev', '--region', 'us-east-1', ...(command === exec ? ['--', program] : [])];
  const error: unknown = await command.run(parseArguments(command, words), context).catch((thrown: unknown) => thrown);
  const [message, hint, exitCode] = expected;
  expect(error).toMatchObject({ message, hint, exitCode });
});
