import { chosenInstance } from '../../core/session/instances/chosen-instance.ts';
import { credentialEnvironment } from '../../core/session/exec/child-environment.ts';
import type { TemporaryCredentials } from '../../core/model/credentials.ts';
import type { Surroundings } from '../../core/session/ports.ts';
import { programInPath } from '../../core/terminals/program-in-path.ts';
import { isInstanceId } from '../../shared/instances.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandSpec } from '../command-spec.ts';
import { INSTANCE_REGION, instanceRegion } from '../instance-region.ts';
import { ProgramNotStartedError } from '../program-not-started-error.ts';
import { runCommand } from '../run-command.ts';
import { TARGET_OPTIONS, TARGET_SYNOPSIS, targetFromOptions } from '../target-options.ts';
import { oneLine } from '../terminal-text.ts';

/** What AWS starts a session with, and where it is to be had. */
const TOOLS = [
  ['aws', 'The AWS CLI', 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html'],
  [
    'session-manager-plugin',
    "The AWS CLI's plugin for sessions",
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html',
  ],
] as const;

/** `rolecall connect`: a shell on an instance, by Systems Manager. */
export const connect: CommandSpec = {
  name: 'connect',
  synopsis: `connect ${TARGET_SYNOPSIS} INSTANCE [--region R]`,
  summary: 'Start a shell on an instance, by its id or name, with the AWS CLI and Systems Manager',
  options: { ...TARGET_OPTIONS, ...INSTANCE_REGION },
  positionals: { min: 1, max: 1 },
  examples: [
    '--profile admin bastion',
    '--sso-session acme --account 111122223333 --role PowerUserAccess i-0123456789abcdef0 --region eu-central-1',
  ],
  ignoresJson: true,
  credentialUse: 'exec',
  async run(args, context) {
    const target = targetFromOptions(args, context.surroundings.env);
    const region = await instanceRegion(args, target, context);
    const aws = await requireTools(context.surroundings);
    const credentials = await (await context.services()).credentials.get(target, context.call());
    const instanceId = await instanceIdOf(args.positionals[0] ?? '', region, credentials, context);
    return runCommand(
      [aws, 'ssm', 'start-session', '--target', instanceId, '--region', region],
      credentialEnvironment(context.surroundings.env, credentials, region),
    );
  },
};

/** Looked for before anybody is asked for a code: AWS starts the session first, and only then misses the plugin. The path of `aws`. */
async function requireTools(surroundings: Surroundings): Promise<string> {
  const paths = await Promise.all(TOOLS.map(([program]) => programInPath(program, surroundings)));
  const missing = TOOLS.find((_tool, at) => paths[at] === undefined);
  const [aws] = paths;
  if (aws === undefined || missing !== undefined) {
    const [program, what, place] = missing ?? TOOLS[0];
    throw new ProgramNotStartedError(false, [`${what} (${program}) is not in PATH.`, `Install it: ${place}`]);
  }
  return aws;
}

async function instanceIdOf(
  said: string,
  region: string,
  credentials: TemporaryCredentials,
  context: CliContext,
): Promise<string> {
  if (isInstanceId(said)) {
    return said;
  }
  const { instances } = await context.services();
  const list = await instances.list(credentials, region, context.signal);
  const { instanceId, name } = chosenInstance(said, list, region);
  context.note(oneLine(`Connecting to ${name} (${instanceId}) in ${region}.`));
  return instanceId;
}
