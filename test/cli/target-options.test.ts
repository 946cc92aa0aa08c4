import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src/cli/command-spec.ts';
import { TARGET_OPTIONS, targetFromOptions } from '../../src/cli/target-options.ts';

const SPEC = { name: 'x', synopsis: 'x', summary: 'x', examples: [], options: TARGET_OPTIONS, run: async () => 0 };

function target(words: readonly string[], env: Record<string, string> = {}) {
  return targetFromOptions(parseArguments(SPEC, words), env);
}

describe('targetFromOptions', () => {
  test('a profile, a role by account, and AWS_PROFILE are three ways to name a target', () => {
    expect(target(['--profile', 'admin'])).toEqual({ kind: 'profile', profile: 'admin' });
    expect(target(['--sso-session', 'corp', '--account', '000000000001', '--role', 'Admin'])).toEqual({
      kind: 'sso-role',
      ssoSession: 'corp',
      accountId: '000000000001',
      roleName: 'Admin',
    });
    expect(target([], { AWS_PROFILE: 'dev' })).toEqual({ kind: 'profile', profile: 'dev' });
  });

  test.each([
    [[]],
    [['--profile', '']],
    [['--profile', 'a', '--role', 'b']],
    [['--account', '111122223333', '--role', 'b']],
    [['--sso-session', 'c', '--account', '12345', '--role', 'b']],
    [['--sso-session', 'c', '--account', '１２３４５６７８９０１２', '--role', 'b']],
    [['--sso-session', 'c', '--account', '111122223333', '--role', 'a/b']],
    [['--sso-session', 'c', '--account', '111122223333', '--role', 'a\nb']],
  ])('%j is refused as wrong usage', (words) => {
    expect(() => target(words)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
