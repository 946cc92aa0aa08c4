import type { CommandSpec } from './command-spec.ts';

/** All commands, a line each. */
export function overview(all: readonly CommandSpec[]): string {
  const specs = all.filter((spec) => spec.hidden !== true);
  const width = Math.max(...specs.map((spec) => spec.name.length));
  return [
    'rolecall: safe, short-lived access to AWS',
    '',
    'Usage: rolecall COMMAND [options]',
    '',
    ...specs.map((spec) => `  ${spec.name.padEnd(width)}  ${spec.summary}`),
    '',
    'rolecall help COMMAND tells more. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 sign-in needed, 130 cancelled.',
  ].join('\n');
}

/** One command: how it is called, and what it does. */
export function commandHelp(spec: CommandSpec): string {
  return `Usage: rolecall ${spec.synopsis}\n\n${spec.summary}.`;
}
