import { describe, expect, test } from 'vitest';
import { consolePlace, signInPlace, type PlaceState } from '../../../src/core/app/console-place.ts';
import type { Marks } from '../../../src/shared/app-state.ts';
import type { RoleTarget } from '../../../src/shared/role-target.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/shared/settings.ts';
import { NO_DIRECTORY } from '../../helpers/fake-services.ts';

const ADMIN: RoleTarget = { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' };
const READER: RoleTarget = { ...ADMIN, roleName: 'ReadOnlyAccess' };
const ACCOUNT = 'account:corp/111122223333';

function state(settings: Partial<Settings>, marks: Readonly<Record<string, Marks>> = {}): PlaceState {
  const account = { accountId: '111122223333', name: 'Production', email: '', roles: ['Admin'], stale: false };
  return {
    settings: { ...DEFAULT_SETTINGS, ...settings },
    marks,
    directories: { corp: { ...NO_DIRECTORY, accounts: [account] } },
    profiles: [],
  };
}

function opener(target: RoleTarget, of: PlaceState, said?: string): unknown {
  return consolePlace(target, of, said).opener;
}

const WORK = { kind: 'browser', browser: 'chrome', profile: 'Profile 1' };
const EDGE = { kind: 'private', browser: 'edge', profile: undefined };

describe('where a console opens', () => {
  test('in the default browser, or where the setting says', () => {
    expect(opener(ADMIN, state({}))).toEqual({ kind: 'default' });
    expect(opener(ADMIN, state({ consoleOpener: 'multi-session' }))).toEqual({ kind: 'multi-session' });
  });

  test('the first rule that matches counts, by name or id of the account, role, Identity Center and tag', () => {
    const rule = { account: '*', role: '*', opener: 'private:edge' };
    const rules = (...consoleRules: Settings['consoleRules']) =>
      state({ consoleRules }, { [ACCOUNT]: { tags: ['Live'] } });
    expect(opener(ADMIN, rules({ ...rule, account: 'prod*' }, { ...rule, opener: 'multi-session' }))).toEqual(EDGE);
    expect(opener(ADMIN, rules({ ...rule, account: '1111*' }))).toEqual(EDGE);
    expect(opener(ADMIN, rules({ ...rule, account: 'staging' }))).toEqual({ kind: 'default' });
    expect(opener(READER, rules({ ...rule, role: 'admin' }))).toEqual({ kind: 'default' });
    expect(opener(ADMIN, rules({ ...rule, ssoSession: 'corp' }))).toEqual(EDGE);
    expect(opener(ADMIN, rules({ ...rule, ssoSession: 'other' }))).toEqual({ kind: 'default' });
    expect(opener(ADMIN, rules({ ...rule, tag: 'live' }))).toEqual(EDGE);
    expect(opener(ADMIN, rules({ ...rule, tag: 'test' }))).toEqual({ kind: 'default' });
  });

  test('a mark of the account comes before rules, what was said just now before all', () => {
    const all = state(
      { consoleRules: [{ account: '*', role: '*', opener: 'private:edge' }] },
      { [ACCOUNT]: { opener: 'browser:chrome/Profile 1' } },
    );
    expect(opener(ADMIN, all)).toEqual(WORK);
    expect(opener(ADMIN, all, 'default')).toEqual({ kind: 'default' });
  });

  test('a profile goes where the role it leads to goes; one of its own goes by its own mark', () => {
    const profile = (name: string, changes: object) => ({ name, ...changes }) as PlaceState['profiles'][number];
    const profiles = [
      profile('adm', { ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' }),
      profile('own', { accountId: '444455556666', roleName: 'Deploy' }),
    ];
    const marks = {
      [ACCOUNT]: { opener: 'private:edge' },
      'account:profile:own': { opener: 'browser:chrome/Profile 1' },
    };
    const all = { ...state({}, marks), profiles };
    expect(opener({ kind: 'profile', profile: 'adm' }, all)).toEqual(EDGE);
    expect(opener({ kind: 'profile', profile: 'own' }, all)).toEqual(WORK);
    expect(consolePlace({ kind: 'profile', profile: 'own' }, all).container.name).toBe('444455556666 Deploy');
  });
});

describe('the container of a role', () => {
  test('is called by the user’s name for the account and the role, in the colour of the account', () => {
    expect(consolePlace(ADMIN, state({})).container).toEqual({ name: 'Production Admin', colour: undefined });
    const marked = state({}, { [ACCOUNT]: { alias: 'Live\u202E', colour: 'red' } });
    expect(consolePlace(READER, marked).container).toEqual({ name: 'Live ReadOnlyAccess', colour: 'red' });
  });

  test('two roles of one account have two', () => {
    const names = [ADMIN, READER].map((target) => consolePlace(target, state({})).container.name);
    expect(new Set(names).size).toBe(2);
  });
});

describe('where a sign-in opens', () => {
  const whole = { account: '*', role: '*', opener: 'browser:chrome/Profile 1' };
  const place = (settings: Partial<Settings>) => signInPlace('corp', { ...DEFAULT_SETTINGS, ...settings })?.opener;

  test('in the browser of all its consoles: by the first rule for the whole Identity Center, else by the setting', () => {
    expect(place({ consoleRules: [{ ...whole, ssoSession: 'corp' }] })).toEqual(WORK);
    expect(place({ consoleRules: [whole] })).toEqual(WORK);
    expect(place({ consoleOpener: 'browser:chrome/Profile 1' })).toEqual(WORK);
    const other = { ...whole, ssoSession: 'corp', opener: 'browser:edge' };
    expect(place({ consoleRules: [other, whole] })).toMatchObject({ browser: 'edge' });
  });

  test('in the default browser where the rule is for some roles or another Identity Center', () => {
    for (const rule of [{ account: 'prod*' }, { role: 'Admin' }, { tag: 'live' }, { ssoSession: 'other' }]) {
      expect(place({ consoleRules: [{ ...whole, ...rule }] })).toBeUndefined();
    }
  });

  test('never in a private window or a container, where it would be lost for the next console', () => {
    for (const opener of ['private:edge', 'container:firefox', 'granted:firefox', 'multi-session', 'default']) {
      expect(place({ consoleRules: [{ ...whole, opener }], consoleOpener: 'browser:chrome' })).toBeUndefined();
    }
  });
});
