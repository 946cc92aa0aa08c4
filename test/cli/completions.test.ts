import { describe, expect, test } from 'vitest';
import { completions } from '../../src/cli/completions.ts';
import type { CommandSpec } from '../../src/cli/command-spec.ts';

function spec(name: string, options: CommandSpec['options'] = {}): CommandSpec {
  return { name, synopsis: name, summary: name, options, run: async () => 0 };
}

const SPECS = [
  spec('sign-in', { device: { type: 'boolean' } }),
  spec('sign-out'),
  spec('check'),
  spec('profiles'),
  spec('profiles show'),
  spec('profiles sync', { output: { type: 'string' } }),
  spec('vault on'),
  spec('mfa list'),
  spec('mfa enrol'),
  spec('export', { profile: { type: 'string' }, format: { type: 'string' } }),
];
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
    [['profiles', 'sync', '--'], ['--output']],
    [['profiles', 'sync', '--output', 'yaml-'], ['yaml-stream']],
    [['vault', 'on', ''], ['corp']],
    [['sign-'], ['sign-in', 'sign-out']],
    [
      ['mfa', ''],
      ['list', 'enrol'],
    ],
    [['sign-in', ''], ['corp']],
    [['sign-in', '--'], ['--device']],
    [
      ['export', '--profile', ''],
      ['admin', 'dev'],
    ],
    [['export', '--profile', 'd'], ['dev']],
    [['export', '--format', 'f'], ['fish']],
    [['check', 'd'], ['dev']],
    [['nonsense', ''], []],
  ])('after %j come %j', async (words, expected) => {
    expect(await completions(SPECS, words, NAMES)).toEqual(expected);
  });
});
