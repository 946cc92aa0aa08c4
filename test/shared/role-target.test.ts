import { describe, expect, test } from 'vitest';
import { targetKey, targetOfKey, type RoleTarget } from '../../src/shared/role-target.ts';

const TARGETS: readonly RoleTarget[] = [
  { kind: 'profile', profile: 'admin' },
  { kind: 'profile', profile: 'sso:111122223333/a/b' },
  { kind: 'sso-role', accountId: '000000000001', roleName: 'a@b', ssoSession: 'x' },
  { kind: 'sso-role', accountId: '000000000001', roleName: 'a', ssoSession: 'b@x' },
  { kind: 'sso-role', accountId: '000000000001', roleName: 'a', ssoSession: 'https://d-1.awsapps.com/start#/' },
];

describe('targetKey', () => {
  test('no two targets share a key, and each key leads back', () => {
    expect(new Set(TARGETS.map(targetKey)).size).toBe(TARGETS.length);
    expect(TARGETS.map((target) => targetOfKey(targetKey(target)))).toEqual(TARGETS);
  });

  test.each(['', 'sso:', 'sso:1/a/b', 'sso:111122223333/a', 'account:x/111122223333', 'profile:', '__proto__'])(
    '%j is no key',
    (key) => {
      expect(targetOfKey(key)).toBeUndefined();
    },
  );
});
