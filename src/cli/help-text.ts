import { COMMON_OPTIONS, type CommandSpec, type OptionSpec } from './command-spec.ts';

/** All commands, a line each. */
export function overview(all: readonly CommandSpec[]): string {
  const specs = all.filter((spec) => spec.hidden !== true);
  return [
    'rolecall: safe, short-lived access to AWS',
    '',
    'Usage: rolecall COMMAND [options]',
    '',
    commandLines(specs),
    '',
    'rolecall help COMMAND tells more. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 sign-in needed, 130 cancelled.',
  ].join('\n');
}

/** One command: how it is called, what it does, its options, a line each, and examples. `beside` are those that begin with its name. */
export function commandHelp(spec: CommandSpec, beside: readonly CommandSpec[] = []): string {
  return [
    `Usage: rolecall ${spec.synopsis}`,
    `${spec.summary}.`,
    ['Options:', ...optionLines(spec)].join('\n'),
    ...(spec.examples.length === 0
      ? []
      : [['Examples:', ...spec.examples.map((tail) => example(spec, tail))].join('\n')]),
    ...(beside.length === 0 ? [] : [`See also:\n${commandLines(beside)}`]),
  ].join('\n\n');
}

/** The commands of two words that begin alike. */
export function groupHelp(first: string, specs: readonly CommandSpec[]): string {
  return [
    `Usage: rolecall ${first} COMMAND [options]`,
    commandLines(specs),
    `rolecall help ${specs[0]?.name ?? first} tells more.`,
  ].join('\n\n');
}

function commandLines(specs: readonly CommandSpec[]): string {
  return columns(specs.map(({ name, summary }) => [name, summary])).join('\n');
}

function example({ name }: CommandSpec, tail: string): string {
  return `  rolecall ${name}${tail === '' ? '' : ` ${tail}`}`;
}

function optionLines({ options, ignoresJson }: CommandSpec): readonly string[] {
  return columns(
    Object.entries({ ...options, ...COMMON_OPTIONS })
      .filter(([name]) => name !== 'json' || ignoresJson !== true)
      .map(([name, option]) => [flag(name, option), meaning(option)]),
  );
}

function flag(name: string, { short, value }: OptionSpec): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
}

function meaning({ help, values, multiple }: OptionSpec): string {
  const choice = typeof values === 'object' ? `: ${values.join(', ')}` : '';
  return `${help}${choice}${multiple === true ? '; may be given several times' : ''}`;
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
}
