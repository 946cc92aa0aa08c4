import type { FilePreview } from '../../shared/commands.ts';
import type { CliContext } from '../cli-context.ts';
import { DRY_RUN, type CommandSpec } from '../command-spec.ts';
import { EXIT } from '../exit-codes.ts';
import { plainLines } from '../terminal-text.ts';

/** `rolecall protect`: moves a long-term key into the secret store. */
export const protect: CommandSpec = {
  name: 'protect',
  synopsis: 'protect PROFILE [--dry-run]',
  summary: 'Move the access key of a profile from ~/.aws/credentials into the secret store; every tool goes on working',
  options: DRY_RUN,
  positionals: { min: 1, max: 1, values: 'profiles' },
  examples: ['me', 'me --dry-run'],
  async run(args, context) {
    const [profile = ''] = args.positionals;
    const preview = args.options['dry-run'] === true;
    const { protection } = await context.services();
    const previews = await protection.protect(profile, { preview });
    return told(context, previews, preview, `Protected ${profile}.`);
  },
};

/** `rolecall unprotect`: puts everything back. */
export const unprotect: CommandSpec = {
  name: 'unprotect',
  synopsis: 'unprotect PROFILE [--dry-run]',
  summary: 'Put a protected key back into ~/.aws/credentials, byte for byte as it was',
  options: DRY_RUN,
  positionals: { min: 1, max: 1, values: 'profiles' },
  examples: ['me'],
  async run(args, context) {
    const [profile = ''] = args.positionals;
    const preview = args.options['dry-run'] === true;
    const { protection } = await context.services();
    const previews = await protection.unprotect(profile, { preview });
    return told(context, previews, preview, `Unprotected ${profile}.`);
  },
};

/** Shows the changes when nothing was done yet, else says that it was. */
export function told(context: CliContext, previews: readonly FilePreview[], isPreview: boolean, done: string): number {
  if (context.json) {
    context.out(JSON.stringify({ previews }, null, 2));
  } else {
    const diffs = previews.map(({ diff }) => diff).filter((diff) => diff !== '');
    context.out(plainLines(isPreview ? diffs.join('\n') || 'Nothing would change.' : done));
  }
  return EXIT.ok;
}
