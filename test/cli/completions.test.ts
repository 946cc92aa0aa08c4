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
];
const SPECS = ALL_COMMANDS.filter(({ name }) => WORDS.includes(name)).toSorted(
  (one, other) => WORDS.indexOf(one.name) - WORDS.indexOf(other.name),
);

const NAMES = { profiles: async () => ['admin', 'aws prod', '$(id)', '-x', 'dev'], ssoSessions: async () => ['corp'] };

describe('completions', () => {
  test.each([
    [[''], ['sign-in', 'sign-out', 'check', 'profiles', 'vault', 'mfa', 'export']],
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
  ])('after %j come %j', async (words, expected) => {
    expect(await completions(SPECS, words, NAMES)).toEqual(expected);
  });
});
