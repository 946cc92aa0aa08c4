import { parseArgs, type ParseArgsConfig } from 'node:util';
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
  readonly positionals?: { readonly min: number; readonly max: number };
  readonly takesRest?: boolean;
  /** Called by programs only, so not in the overview. */
  readonly hidden?: boolean;
  /** Resolves to the exit code. */
  run(args: Arguments, context: CliContext): Promise<number>;
}

/** Options as `node:util` reads them. */
export type OptionTable = NonNullable<ParseArgsConfig['options']>;

const COMMON: OptionTable = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } };

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
      options: { ...COMMON, ...spec.options },
      allowPositionals: true,
      strict: true,
    });
    return { positionals, options: values };
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : '';
    throw new UsageError(`${message.replace(/\.$/, '')}.`, usageHint(spec));
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
