import { describe, expect, test } from 'vitest';
import type { AppState } from '../../../src/shared/app-state.ts';
import { roleOf } from '../../../src/renderer/model/list-item.ts';
import {
  chosen,
  filterChoices,
  filterWords,
  regionsOf,
  withFilter,
  withoutFilters,
  kindOf,
} from '../../../src/renderer/model/role-filters.ts';
import { createSearch, searchAccess, type SearchScope } from '../../../src/renderer/model/search-access.ts';
import { tableRows } from '../../../src/renderer/model/table-rows.ts';
import { createAccessModels } from '../../../src/renderer/state/access-model.ts';
import { believableState } from '../fake-state.ts';
import { HOSTILE_NAMES } from '../hostile-names.ts';

function scopeOf(state: AppState): SearchScope {
  const { marks, directories, profiles, settings, ssoSessions } = state;
  const { guardRules, consoleRegion } = settings;
  return {
    ...createAccessModels()(state),
    guard: { marks, guardRules, directories, profiles },
    ssoSessions,
    consoleRegion,
    nowMs: 0,
  };
}

/** The keys of what a query finds, sorted. */
function found(query: string, state: AppState = believableState(0)): readonly string[] {
  return searchAccess(scopeOf(state), query)
    .roles.map((role) => roleOf(role).key)
    .toSorted();
}

const READ = 'sso:111122223333/ReadOnlyAccess/acme';
const ADMIN = 'sso:111122223333/AdministratorAccess/acme';
const STAGING = 'sso:222233334444/DeveloperAccess/acme';

describe('a filter', () => {
  test.each([
    ['is:pinned', [ADMIN, READ, STAGING]],
    ['is:p', [ADMIN, READ, STAGING]],
    ['is:live', [READ, STAGING, 'sso:444455556666/DataEngineer/acme']],
    ['is:expiring', [STAGING, 'sso:444455556666/DataEngineer/acme']],
    ['is:guarded', [ADMIN]],
    ['is:guarded is:pinned', [ADMIN]],
    ['is:pinned is:live', [READ, STAGING]],
    ['type:chained', ['profile:admin-role', 'profile:legacy-tools']],
    ['type:assume-role', ['profile:admin-role', 'profile:legacy-tools']],
    ['type:user', ['profile:assume-only']],
    ['type:static', ['profile:assume-only']],
    ['in:profiles', ['profile:admin-role', 'profile:assume-only', 'profile:legacy-tools']],
    ['profile:prod-read', [READ]],
    ['profile:admin', ['sso:222233334444/AdministratorAccess/acme']],
    ['profile:admin-', ['profile:admin-role']],
    ['in:globex support', ['sso:909090909090/SupportUser/globex']],
    ['support in:globex', ['sso:909090909090/SupportUser/globex']],
    ['IN:Globex Support', ['sso:909090909090/SupportUser/globex']],
    ['ｉｎ：ｇｌｏｂｅｘ support', ['sso:909090909090/SupportUser/globex']],
    ['in:globex type:chained', []],
  ])('%s finds exactly what it says', (query, keys) => {
    expect(found(query)).toEqual(keys);
  });

  test('type:sso is every role of every Identity Center, and nothing else', () => {
    const all = found('');
    expect(found('type:sso')).toEqual(all.filter((key) => key.startsWith('sso:')));
    expect(all.length).toBe(found('type:sso').length + found('in:profiles').length);
  });

  test.each(['region:tokyo', 'region:東京', 'region:ap-northeast-1', 'region:ap-n'])(
    '%s finds the roles whose profiles say so',
    (query) => {
      expect(found(query)).toEqual([
        'profile:admin-role',
        'profile:assume-only',
        'profile:legacy-tools',
        READ,
        'sso:222233334444/AdministratorAccess/acme',
      ]);
    },
  );

  test('a region is also where the console of an account was opened last, and for all else where consoles open', () => {
    const state = believableState(0);
    const there: AppState = {
      ...state,
      settings: { ...state.settings, consoleRegion: 'eu-west-1' },
      marks: { 'account:acme/333344445555': { region: 'sa-east-1' } },
    };
    expect(found('region:são-paulo', there)).toEqual([
      'sso:333344445555/AdministratorAccess/acme',
      'sso:333344445555/DeveloperAccess/acme',
    ]);
    expect(found('region:ireland', there)).toContain(STAGING);
    expect(found('region:ireland', there)).not.toContain('sso:333344445555/DeveloperAccess/acme');
    expect(found('region:ireland', there)).not.toContain(READ);
  });

  test('is:hidden finds what every other search leaves out', () => {
    const state: AppState = { ...believableState(0), marks: { 'account:acme/777788889999': { hidden: true } } };
    expect(found('log archive', state)).toEqual([]);
    expect(found('type:sso', state)).not.toContain('sso:777788889999/ReadOnlyAccess/acme');
    expect(found('is:hidden', state)).toEqual(['sso:777788889999/ReadOnlyAccess/acme']);
  });

  test('guarded by a rule is guarded', () => {
    const state = believableState(0);
    const ruled: AppState = {
      ...state,
      marks: {},
      settings: { ...state.settings, guardRules: [{ account: 'payments*', role: '*admin*' }] },
    };
    expect(found('is:guarded', ruled)).toEqual(['sso:121212121212/BreakGlassAdministrator/acme']);
  });

  test('that is still being written leaves everything', () => {
    expect(found('is:')).toEqual(found(''));
    expect(found('prod region:')).toEqual(found('prod'));
  });

  test.each([
    ['type:zebra', ['sso', 'user', 'chained']],
    ['is:zebra', ['pinned', 'live', 'expiring', 'guarded', 'hidden']],
    ['in:zebra', ['acme', 'globex', 'profiles']],
    ['region:frankfurt', ['ap-northeast-1']],
  ])('%s finds nothing and says what there is', (query, values) => {
    const { roles, unknown } = searchAccess(scopeOf(believableState(0)), `prod ${query}`);
    expect(roles).toEqual([]);
    expect(`${unknown?.key}:${unknown?.value}`).toBe(query);
    expect(unknown?.choices.map(({ value }) => value).toSorted()).toEqual(values.toSorted());
    expect(searchAccess(scopeOf(believableState(0)), 'prod is:live').unknown).toBeUndefined();
  });

  test('words with a colon that are no filter are looked for as they stand', () => {
    expect(filterWords('arn:aws:iam::1 https://is:live xis:live')).toEqual([]);
    expect(withoutFilters('arn:aws is:live https://x').split(/\s+/)).toEqual(['arn:aws', 'https://x']);
  });

  test('a ninth word that is a filter still counts', () => {
    expect(found(`${'prod '.repeat(9)} type:user`)).toEqual([]);
  });

  test('no value and no name makes it throw', () => {
    const state = believableState(0);
    const [first] = state.ssoSessions;
    const hostile: AppState = {
      ...state,
      ssoSessions: first === undefined ? [] : HOSTILE_NAMES.map((name) => ({ ...first, id: name, name })),
    };
    for (const name of [...HOSTILE_NAMES, '__proto__', 'constructor', '(', '\\']) {
      for (const key of ['is', 'in', 'type', 'region', 'profile']) {
        expect(() => found(`${key}:${name}`, hostile)).not.toThrow();
      }
    }
  });
});

