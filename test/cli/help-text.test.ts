import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src/cli/command-spec.ts';
import { ALL_COMMANDS } from '../../src/cli/commands/all.ts';
import { commandHelp } from '../../src/cli/help-text.ts';

const SHOWN = ALL_COMMANDS.filter(({ hidden }) => hidden !== true);
const DOCS = readFileSync(new URL('../../docs/command.md', import.meta.url), 'utf8');

/** `--name` of a text, each once. */
function optionsIn(text: string): readonly string[] {
  return [...new Set(text.match(/(?<![\w-])--[a-z][a-z-]*/g))].toSorted();
}

/** The rows of the documentation that begin with a command, `profiles` and not `profiles show`. */
function documented(name: string): string {
  const isNamed = new RegExp(`^\\| (?:\\x60[^\\x60]*\\x60, )*\\x60${name}(?:\\x60| (?![a-z]))`);
  return DOCS.split('\n')
    .filter((line) => isNamed.test(line))
    .join('\n');
}

/** Words of a line as a shell splits them, without what redirects. */
function shellWords(line: string): readonly string[] {
  return (line.replace(/ < .*/, '').match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''));
}

describe.each(SHOWN)('help of $name', (spec) => {
  test('has a line of its own for every option, and fits a terminal', () => {
    const lines = commandHelp(spec).split('\n');
    for (const name of [...Object.keys(spec.options ?? {}), 'help']) {
      expect(lines.filter((line) => new RegExp(`^  (-\\w, )?--${name}( [A-Z]+)?  +\\S`).test(line))).toHaveLength(1);
    }
    const options = lines.filter((line) => line.startsWith('  -'));
    expect(Math.max(...options.map(({ length }) => length))).toBeLessThanOrEqual(120);
  });

  test('shows calls that the command takes', () => {
    expect(spec.examples.length).toBeGreaterThan(0);
    for (const example of spec.examples) {
      const words = shellWords(example);
      const args = parseArguments(spec, words);
      expect(spec.takesRest === true ? args.rest.length > 0 : args.rest).toEqual(spec.takesRest === true ? true : []);
      for (const [name, { values }] of Object.entries(spec.options ?? {})) {
        const given = args.options[name];
        expect(typeof values !== 'object' || given === undefined || values.includes(String(given))).toBe(true);
      }
    }
  });

  test('its first line and the documentation name the same options', () => {
    const own = Object.keys(spec.options ?? {}).map((name) => `--${name}`);
    const common = (names: readonly string[]) => names.filter((name) => name !== '--json');
    expect(common(optionsIn(spec.synopsis))).toEqual(own.toSorted());
    const target =
      own.includes('--account') && own.includes('--role') ? ['--profile', '--sso-session', '--account', '--role'] : [];
    const row = documented(spec.name);
    expect(row).not.toBe('');
    expect(optionsIn(row)).toEqual(
      expect.arrayContaining(
        row.includes('as `exec`') ? [] : own.filter((name) => !target.includes(name) || !row.includes('TARGET')),
      ),
    );
  });
});
