import { describe, expect, test } from 'vitest';
import { isGuarded as coreIsGuarded } from '../../src/core/app/guard-rules.ts';
import { isGuarded as screenIsGuarded } from '../../src/renderer/model/guard.ts';
import { createAccessModels } from '../../src/renderer/state/access-model.ts';
import { accountNames } from '../../src/shared/account-names.ts';
import type { AppState, Marks, ProfileState } from '../../src/shared/app-state.ts';
import { targetKey, type RoleTarget } from '../../src/shared/role-target.ts';
import { account, acmeRole, believableState, PROFILES } from '../renderer/fake-state.ts';

type Rules = AppState['settings']['guardRules'];

/** The account that the profile `admin-role` leads to is one that the Identity Center lists. */
function stateWith(rules: Rules, marks: Record<string, Marks> = {}): AppState {
  const state = believableState(0);
  const acme = state.directories['acme'];
  if (acme === undefined) {
    throw new Error('The believable state has an Identity Center');
  }
  return {
    ...state,
    settings: { ...state.settings, guardRules: rules },
    marks,
    directories: {
      ...state.directories,
      acme: { ...acme, accounts: [...acme.accounts, account('898989898989', 'Ledger', ['Audit'])] },
    },
    profiles: PROFILES,
  };
}

/** What the core says, which asks, and what the screen says, which is red. */
function guarded(key: string, state: AppState): readonly boolean[] {
  const entry = createAccessModels()(state).find(key);
  if (entry === undefined) {
    throw new Error(`No list shows ${key}`);
  }
  const { marks, directories, profiles, settings } = state;
  const facts = { marks, directories, profiles, guardRules: settings.guardRules };
  return [coreIsGuarded(entry.target, state), screenIsGuarded(entry, facts)];
}

const iamRole = 'profile:admin-role';
const ssoRole = targetKey(acmeRole('111122223333', 'ReadOnlyAccess'));

describe('the core asks for what the screen shows in red, and for nothing else', () => {
  test.each([
    ['the name of the account that its role is of', iamRole, { account: 'led*', role: '*' }, true],
    ['the id of that account', iamRole, { account: '898989898989', role: '*admin' }, true],
    ['the name of the profile, which the list shows for it', iamRole, { account: 'admin-*', role: '*' }, true],
    ['another role', iamRole, { account: 'ledger', role: 'Audit' }, false],
    ['another account', iamRole, { account: '*prod*', role: '*' }, false],
    ['the keys of an IAM user by the profile', 'profile:assume-only', { account: 'assume-only', role: '*' }, true],
    ['a role of an Identity Center by its account', ssoRole, { account: '*PROD*', role: 'read*' }, true],
    ['a role of an Identity Center by its id', ssoRole, { account: '111122223333', role: '*' }, true],
    ['a role of an Identity Center by its profile', ssoRole, { account: 'prod-read', role: '*' }, false],
  ])('by %s', (_what, key, rule, expected) => {
    expect(guarded(key, stateWith([rule]))).toEqual([expected, expected]);
  });

  test.each([
    [iamRole, iamRole, true],
    [iamRole, `account:${iamRole}`, true],
    [ssoRole, ssoRole, true],
    [ssoRole, 'account:acme/111122223333', true],
    [ssoRole, iamRole, false],
  ])('%s by a mark on %s: %s', (key, marked, expected) => {
    expect(guarded(key, stateWith([], { [marked]: { guarded: true } }))).toEqual([expected, expected]);
  });
});

describe('a profile that hands out by a line of ours what another gives is guarded as that is', () => {
  const [admin] = PROFILES.filter(({ name }) => name === 'admin-role');
  const alias = (name: string, serves: RoleTarget): ProfileState => ({
    name,
    kind: 'process',
    accountId: undefined,
    roleName: undefined,
    roleArn: undefined,
    ssoSession: undefined,
    sourceProfile: undefined,
    mfaSerial: undefined,
    region: undefined,
    output: undefined,
    protected: false,
    managed: false,
    canFederate: true,
    file: admin?.file ?? '',
    line: 1,
    problems: [],
    serves,
  });
  const aliases = [
    alias('by-role', acmeRole('111122223333', 'ReadOnlyAccess')),
    alias('by-profile', { kind: 'profile', profile: 'admin-role' }),
    alias('by-sso-profile', { kind: 'profile', profile: 'prod-read' }),
    alias('by-alias', { kind: 'profile', profile: 'by-profile' }),
    alias('one', { kind: 'profile', profile: 'other' }),
    alias('other', { kind: 'profile', profile: 'one' }),
  ];
  const withAliases = (state: AppState): AppState => ({ ...state, profiles: [...state.profiles, ...aliases] });

  test.each([
    ['by-role', { account: '111122223333', role: 'Read*' }, true],
    ['by-profile', { account: 'ledger', role: '*' }, true],
    ['by-profile', { account: 'admin-*', role: '*' }, true],
    ['by-sso-profile', { account: '111122223333', role: 'Read*' }, true],
    ['by-sso-profile', { account: 'prod-read', role: '*' }, false],
    ['by-alias', { account: 'ledger', role: '*' }, true],
    ['by-alias', { account: 'payments', role: '*' }, false],
    ['one', { account: 'other', role: '*' }, true],
    ['one', { account: 'third', role: '*' }, false],
  ])('%s by the rule %o: %s', (name, rule, expected) => {
    expect(guarded(`profile:${name}`, withAliases(stateWith([rule])))).toEqual([expected, expected]);
  });

  test.each([
    ['by-role', ssoRole, true],
    ['by-role', 'account:acme/111122223333', true],
    ['by-sso-profile', 'account:acme/111122223333', true],
    ['by-sso-profile', 'profile:prod-read', true],
    ['by-alias', iamRole, true],
    ['by-alias', ssoRole, false],
  ])('%s by a mark on %s: %s', (name, marked, expected) => {
    const state = withAliases(stateWith([], { [marked]: { guarded: true } }));
    expect(guarded(`profile:${name}`, state)).toEqual([expected, expected]);
  });
});

test('an account is called what every Identity Center calls it', () => {
  const directories = {
    one: { accounts: [{ accountId: '111122223333', name: 'Shop' }] },
    two: { accounts: [{ accountId: '111122223333', name: 'Shop (old)' }] },
  };
  expect(accountNames('111122223333', directories)).toEqual(['Shop', 'Shop (old)']);
  expect(accountNames('', directories)).toEqual([]);
});