test('a kind of access is told without making the roles of an Identity Center', () => {
  const scope = scopeOf(believableState(0));
  const accounts = scope.accounts.filter(({ ssoSession }) => ssoSession !== undefined);
  const asked = accounts.map((account) =>
    Object.create(account, {
      ssoSession: { value: account.ssoSession },
      roles: {
        get: () => {
          throw new Error('made');
        },
      },
    }),
  ) as typeof accounts;
  expect(asked.map(kindOf)).toEqual(asked.map(() => 'sso'));
});

describe('a search for someone who types', () => {
  test('finds letter by letter what it would find at once, also while a word becomes a filter', () => {
    const scope = scopeOf(believableState(0));
    const search = createSearch();
    for (const query of [
      'i',
      'is',
      'is:',
      'is:l',
      'is:live ',
      'is:live p',
      'is:live pr',
      'is:live pr type:',
      'pr t',
      'pr type:s',
      'pr type:st',
      'pr type:sso',
    ]) {
      const once = searchAccess(scope, query);
      expect([query, search(scope, query).roles]).toEqual([query, once.roles]);
    }
  });
});

describe('the menu of filters', () => {
  const scope = scopeOf(believableState(0));

  test('writes a filter before what stands in the field, in the place of one of its kind', () => {
    expect(withFilter('', 'is', 'live')).toBe('is:live ');
    expect(withFilter('prod', 'is', 'live')).toBe('is:live prod');
    expect(withFilter('prod IS:pinned in:acme', 'is', 'live')).toBe('is:live prod  in:acme');
    expect(withFilter('is:live prod', 'is')).toBe('prod');
  });

  test('knows which of its lines is chosen', () => {
    const choices = filterChoices('region', scope);
    expect(chosen('region:tokyo', 'region', choices)).toBe('ap-northeast-1');
    expect(chosen('region:', 'region', choices)).toBeUndefined();
    expect(chosen('prod', 'region', choices)).toBeUndefined();
    expect(chosen('is:live is:pinned', 'is', filterChoices('is', scope))).toBeUndefined();
  });

  test('every choice it writes is the one that is then found', () => {
    const state = believableState(0);
    const [first] = state.ssoSessions;
    const spaced = scopeOf({
      ...state,
      ssoSessions:
        first === undefined
          ? []
          : [first, { ...first, id: 'x', name: 'My Acme' }, { ...first, id: 'y', name: 'acme-2' }],
    });
    for (const key of ['is', 'in', 'type', 'region', 'profile'] as const) {
      const choices = filterChoices(key, spaced);
      for (const { id, value } of choices) {
        expect([key, chosen(withFilter('x', key, value), key, choices)]).toEqual([key, id]);
      }
    }
  });
});

test('the table orders by type and by region, what has none last', () => {
  const scope = scopeOf(believableState(0));
  const rows = searchAccess(scope, '').roles;
  const keys = (column: 'type' | 'region', direction: 'up' | 'down'): readonly string[] =>
    tableRows(rows, { ...scope, sort: { column, direction } }).map((row) => roleOf(row).key);
  expect(keys('type', 'up').slice(0, 2).toSorted()).toEqual(['profile:admin-role', 'profile:legacy-tools']);
  expect(keys('type', 'up').slice(-2)).toEqual([expect.stringContaining('/globex'), 'profile:assume-only']);
  expect(keys('region', 'up').slice(0, 5)).toContain(READ);
  expect(keys('region', 'down').slice(0, 5)).toContain(READ);
  expect(rows.map((row) => regionsOf(roleOf(row), scope)).filter(([region]) => region === '')).not.toEqual([]);
});
