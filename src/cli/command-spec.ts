import { parseArgs } from 'node:util';
import { likelyNames } from '../core/model/did-you-mean.ts';
import type { CredentialUse } from '../shared/broker-protocol.ts';
import type { CliContext } from './cli-context.ts';
import { UsageError } from './usage-error.ts';

/** What was typed after a command's name, checked against its options. */
export interface Arguments {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  /** What follows `--`. */
  readonly rest: readonly string[];
}

/** One command of `rolecall`. */
export interface CommandSpec {
  /** One word, or two (`mfa list`). */
  readonly name: string;
  readonly synopsis: string;
  readonly summary: string;
  readonly options?: OptionTable;
  readonly positionals?: { readonly min: number; readonly max: number; readonly values?: ValueSource };
  /** What follows `rolecall NAME ` in a call that a newcomer can take as it is. */
  readonly examples: readonly string[];
  /** Its output is for programs in a form of their own, which `--json` does not change. */
  readonly ignoresJson?: true;
  readonly takesRest?: boolean;
  /** What it takes credentials for, as the activity log tells it; `export` where not said. */
  readonly credentialUse?: CredentialUse;
  /** Called by programs only, so not in the overview. */
  readonly hidden?: boolean;
  /** Resolves to the exit code. */
  run(args: Arguments, context: CliContext): Promise<number>;
}

/** Where the values of an option or a place come from, for completion; a list is also shown in help. */
export type ValueSource = readonly string[] | 'profiles' | 'sso-sessions' | 'files';

/** One option: as `node:util` reads it, and as help and completion show it. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: true;
  /** One line, without an end mark. */
  readonly help: string;
  /** What stands for the value of a text, such as `NAME`. */
  readonly value?: string;
  readonly values?: ValueSource;
}

/** The options of a command by name: the parser, help and completion all go by it. */
export type OptionTable = Readonly<Record<string, OptionSpec>>;

/** What every command takes. */
export const COMMON_OPTIONS: OptionTable = {
  json: { type: 'boolean', help: 'print results as JSON' },
  help: { type: 'boolean', short: 'h', help: 'show this' },
};

/** For commands that change files of the user's. */
export const DRY_RUN: OptionTable = {
  'dry-run': { type: 'boolean', help: 'show what would change, and change nothing' },
};

/** Finds the command named by the first one or two words. */
export function findCommand(
  specs: readonly CommandSpec[],
  words: readonly string[],
): { readonly spec: CommandSpec; readonly args: readonly string[] } | undefined {
  const [first = '', second = ''] = words;
  const two = specs.find((spec) => spec.name === `${first} ${second}`);
  if (two !== undefined) {
    return { spec: two, args: words.slice(2) };
  }
  const one = specs.find((spec) => spec.name === first);
  return one === undefined ? undefined : { spec: one, args: words.slice(1) };
}

/** Reads the words after a command's name. Throws UsageError that says what is wrong and shows the synopsis. */
export function parseArguments(spec: CommandSpec, words: readonly string[]): Arguments {
  const split = spec.takesRest === true ? words.indexOf('--') : -1;
  const own = split < 0 ? words : words.slice(0, split);
  const parsed = parseOptions(spec, own);
  const { min, max } = spec.positionals ?? { min: 0, max: 0 };
  const help = parsed.options['help'] === true;
  if (!help && (parsed.positionals.length < min || parsed.positionals.length > max)) {
    throw new UsageError(
      parsed.positionals.length < min ? 'An argument is missing.' : 'There is an argument too many.',
      usageHint(spec),
    );
  }
  return { ...parsed, rest: split < 0 ? [] : words.slice(split + 1) };
}

function parseOptions(spec: CommandSpec, words: readonly string[]): Omit<Arguments, 'rest'> {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { ...COMMON_OPTIONS, ...spec.options },
      allowPositionals: true,
      strict: true,
    });
    return { positionals, options: values };
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : '';
    const unknown = /^Unknown option '--([^']+)'/.exec(message)?.[1];
    const options = Object.keys({ ...COMMON_OPTIONS, ...spec.options });
    const likely = unknown === undefined ? [] : likelyNames(unknown, options).map((name) => `--${name}`);
    throw new UsageError(
      `${message.replace(/\.$/, '')}.`,
      `${likely.length === 0 ? '' : `Did you mean ${likely.join(' or ')}? `}${usageHint(spec)}`,
    );
  }
}

function usageHint(spec: CommandSpec): string {
  return `Usage: rolecall ${spec.synopsis}`;
}

/** A text option, or undefined. */
export function textOption(args: Arguments, name: string): string | undefined {
  const value = args.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** A text option that may be given several times. */
export function listOption(args: Arguments, name: string): readonly string[] {
  const value = args.options[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** A text option that must be there. */
export function requiredOption(args: Arguments, spec: Pick<CommandSpec, 'synopsis'>, name: string): string {
  const value = textOption(args, name);
  if (value === undefined || value === '') {
    throw new UsageError(`--${name} is missing.`, `Usage: rolecall ${spec.synopsis}`);
  }
  return value;
}
