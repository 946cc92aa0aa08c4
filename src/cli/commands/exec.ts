import { requirePartition } from '../../core/aws/endpoints.ts';
import { credentialEnvironment, endpointEnvironment } from '../../core/session/exec/child-environment.ts';
import { openContainerEndpoint } from '../../core/session/exec/container-endpoint.ts';
import type { Services } from '../../core/app/services.ts';
import { windowsProgram } from '../../core/model/windows-program.ts';
import type { RoleTarget } from '../../shared/role-target.ts';
import type { CliContext } from '../cli-context.ts';
import { textOption, type Arguments, type CommandSpec, type OptionTable } from '../command-spec.ts';
import { regionOf } from '../region-of.ts';
import { runCommand } from '../run-command.ts';
import { TARGET_OPTIONS, TARGET_SYNOPSIS, targetFromOptions } from '../target-options.ts';
import { UsageError } from '../usage-error.ts';

const OPTIONS: OptionTable = {
  ...TARGET_OPTIONS,
  region: { type: 'string', value: 'R', help: "the region for the program, in place of the profile's" },
  server: { type: 'boolean', help: 'serve the credentials on 127.0.0.1 and renew them for as long as it runs' },
  port: { type: 'string', value: 'N', help: 'with --server: the port; 0, as without it, is any free one' },
};

/** `rolecall exec`: runs a program with a role's credentials in its environment, or with an endpoint that renews them. */
export const exec: CommandSpec = {
  name: 'exec',
  synopsis: `exec ${TARGET_SYNOPSIS} [--region R] [--server [--port N]] -- COMMAND [ARGUMENTS]`,
  summary: 'Run a command with the credentials of a role; --server renews them for as long as it runs',
  options: OPTIONS,
  takesRest: true,
  examples: ['--profile admin -- aws s3 ls', '--profile admin --server -- terraform apply'],
  ignoresJson: true,
  credentialUse: 'exec',
  async run(args, context) {
    if (args.rest.length === 0) {
      throw new UsageError('There is no command to run.', `Usage: rolecall ${exec.synopsis}`);
    }
    return runAs(args, context, { command: args.rest, shell: undefined });
  },
};

/** `rolecall shell`: the user's own shell with a role's credentials. */
export const shell: CommandSpec = {
  name: 'shell',
  synopsis: `shell ${TARGET_SYNOPSIS} [--region R] [--server [--port N]]`,
  summary: 'Start a shell with the credentials of a role; exit ends it',
  options: OPTIONS,
  examples: ['--profile admin', '--profile admin --region eu-central-1'],
  ignoresJson: true,
  credentialUse: 'exec',
  async run(args, context) {
    const { env, platform } = context.surroundings;
    const named = platform === 'win32' ? 'ComSpec' : 'SHELL';
    const usual = platform === 'win32' ? windowsProgram(env, String.raw`System32\cmd.exe`) : '/bin/sh';
    return runAs(args, context, { command: [env[named] ?? usual], shell: named });
  },
};

interface Program {
  readonly command: readonly string[];
  /** The variable that names it, where it is the user's shell. */
  readonly shell: string | undefined;
}

async function runAs(args: Arguments, context: CliContext, program: Program): Promise<number> {
  const target = targetFromOptions(args, context.surroundings.env);
  const port = checkedPort(args);
  const services = await context.services();
  const region = textOption(args, 'region') ?? (await regionOf(target, services));
  const credentials = await services.credentials.get(target, context.call());
  if (args.options['server'] !== true) {
    const childEnv = credentialEnvironment(context.surroundings.env, credentials, region);
    return runCommand(program.command, childEnv, program.shell);
  }
  return runWithEndpoint({ port, context, services, target, region, program });
}

/**
 * The port of `--port`, once all options are found good: before anybody is asked for a code. Throws UsageError, BadInputError for what is
 * no region.
 */
function checkedPort(args: Arguments): number {
  const region = textOption(args, 'region');
  if (region !== undefined) {
    requirePartition(region);
  }
  if (textOption(args, 'port') !== undefined && args.options['server'] !== true) {
    throw new UsageError('--port belongs to --server.', 'Add --server, or leave --port out.');
  }
  return portOption(args);
}

interface EndpointRun {
  readonly port: number;
  readonly context: CliContext;
  readonly services: Services;
  readonly target: RoleTarget;
  readonly region: string | undefined;
  readonly program: Program;
}

async function runWithEndpoint({ port, context, services, target, region, program }: EndpointRun): Promise<number> {
  const source = (signal: AbortSignal) => services.credentials.get(target, { ...context.call(), signal });
  await tellOfDefault(context, services);
  const endpoint = await openContainerEndpoint(source, context.surroundings.clock, port);
  try {
    const childEnv = endpointEnvironment(context.surroundings.env, endpoint, region);
    return await runCommand(program.command, childEnv, program.shell);
  } finally {
    await endpoint.close();
  }
}

/**
 * Every SDK asks an endpoint last: a `[default]` with credentials of its own wins, and the program runs as somebody else. It cannot be taken
 * out of the program's sight without the other profiles, and containers and remote machines do not see it, so it is told.
 */
async function tellOfDefault(context: CliContext, services: Services): Promise<void> {
  const { profiles } = await services.profiles.read();
  if (profiles.some(({ name, kind }) => name === 'default' && kind !== 'empty')) {
    context.note(
      'rolecall: On this machine AWS tools take the credentials of the profile [default] before those of the endpoint. Rename it (rolecall profiles rename default NAME), or leave --server out.',
    );
  }
}

/** `--port`, or 0 for any that is free. Throws UsageError. */
export function portOption(args: Arguments): number {
  const text = textOption(args, 'port') ?? '0';
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port >= 0 && port <= 65_535)) {
    throw new UsageError('--port must be a number from 0 to 65535.', '0 takes any that is free.');
  }
  return port;
}
