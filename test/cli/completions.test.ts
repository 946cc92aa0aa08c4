import { describe, expect, test } from 'vitest';
import { ALL_COMMANDS } from '../../src/cli/commands/all.ts';
import { completions } from '../../src/cli/completions.ts';

/** Some of the commands, as they are. */
const WORDS = [
  'sign-in',
  'sign-out',
  'check',
  'profiles',
  'profiles show',
  'profiles sync',
  'vault on',
  'mfa list',
  'mfa enrol',
  'export',
  'set-up import',
  'set-up export',
  'exec',
];
const SPECS = ALL_COMMANDS.filter(({ name }) => WORDS.includes(name)).toSorted(
  (one, other) => WORDS.indexOf(one.name) - WORDS.indexOf(other.name),
);

const NAMES = { profiles: async () => ['admin', 'aws prod', '$(id)', '-x', 'dev'], ssoSessions: async () => ['corp'] };

describe('completions', () => {
  test.each([
    [[''], ['sign-in', 'sign-out', 'check', 'profiles', 'vault', 'mfa', 'export', 'set-up', 'exec']],
    [
      ['profiles', ''],
      ['show', 'sync'],
    ],
    [
      ['profiles', 'show', ''],
      ['admin', 'dev'],
    ],
    [['profiles', 'sync', '--o'], ['--output']],
    [['profiles', 'sync', '--sso-session', ''], ['corp']],
    [
      ['profiles', 'sync', '--prune', ''],
      ['vanished', 'left-out', 'nothing'],
    ],
    [['profiles', 'sync', '--output', 'yaml-'], ['yaml-stream']],
    [['vault', 'on', ''], ['corp']],
    [['sign-'], ['sign-in', 'sign-out']],
    [
      ['mfa', ''],
      ['list', 'enrol'],
    ],
    [['sign-in', ''], ['corp']],
    [
      ['sign-in', '--'],
      ['--device', '--no-browser', '--if-needed', '--json', '--help'],
    ],
    [
      ['export', '--profile', ''],
      ['admin', 'dev'],
    ],
    [['export', '--profile', 'd'], ['dev']],
    [['export', '--format', 'f'], ['fish']],
    [['export', '--format', 'z'], ['zsh']],
    [['check', 'd'], ['dev']],
    [['nonsense', ''], []],
    [['set-up', 'import', ''], [':files']],
    [['set-up', 'import', './te'], [':files']],
    [['set-up', 'import', '--d'], ['--dry-run']],
    [['set-up', 'export', '--sso-session', ''], ['corp']],
    [['set-up', 'export', 'te'], [':files']],
    [['exec', '--profile', 'dev', '--', ''], [':files']],
    [['exec', '--profile', 'dev', '--', 'make', '--ta'], [':files']],
  ])('after %j come %j', async (words, expected) => {
    expect(await completions(SPECS, words, NAMES)).toEqual(expected);
  });
});
