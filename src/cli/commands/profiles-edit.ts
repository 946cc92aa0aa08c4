import type { ProfileChange } from '../../core/session/profiles/profile-change.ts';
import { DRY_RUN, listOption, type Arguments, type CommandSpec } from '../command-spec.ts';
import type { CliContext } from '../cli-context.ts';
import { terminalText } from '../terminal-text.ts';
import { UsageError } from '../usage-error.ts';
import { told } from './protect.ts';

const MOST_KEYS = 50;

/** `rolecall profiles set`: keys of a profile. What the user types may also name programs and addresses. */
export const profilesSet: CommandSpec = {
  name: 'profiles set',
  synopsis: 'profiles set PROFILE [KEY=VALUE ...] [--unset KEY] [--dry-run] [--json]',
  summary: 'Set or remove keys of a profile, such as region=eu-central-1',
  options: { ...DRY_RUN, unset: { type: 'string', value: 'KEY', multiple: true, help: 'remove a key' } },
  positionals: { min: 1, max: MOST_KEYS, values: 'profiles' },
  examples: ['dev region=eu-central-1', 'dev output=json --unset cli_pager --dry-run'],
  run(args, context) {
    const [profile = '', ...pairs] = args.positionals;
    const [set, remove] = [keysOf(pairs), listOption(args, 'unset')];
    if (pairs.length + remove.length === 0) {
      throw new UsageError('There is nothing to set.', 'Give KEY=VALUE, or --unset KEY.');
    }
    return change(args, context, { kind: 'set', profile, set, remove: [...remove] }, `Changed ${profile}.`);
  },
};

/** `rolecall profiles add`: a new profile. */
export const profilesAdd: CommandSpec = {
  name: 'profiles add',
  synopsis: 'profiles add PROFILE KEY=VALUE ... [--dry-run] [--json]',
  summary: 'Write a new profile at the end of the config file',
  options: DRY_RUN,
  positionals: { min: 2, max: MOST_KEYS },
  examples: ['deploy role_arn=arn:aws:iam::111122223333:role/Deploy source_profile=dev'],
  run(args, context) {
    const [profile = '', ...pairs] = args.positionals;
    return change(args, context, { kind: 'add', profile, set: keysOf(pairs) }, `Added ${profile}.`);
  },
};

/** `rolecall profiles rename`. */
export const profilesRename: CommandSpec = {
  name: 'profiles rename',
  synopsis: 'profiles rename PROFILE NAME [--dry-run] [--json]',
  summary: 'Give a profile another name; profiles that start from it follow',
  options: DRY_RUN,
  positionals: { min: 2, max: 2, values: 'profiles' },
  examples: ['dev acme-dev'],
  run(args, context) {
    const [profile = '', to = ''] = args.positionals;
    return change(args, context, { kind: 'rename', profile, to }, `Renamed ${profile} to ${to}.`);
  },
};

/** `rolecall profiles remove`. */
export const profilesRemove: CommandSpec = {
  name: 'profiles remove',
  synopsis: 'profiles remove PROFILE [--dry-run] [--json]',
  summary: 'Take a profile out of both files; one that holds an access key is refused',
  options: DRY_RUN,
  positionals: { min: 1, max: 1, values: 'profiles' },
  examples: ['old-dev', 'old-dev --dry-run'],
  run(args, context) {
    const [profile = ''] = args.positionals;
    return change(args, context, { kind: 'delete', profile }, `Removed ${profile}.`);
  },
};

/** `rolecall profiles default`: what tools use when no profile is named. */
export const profilesDefault: CommandSpec = {
  name: 'profiles default',
  synopsis: 'profiles default PROFILE [--dry-run] [--json]',
  summary: 'Make [default] give what a profile gives',
  options: DRY_RUN,
  positionals: { min: 1, max: 1, values: 'profiles' },
  examples: ['dev'],
  run(args, context) {
    const [profile = ''] = args.positionals;
    return change(args, context, { kind: 'make-default', profile }, `The default is ${profile} now.`);
  },
};

async function change(args: Arguments, context: CliContext, wish: ProfileChange, done: string): Promise<number> {
  const { editor } = (await context.services()).care;
  const limits = { isTyped: true };
  if (args.options['dry-run'] === true) {
    return told(context, await editor.preview(wish, limits), true, '');
  }
  const { previews, undoId } = await editor.apply(wish, limits);
  const words = undoId === undefined ? 'Nothing had to be changed.' : `${done} Undo it with: rolecall undo ${undoId}`;
  return told(context, previews, false, terminalText(words));
}

function keysOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) {
        throw new UsageError(`${terminalText(pair)} is not KEY=VALUE.`, 'For example region=eu-central-1.');
      }
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}
