import { describe, expect, test } from 'vitest';
import { isGuarded } from '../../../src/core/app/guard-rules.ts';
import { accountKey } from '../../../src/shared/role-subject.ts';
import { targetKey, type RoleTarget } from '../../../src/shared/role-target.ts';
import type { AppState, Marks, ProfileState } from '../../../src/shared/app-state.ts';
import { emptyAppState } from '../../helpers/app-state.ts';

const admin: RoleTarget = { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' };
const viaProfile: RoleTarget = { kind: 'profile', profile: 'prod-admin' };
const viaAssume: RoleTarget = { kind: 'profile', profile: 'assumed' };

const profile: ProfileState = {
  name: 'prod-admin',
  kind: 'sso',
  accountId: '111122223333',
  roleName: 'Admin',
  roleArn: undefined,
  ssoSession: 'corp',
  sourceProfile: undefined,
  mfaSerial: undefined,
  region: undefined,
  output: undefined,
  protected: false,
  managed: false,
  canFederate: true,
  file: '/home/u/.aws/config',
  line: 1,
  problems: [],
};

function state(rules: readonly { account: string; role: string }[], marks: Record<string, Marks> = {}): AppState {
  const empty = emptyAppState();
  return {
    ...empty,
    settings: { ...empty.settings, guardRules: [...rules] },
    marks,
    directories: {
      corp: {
        accounts: [{ accountId: '111122223333', name: 'Shop PROD', email: '', roles: ['Admin'], stale: false }],
        refreshedAt: undefined,
        progress: undefined,
        failure: undefined,
        changes: undefined,
      },
    },
    profiles: [
      profile,
      {
        ...profile,
        name: 'assumed',
        kind: 'assume-role',
        ssoSession: undefined,
        roleArn: 'arn:aws:iam::111122223333:role/team/Admin',
      },
    ],
  };
}

describe('guard rules', () => {
  test.each([
    ['*prod*', '*', true],
    ['shop prod', 'admin', true],
    ['111122223333', 'Admin', true],
    ['*', 'Adm*', true],
    ['*', 'Audit', false],
    ['*dev*', '*', false],
    ['prod', '*', false],
    ['', '*', false],
  ])('account %j and role %j guard the role: %j, by id, by profile, and by role ARN', (account, role, expected) => {
    const now = state([{ account, role }]);
    expect([admin, viaProfile, viaAssume].map((target) => isGuarded(target, now))).toEqual([
      expected,
      expected,
      expected,
    ]);
  });

  test('without rules and marks nothing is guarded', () => {
    expect(isGuarded(admin, state([]))).toBe(false);
    expect(isGuarded({ kind: 'profile', profile: '__proto__' }, state([{ account: 'x', role: '*' }]))).toBe(false);
  });

  test('a mark on the role, on its account, or on the profile guards it', () => {
    expect(isGuarded(admin, state([], { [targetKey(admin)]: { guarded: true } }))).toBe(true);
    expect(isGuarded(viaProfile, state([], { [targetKey(admin)]: { guarded: true } }))).toBe(true);
    expect(isGuarded(admin, state([], { [accountKey('corp', '111122223333')]: { guarded: true } }))).toBe(true);
    expect(isGuarded(viaProfile, state([], { [targetKey(viaProfile)]: { guarded: true } }))).toBe(true);
    expect(isGuarded(admin, state([], { [targetKey(viaProfile)]: { guarded: true } }))).toBe(false);
    expect(isGuarded(admin, state([], { [targetKey(admin)]: { pinned: true } }))).toBe(false);
  });
});
