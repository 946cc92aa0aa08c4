import { didYouMean } from '../core/model/did-you-mean.ts';
import { toFailure } from '../core/model/errors.ts';
import type { CredentialUse } from '../shared/broker-protocol.ts';
import type { CliContext } from './cli-context.ts';
import { findCommand, parseArguments, type CommandSpec } from './command-spec.ts';
import { EXIT, exitCodeFor } from './exit-codes.ts';
import { ProgramNotStartedError } from './program-not-started-error.ts';
import { commandHelp, groupHelp, overview } from './help-text.ts';
import { oneLine } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

/** What `main` needs from the process: words, a way to make the context, and where errors go. */
export interface MainOptions {
  readonly specs: readonly CommandSpec[];
  readonly words: readonly string[];
  readonly context: (json: boolean, use?: CredentialUse) => CliContext;
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
    return error instanceof ProgramNotStartedError ? error.exitCode : exitCodeFor(failure.code);
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
    throw noSuchCommand(specs, first, words[1]);
  }
  if (isOfGroup(specs, found)) {
    throw noSuchCommand(specs, first, found.args[0]);
  }
  const args = parseArguments(found.spec, found.args);
  if (args.options['help'] === true) {
    plain.out(commandHelp(found.spec, commandsOf(specs, found.spec.name)));
    return EXIT.ok;
  }
  return found.spec.run(args, context(args.options['json'] === true, found.spec.credentialUse));
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

/** `profiles snyc`: a command that takes no words, and the first word of others. */
function isOfGroup(specs: readonly CommandSpec[], { spec, args }: Found): boolean {
  const [next] = args;
  return (
    next !== undefined &&
    !next.startsWith('-') &&
    spec.positionals === undefined &&
    commandsOf(specs, spec.name).length > 0
  );
}

type Found = NonNullable<ReturnType<typeof findCommand>>;

/** What other tools call it. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  login: 'sign-in',
  logout: 'sign-out',
  open: 'console',
  run: 'exec',
  ssm: 'connect',
  'start-session': 'connect',
};

function noSuchCommand(specs: readonly CommandSpec[], word: string, second?: string): UsageError {
  const shown = specs.filter(({ hidden }) => hidden !== true).map(({ name }) => name);
  const group = commandsOf(specs, word).map(({ name }) => name);
  const isTwo = group.length > 0 && second !== undefined && !second.startsWith('-');
  const said = isTwo ? `${word} ${second}` : word;
  const typed = `There is no command "${oneLine(said).slice(0, 40)}".`;
  if (group.length > 0) {
    const hint = `${isTwo ? didYouMean(said, group) : ''}There is: ${group.join(', ')}.`;
    return new UsageError(isTwo ? typed : `"${oneLine(word).slice(0, 40)}" needs a second word.`, hint);
  }
  const known = [...new Set(shown.flatMap((name) => [name, name.split(' ')[0] ?? name]))];
  const meant = ALSO_CALLED[word];
  const likely = meant !== undefined && shown.includes(meant) ? `Did you mean ${meant}? ` : didYouMean(word, known);
  return new UsageError(typed, `${likely}Run "rolecall help" for what there is.`);
}

/** The commands of two words that begin with this one, as `mfa list` does with `mfa`. */
function commandsOf(specs: readonly CommandSpec[], word: string): readonly CommandSpec[] {
  return specs.filter(({ name }) => name.startsWith(`${word} `));
}
