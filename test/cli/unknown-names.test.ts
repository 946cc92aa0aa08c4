import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ALL_COMMANDS } from '../../src/cli/commands/all.ts';
import { main } from '../../src/cli/main.ts';
import { processContext } from '../../src/cli/process-context.ts';
import { scratchSurroundings } from '../helpers/surroundings.ts';

const CONFIG = `[sso-session demo]
sso_start_url = https://demo.awsapps.com/start
sso_region = us-east-1

[profile admin]
sso_session = demo
sso_account_id = 111122223333
sso_role_name = Admin
`;
const NO_ROLE = '--sso-session gone --account 111122223333 --role Admin';
const TARGETS = ['--profile gone', NO_ROLE];
const DEVICE = 'arn:aws:iam::111122223333:mfa/phone';

/** What follows a command's name so that it names something that is not there; none where a command takes no such name. */
const UNKNOWN: Readonly<Record<string, readonly string[]>> = {
  'add-sso': [],
  'sign-in': ['gone'],
  'sign-out': ['gone'],
  status: [],
  profiles: [],
  'profiles show': ['gone'],
  'profiles sync': ['--sso-session gone'],
  'profiles set': ['gone region=us-east-1'],
  'profiles add': [],
  'profiles rename': ['gone other'],
  'profiles remove': ['gone'],
  'profiles default': ['gone'],
  accounts: ['--sso-session gone'],
  credentials: TARGETS,
  export: TARGETS,
  renew: TARGETS,
  console: [...TARGETS, '--profile gone --via portal', '--profile gone --via switch-role'].map((it) => `${it} --print`),
  exec: TARGETS.flatMap((target) => [`${target} -- true`, `${target} --server -- true`]),
  shell: TARGETS,
  instances: TARGETS,
  connect: TARGETS.map((target) => `${target} bastion`),
  'keys add': [],
  'mfa list': ['--profile gone'],
  'mfa enrol': ['--profile gone', '--profile gone --keep-seed'],
  'mfa resync': [`${DEVICE} --profile gone`],
  'mfa remove': [`${DEVICE} --profile gone`],
  protect: ['gone', 'gone --dry-run'],
  unprotect: ['gone', 'gone --dry-run'],
  rotate: ['gone', 'gone --delete-old', 'gone --back'],
  'vault on': ['gone', 'gone --dry-run'],
  'vault off': ['gone', 'gone --dry-run'],
  import: [],
  undo: ['gone', 'gone --dry-run'],
  'set-up export': ['--sso-session gone', '--profile gone'],
  'set-up import': ['gone.json'],
  check: ['gone'],
  doctor: ['--fix gone', '--fix gone --dry-run'],
  guide: [],
  log: [],
  host: [],
  agent: [],
  'shell-init': [],
  complete: [],
};

async function runCommand(words: string, config = CONFIG) {
  const surroundings = await scratchSurroundings();
  await mkdir(join(surroundings.homeDir, '.aws'));
  await writeFile(join(surroundings.homeDir, '.aws', 'config'), config);
  const out: string[] = [];
  const errors: string[] = [];
  const signal = new AbortController().signal;
  const code = await main({
    specs: ALL_COMMANDS,
    words: words.split(' '),
    context: (json, use) => ({
      ...processContext(surroundings, signal, json, use),
      out: (text) => void out.push(text),
    }),
    fail: (line) => errors.push(line),
  });
  return { code, out, errors };
}

describe('a name that is not there', () => {
  test('is tried with every command', () => {
    expect(Object.keys(UNKNOWN).toSorted()).toEqual(ALL_COMMANDS.map(({ name }) => name).toSorted());
  });

  const calls = Object.entries(UNKNOWN).flatMap(([name, tails]) => tails.map((tail) => `${name} ${tail}`));

  test.each(calls)('"rolecall %s" fails with 1 before anybody is asked, and says what to do', async (words) => {
    const { code, out, errors } = await runCommand(words);
    expect(errors).toEqual([expect.stringMatching(/^rolecall: \S.*\. \S.*[.?]$/)]);
    expect({ code, out }).toEqual({ code: 1, out: [] });
  });

  test.each(['sign-in', 'sign-out', 'accounts', 'profiles sync', 'vault on demo'])(
    '"rolecall %s" without any Identity Center fails with 1 too, and says how to add one',
    async (words) => {
      const { code, errors } = await runCommand(words, '');
      expect(errors).toEqual([expect.stringContaining('Add one: rolecall add-sso NAME --start-url URL')]);
      expect(code).toBe(1);
    },
  );

  test.each([
    ['export --profile amdin', 'There is no profile amdin. Did you mean admin? Run "rolecall profiles"'],
    ['profiles show Admin', 'There is no profile Admin. Did you mean admin? '],
    ['console --print --profile admn', 'There is no profile admn. Did you mean admin? '],
    ['connect --profile amdin bastion', 'There is no profile amdin. Did you mean admin? '],
    ['sign-in dmo', 'There is no Identity Center named dmo. Did you mean demo? There is: demo.'],
    ['exec --sso-session Demo --account 111122223333 --role Admin -- true', 'named Demo. Did you mean demo? '],
    ['set-up export --profile admim', 'There is no profile admim. Did you mean admin? '],
  ])('"rolecall %s" says which is the likely one', async (words, expected) => {
    const { code, errors } = await runCommand(words);
    expect([code, errors]).toEqual([1, [expect.stringContaining(expected)]]);
  });

  test.each([
    'console --print --profile admin --region tokyo',
    'exec --profile admin --region Tokio -- true',
    'connect --profile admin bastion --region tokyo',
    'profiles set admin region=tokyo',
    'add-sso other --start-url https://other.awsapps.com/start --region tokyo',
  ])('"rolecall %s" names the region by its city: the likely one is told', async (words) => {
    const { code, errors } = await runCommand(words);
    expect([code, errors]).toEqual([2, [expect.stringContaining('Did you mean ap-northeast-1 (Tokyo)? ')]]);
  });

  test('which of several is meant has to be said: that is wrong usage', async () => {
    const { code, errors } = await runCommand('sign-in', `${CONFIG}\n${CONFIG.replace('demo', 'other')}`);
    expect(errors).toEqual(['rolecall: There are several Identity Centers. Name one: demo, other.']);
    expect(code).toBe(2);
  });
});
