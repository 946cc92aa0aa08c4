import { stoppedState, type InstanceList, type ManagedInstance } from '../../shared/instances.ts';
import type { CommandSpec } from '../command-spec.ts';
import { EXIT } from '../exit-codes.ts';
import { INSTANCE_REGION, instanceRegion } from '../instance-region.ts';
import { TARGET_OPTIONS, TARGET_SYNOPSIS, targetFromOptions } from '../target-options.ts';
import { table } from '../terminal-text.ts';

/** `rolecall instances`: on what a role may start a session. */
export const instances: CommandSpec = {
  name: 'instances',
  synopsis: `instances ${TARGET_SYNOPSIS} [--region R] [--json]`,
  summary: 'List the instances that Systems Manager manages, on which "rolecall connect" starts a session',
  options: { ...TARGET_OPTIONS, ...INSTANCE_REGION },
  examples: ['--profile admin', '--profile admin --region eu-central-1 --json'],
  credentialUse: 'credentials',
  async run(args, context) {
    const target = targetFromOptions(args, context.surroundings.env);
    const region = await instanceRegion(args, target, context);
    const services = await context.services();
    const credentials = await services.credentials.get(target, context.call());
    const list = await services.instances.list(credentials, region, context.signal);
    context.out(context.json ? JSON.stringify({ region, ...list }, null, 2) : shown(list, region));
    if (!context.json && list.namesMissing !== undefined) {
      context.note(`rolecall: EC2 told no names and states. ${list.namesMissing}`);
    }
    return EXIT.ok;
  },
};

function shown({ instances }: InstanceList, region: string): string {
  if (instances.length === 0) {
    return `No instance in ${region} is managed by Systems Manager. Look in another one with --region R. One is managed once its agent runs and its role has the policy AmazonSSMManagedInstanceCore.`;
  }
  return table([
    ['NAME', 'ID', 'STATE', 'PLATFORM', 'ADDRESS'],
    ...instances.map((each) => [each.name, each.instanceId, stateText(each), each.platform, each.address]),
  ]);
}

function stateText(instance: ManagedInstance): string {
  if (instance.online) {
    return 'online';
  }
  const stopped = stoppedState(instance);
  return stopped === undefined ? 'offline' : `offline (${stopped})`;
}
