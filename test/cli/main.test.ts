import { describe, expect, test } from 'vitest';
import { BadInputError, CancelledError } from '../../src/core/model/errors.ts';
import { MfaNeededError } from '../../src/core/session/mfa/errors.ts';
import type { CliContext } from '../../src/cli/cli-context.ts';
import type { CommandSpec } from '../../src/cli/command-spec.ts';
import { main } from '../../src/cli/main.ts';

const SERIAL = 'arn:aws:iam::111122223333:mfa/phone';

function commandThat(run: CommandSpec['run']): CommandSpec {
  return {
    name: 'do it',
    synopsis: 'do it [--loud] THING',
    summary: 'Does it',
    options: { loud: { type: 'boolean', help: 'with noise' } },
    examples: ['now --loud'],
    positionals: { min: 1, max: 1 },
    run,
  };
}

async function runWords(words: readonly string[], run: CommandSpec['run'] = async () => 0) {
  const out: string[] = [];
  const errors: string[] = [];
  const context = (json: boolean): CliContext =>
    ({ out: (text: string) => out.push(text), json, version: '1.2.3' }) as unknown as CliContext;
  const code = await main({ specs: [commandThat(run)], words, context, fail: (line) => errors.push(line) });
  return { code, out, errors };
}

describe('main', () => {
  test('passes what was typed to the command and returns its exit code', async () => {
    const { code, errors } = await runWords(['do', 'it', 'now', '--loud'], async (args) =>
      args.options['loud'] === true && args.positionals[0] === 'now' ? 0 : 9,
    );
    expect(errors).toEqual([]);
    expect(code).toBe(0);
  });

  test.each([
    [['fly'], 'There is no command "fly"'],
    [['do', 'it'], 'An argument is missing.'],
    [['do', 'it', 'a', 'b'], 'There is an argument too many.'],
    [['do', 'it', 'a', '--wrong'], "Unknown option '--wrong'"],
  ])('%j is wrong usage: exit 2 and one line on stderr', async (words, message) => {
    const { code, out, errors } = await runWords(words);
    expect(code).toBe(2);
    expect(out).toEqual([]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(message);
    expect(errors[0]).not.toContain('\n');
  });

  test.each([
    [new MfaNeededError(SERIAL), 3],
    [new BadInputError('No.', 'Yes.'), 2],
    [new CancelledError(), 130],
    [new TypeError('boom with arn:secret'), 1],
  ])('%s ends with its own exit code', async (error, expected) => {
    const { code, errors } = await runWords(['do', 'it', 'x'], async () => {
      throw error;
    });
    expect(code).toBe(expected);
    expect(errors).toHaveLength(1);
  });

  test('an unforeseen error shows neither its text nor a stack', async () => {
    const { errors } = await runWords(['do', 'it', 'x'], async () => {
      throw new TypeError('token=AAAA at file.ts:1');
    });
    expect(errors[0]).not.toContain('AAAA');
    expect(errors[0]).not.toContain('file.ts');
  });

  test('terminal escapes in an error never reach the terminal', async () => {
    const { errors } = await runWords(['do', 'it', 'x'], async () => {
      throw new BadInputError('Account \u001b]52;c;ZXZpbA==\u0007\u202Eevil\nnext', 'Mend it.');
    });
    expect(errors[0]).toBe('rolecall: Account ]52;c;ZXZpbA==evil next Mend it.');
  });

  test('a word that begins several commands names them, in help and alone', async () => {
    const help = await runWords(['help', 'do']);
    expect(help).toMatchObject({ code: 0, errors: [] });
    expect(help.out[0]).toBe(
      'Usage: rolecall do COMMAND [options]\n\n  do it  Does it\n\nrolecall help do it tells more.',
    );
    expect(await runWords(['do', '--help'])).toEqual(help);
    const { code, errors } = await runWords(['do']);
    expect(code).toBe(2);
    expect(errors[0]).toBe('rolecall: "do" needs a second word. There is: do it.');
  });

  test.each([
    ['dot', 'There is no command "dot". Did you mean do? '],
    ['do ti', 'There is no command "do ti". Did you mean do it? There is: do it.'],
    ['do it x --lout', "Unknown option '--lout'. Did you mean --loud? Usage: rolecall do it"],
  ])('"rolecall %s" names what was likely meant', async (words, expected) => {
    const { code, errors } = await runWords(words.split(' '));
    expect([code, errors[0]]).toEqual([2, expect.stringContaining(expected)]);
  });

  test('help for a command that is not there says so', async () => {
    const { code, out, errors } = await runWords(['help', 'fly']);
    expect({ code, out }).toEqual({ code: 2, out: [] });
    expect(errors[0]).toContain('There is no command "fly".');
  });

  test('no words at all show the overview and end with 2; help ends with 0', async () => {
    expect(await runWords([])).toMatchObject({ code: 2 });
    const { code, out } = await runWords(['help', 'do', 'it']);
    expect(code).toBe(0);
    expect(out[0]).toBe(
      [
        'Usage: rolecall do it [--loud] THING',
        'Does it.',
        'Options:\n  --loud      with noise\n  --json      print results as JSON\n  -h, --help  show this',
        'Examples:\n  rolecall do it now --loud',
      ].join('\n\n'),
    );
    expect(await runWords(['do', 'it', '--help'])).toEqual({ code: 0, out, errors: [] });
  });
});
