import { EXIT } from '../exit-codes.ts';
import type { CommandSpec } from '../command-spec.ts';
import { TARGET_OPTIONS, TARGET_SYNOPSIS, targetFromOptions } from '../target-options.ts';

/** `rolecall credentials`: what `credential_process` runs. One JSON object on stdout and nothing else. */
export const credentials: CommandSpec = {
  name: 'credentials',
  synopsis: `credentials ${TARGET_SYNOPSIS}`,
  summary: 'Print credential_process JSON, for AWS tools to run',
  options: TARGET_OPTIONS,
  examples: ['--profile admin'],
  ignoresJson: true,
  credentialUse: 'credentials',
  async run(args, context) {
    const target = targetFromOptions(args, context.surroundings.env);
    const services = await context.services();
    const held = await services.credentials.get(target, context.call());
    context.out(services.format(held, undefined, 'json').reveal());
    return EXIT.ok;
  },
};
