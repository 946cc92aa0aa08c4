import { COMMON_OPTIONS, type CommandSpec, type ValueSource } from './command-spec.ts';

/** What completion may ask of the files; each is called only where its names are wanted. */
export interface NameSources {
  profiles(): Promise<readonly string[]>;
  ssoSessions(): Promise<readonly string[]>;
}

/** Stands alone where a file is wanted: those the shell completes by itself. No name looks like it. */
export const FILES_WANTED = ':files';

/** Names that need no quoting in any shell. Others exist, but a completion that must be quoted differently everywhere is none. */
const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}$/;

/** What can stand where the user is about to type. `words` are those after `rolecall`, the last one as far as it was typed. */
export async function completions(
  specs: readonly CommandSpec[],
  words: readonly string[],
  names: NameSources,
): Promise<readonly string[]> {
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const found = await candidates(specs, before, typed, names);
  if (found.includes(FILES_WANTED)) {
    return [FILES_WANTED];
  }
  return found.filter((word) => word.startsWith(typed) && PLAIN_NAME.test(word.replace(/^--/, '')));
}

async function candidates(
  specs: readonly CommandSpec[],
  before: readonly string[],
  typed: string,
  names: NameSources,
): Promise<readonly string[]> {
  const command = commandOf(specs, before);
  if (command === undefined) {
    return nextWords(specs, before);
  }
  if (command.takesRest === true && before.includes('--')) {
    return [FILES_WANTED];
  }
  const option = before.at(-1) ?? '';
  const asked = option.startsWith('--') ? command.options?.[option.slice(2)] : undefined;
  if (asked?.type === 'string') {
    return valuesOf(asked.values, names);
  }
  if (typed.startsWith('-')) {
    return Object.keys({ ...command.options, ...COMMON_OPTIONS }).map((name) => `--${name}`);
  }
  // `profiles` is a command, and the first word of others.
  const next = command.name === before.join(' ') ? nextWords(specs, before) : [];
  return [...next, ...(await valuesOf(command.positionals?.values, names))];
}

/** Of `profiles` and `profiles sync` the one that was typed. */
function commandOf(specs: readonly CommandSpec[], before: readonly string[]): CommandSpec | undefined {
  const isTyped = ({ name }: CommandSpec): boolean => name === before.slice(0, name.split(' ').length).join(' ');
  return specs.filter(isTyped).toSorted((one, other) => other.name.length - one.name.length)[0];
}

/** The command words that can follow: `mfa` first, then `list`. */
function nextWords(specs: readonly CommandSpec[], before: readonly string[]): readonly string[] {
  const fitting = specs
    .map((spec) => spec.name.split(' '))
    .filter((parts) => before.every((word, index) => parts[index] === word));
  return [...new Set(fitting.map((parts) => parts[before.length]).filter((word) => word !== undefined))];
}

async function valuesOf(source: ValueSource | undefined, names: NameSources): Promise<readonly string[]> {
  switch (source) {
    case 'profiles':
      return names.profiles();
    case 'sso-sessions':
      return names.ssoSessions();
    case 'files':
      return [FILES_WANTED];
    default:
      return source ?? [];
  }
}
