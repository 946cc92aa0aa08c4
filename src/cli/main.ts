import { toFailure } from '../core/model/errors.ts';
import type { CliContext } from './cli-context.ts';
import { findCommand, parseArguments, type CommandSpec } from './command-spec.ts';
import { EXIT, exitCodeFor } from './exit-codes.ts';
import { commandHelp, groupHelp, overview } from './help-text.ts';
import { oneLine } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

/** What `main` needs from the process: words, a way to make the context, and where errors go. */
export interface MainOptions {
  readonly specs: readonly CommandSpec[];
  readonly words: readonly string[];
  readonly context: (json: boolean) => CliContext;
  /** One line on stderr. */
  readonly fail: (line: string) => void;
}

/** Runs one command. Resolves to the exit code; every failure is one line on stderr that says what to do. */
export async function main(options: MainOptions): Promise<number> {
  try {
    return await run(options);
  } catch (error) {
    const failure = toFailure(error);
    options.fail(`rolecall: ${oneLine(`${failure.message} ${failure.hint}`)}`);
    return exitCodeFor(failure.code);
  }
}

async function run({ specs, words, context }: MainOptions): Promise<number> {
  const [first] = words;
  const plain = context(false);
  if (first === undefined || first === 'help' || first === '--help' || first === '-h') {
    plain.out(overviewOrCommand(specs, words.slice(1)));
    return first === undefined ? EXIT.usage : EXIT.ok;
  }
  if (first === '--version' || first === 'version') {
    plain.out(plain.version);
    return EXIT.ok;
  }
  const found = findCommand(specs, words);
  if (found === undefined) {
    if (words[1] === '--help' || words[1] === '-h') {
      plain.out(overviewOrCommand(specs, [first]));
      return EXIT.ok;
    }
    throw noSuchCommand(specs, first);
  }
  const args = parseArguments(found.spec, found.args);
  if (args.options['help'] === true) {
    plain.out(commandHelp(found.spec, commandsOf(specs, found.spec.name)));
    return EXIT.ok;
  }
  return found.spec.run(args, context(args.options['json'] === true));
}

function overviewOrCommand(specs: readonly CommandSpec[], words: readonly string[]): string {
  const [first] = words;
  if (first === undefined) {
    return overview(specs);
  }
  const found = findCommand(specs, words);
  if (found !== undefined) {
    return commandHelp(found.spec, commandsOf(specs, found.spec.name));
  }
  const group = commandsOf(specs, first);
  if (group.length === 0) {
    throw noSuchCommand(specs, first);
  }
  return groupHelp(first, group);
}

function noSuchCommand(specs: readonly CommandSpec[], word: string): UsageError {
  const shown = oneLine(word).slice(0, 40);
  const group = commandsOf(specs, word);
  return group.length === 0
    ? new UsageError(`There is no command "${shown}".`)
    : new UsageError(`"${shown}" needs a second word.`, `There is: ${group.map(({ name }) => name).join(', ')}.`);
}

/** The commands of two words that begin with this one, as `mfa list` does with `mfa`. */
function commandsOf(specs: readonly CommandSpec[], word: string): readonly CommandSpec[] {
  return specs.filter(({ name }) => name.startsWith(`${word} `));
}
