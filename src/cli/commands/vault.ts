import type { CliContext } from '../cli-context.ts';
import { DRY_RUN, type Arguments, type CommandSpec } from '../command-spec.ts';
import { terminalText } from '../terminal-text.ts';
import { told } from './protect.ts';
import { chosenSsoSession } from './sso.ts';

/** `rolecall vault on`: the token goes into the secret store. */
export const vaultOn: CommandSpec = {
  name: 'vault on',
  synopsis: 'vault on NAME [--dry-run]',
  summary: 'Keep the token of an Identity Center in the secret store instead of ~/.aws; its profiles go on working',
  options: DRY_RUN,
  positionals: { min: 1, max: 1, values: 'sso-sessions' },
  examples: ['acme', 'acme --dry-run'],
  run: (args, context) => switchMode(args, context, 'vault'),
};

/** `rolecall vault off`: everything as it was. */
export const vaultOff: CommandSpec = {
  name: 'vault off',
  synopsis: 'vault off NAME [--dry-run]',
  summary: 'Put the token back into ~/.aws/sso/cache and the profiles as they were, byte for byte',
  options: DRY_RUN,
  positionals: { min: 1, max: 1, values: 'sso-sessions' },
  examples: ['acme'],
  run: (args, context) => switchMode(args, context, 'shared'),
};

async function switchMode(args: Arguments, context: CliContext, mode: 'vault' | 'shared'): Promise<number> {
  const id = await chosenSsoSession(context, args.positionals[0]);
  const { vault } = (await context.services()).care;
  if (args.options['dry-run'] === true) {
    return told(context, await vault.preview(id, mode), true, '');
  }
  const previews = await (mode === 'vault' ? vault.turnOn(id) : vault.turnOff(id));
  return told(context, previews, false, terminalText(`Vault mode of ${id} is ${mode === 'vault' ? 'on' : 'off'}.`));
}
