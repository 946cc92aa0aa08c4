import { completions } from '../completions.ts';
import type { CommandSpec } from '../command-spec.ts';
import { EXIT } from '../exit-codes.ts';
import { SHELL_INIT, SHELLS, type ShellName } from '../shell-init.ts';
import { UsageError } from '../usage-error.ts';

/** `rolecall shell-init`: the function `rolecall-use` and completion, for a shell's start file. */
export const shellInit: CommandSpec = {
  name: 'shell-init',
  synopsis: `shell-init ${SHELLS.join('|')}`,
  summary: 'Print the shell function rolecall-use and completion: eval "$(rolecall shell-init bash)"',
  positionals: { min: 1, max: 1, values: SHELLS },
  examples: ['bash'],
  ignoresJson: true,
  async run(args, context) {
    const shell = args.positionals[0] ?? '';
    if (!isShell(shell)) {
      throw new UsageError('This shell is not known.', `One of: ${SHELLS.join(', ')}.`);
    }
    context.out(SHELL_INIT[shell]);
    return EXIT.ok;
  },
};

function isShell(name: string): name is ShellName {
  return Object.hasOwn(SHELL_INIT, name);
}

/** `rolecall complete`: what the shells' completion asks; a word a line. Not shown in the overview. */
export function completeCommand(specs: () => readonly CommandSpec[]): CommandSpec {
  return {
    name: 'complete',
    synopsis: 'complete -- WORDS',
    summary: 'Print what can follow the words typed so far, for shell completion',
    hidden: true,
    examples: [],
    ignoresJson: true,
    takesRest: true,
    async run(args, context) {
      const shown = specs().filter((spec) => spec.hidden !== true);
      const read = async () => (await context.services()).profiles.read();
      const found = await completions(shown, args.rest, {
        profiles: async () => (await read()).profiles.map((profile) => profile.name),
        ssoSessions: async () => (await read()).ssoSessions.map((session) => session.name),
      });
      if (found.length > 0) {
        context.out(found.join('\n'));
      }
      return EXIT.ok;
    },
  };
}
