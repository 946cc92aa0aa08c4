import { describe, expect, test } from 'vitest';
import type { AccountState, Marks } from '../../../src/shared/app-state.ts';
import { accountEntries, createEntryCache, roleNamesOf } from '../../../src/renderer/model/access-entry.ts';
import {
  createSearch,
  queryWords,
  searchAccess,
  type SearchResult,
  type SearchScope,
} from '../../../src/renderer/model/search-access.ts';
import { usageOf } from '../../../src/renderer/model/usage.ts';
import { account, acmeRole, believableState } from '../fake-state.ts';
import { HOSTILE_NAMES } from '../hostile-names.ts';
import { largeState } from '../fake-scenarios.ts';

type Changes = Partial<SearchScope> & { readonly marks?: Readonly<Record<string, Marks>> };

function scopeOf({ marks = {}, ...changes }: Changes = {}): SearchScope {
  const accounts = believableState(0).directories['acme']?.accounts ?? [];
  const cache = createEntryCache();
  const entries = accountEntries('acme', accounts, cache);
  return {
    accounts: entries,
    roleNames: roleNamesOf(entries, cache),
    usage: new Map(),
    aliases: new Map(),
    regions: new Map(),
    live: new Map(),
    profiles: [],
    ssoSessions: [],
    consoleRegion: '',
    nowMs: 0,
    guard: { marks, guardRules: [], directories: {}, profiles: [] },
    ...changes,
  };
}

/** A scope of these accounts alone. */
function scopeWith(rows: readonly AccountState[], changes: Changes = {}): SearchScope {
  const cache = createEntryCache();
  const accounts = accountEntries('acme', rows, cache);
  return scopeOf({ accounts, roleNames: roleNamesOf(accounts, cache), ...changes });
}

function names({ roles }: SearchResult): readonly string[] {
  return roles.map(({ account, roleAt }) => `${account.name.shown} / ${account.roleNames[roleAt]?.shown ?? ''}`);
}

describe('a search', () => {
  test('finds Production / AdministratorAccess for `prod adm`, first', () => {
    expect(names(searchAccess(scopeOf(), 'prod adm'))).toEqual([
      'Production / AdministratorAccess',
      'Payments Production / BreakGlassAdministrator',
    ]);
  });

  test('needs every word to be found somewhere', () => {
    expect(searchAccess(scopeOf(), 'prod zebra').roles).toEqual([]);
  });

  test.each([
    ['part of an account id', '9900001', 'Billing & Cost Management / Billing'],
    ['an email', 'aws+7777', 'Data Science Sandbox / PowerUserAccess'],
    ['initials of a role', 'bga', 'Payments Production / BreakGlassAdministrator'],
    ['starts of words of a role', 'breaadm', 'Payments Production / BreakGlassAdministrator'],
    ['Japanese', '東京', '東京リージョン検証 / DeveloperAccess'],
    ['full width letters', 'ｓｔａｇｉｎｇ', 'Staging / AdministratorAccess'],
    ['capitals', 'STAGING DEV', 'Staging / DeveloperAccess'],
  ])('finds by %s', (_what, query, first) => {
    expect(names(searchAccess(scopeOf(), query))[0]).toBe(first);
  });

  test('finds by alias and tag of the account, and by alias of the role', () => {
    const marks: Record<string, Marks> = {
      'account:acme/444455556666': { alias: 'Lakehouse', tags: ['gdpr'] },
      'sso:333344445555/DeveloperAccess/acme': { alias: 'my playground' },
    };
    expect(names(searchAccess(scopeOf({ marks }), 'lakeh read'))).toEqual(['Data Platform / ReadOnlyAccess']);
    expect(names(searchAccess(scopeOf({ marks }), 'gdpr'))).toHaveLength(2);
    expect(names(searchAccess(scopeOf({ marks }), 'playg'))).toEqual(['Development / DeveloperAccess']);
  });

  test('finds a role by the name of a profile that leads to it', () => {
    const aliases = new Map([['sso:111122223333/ReadOnlyAccess/acme', ['tokyo-audit']]]);
    expect(names(searchAccess(scopeOf({ aliases }), 'tokyo-au'))).toEqual(['Production / ReadOnlyAccess']);
  });

  test('a whole word outranks its start, its start the start of a later word, that the middle of one', () => {
    const rows = [
      account('000000000001', 'Reprod', ['R']),
      account('000000000002', 'Big Prod', ['R']),
      account('000000000003', 'Prodigy', ['R']),
      account('000000000004', 'Prod', ['R']),
    ];
    const found = searchAccess(scopeWith(rows), 'prod');
    expect(found.roles.map((entry) => entry.account.name.shown)).toEqual(['Prod', 'Prodigy', 'Big Prod', 'Reprod']);
  });

  test('among equals what is used most comes first, and the rest keep the order of the accounts', () => {
    const usage = usageOf([acmeRole('777788889999', 'ReadOnlyAccess')], []);
    const found = names(searchAccess(scopeOf({ usage }), 'readonly'));
    expect(found[0]).toBe('Log Archive / ReadOnlyAccess');
    expect(found.slice(1)).toEqual(found.slice(1).toSorted());
  });

  test('a habit does not outrank a much better fit', () => {
    const usage = usageOf([acmeRole('444455556666', 'ReadOnlyAccess')], []);
    const rows = [
      account('444455556666', 'Reprod', ['ReadOnlyAccess']),
      account('111122223333', 'Prod', ['ReadOnlyAccess']),
    ];
    const found = searchAccess(scopeWith(rows, { usage }), 'prod');
    expect(found.roles[0]?.account.name.shown).toBe('Prod');
  });

  test('hidden roles stay away, unless asked for', () => {
    const marks = { 'account:acme/222233334444': { hidden: true } };
    expect(searchAccess(scopeOf({ marks }), 'staging').roles.map((entry) => entry.account.name.shown)).not.toContain(
      'Staging',
    );
    expect(searchAccess(scopeOf({ marks }), 'is:hidden staging').roles[0]?.account.name.shown).toBe('Staging');
  });

  test('an empty query finds everything, in order', () => {
    expect(searchAccess(scopeOf(), '   ').roles).toHaveLength(25);
  });

  test('no query and no name makes it throw', () => {
    const rows = HOSTILE_NAMES.map((name, at) =>
      account(String(700_000_000_000 + at), name, ['ReadOnlyAccess', '__proto__']),
    );
    const scope = scopeWith(rows);
    for (const query of [...HOSTILE_NAMES, '.*', '(((', '\\', '[', '😀', '\uD800', 'a '.repeat(500)]) {
      expect(() => searchAccess(scope, query)).not.toThrow();
    }
    expect(searchAccess(scope, '__proto__').total).toBeGreaterThan(0);
  });
});

test('words of a query are folded, and more than eight are not looked for', () => {
  expect(queryWords('  Ｐrod  ADM ')).toEqual(['prod', 'adm']);
  expect(queryWords('a '.repeat(100))).toHaveLength(8);
});

test('all of twenty thousand roles are searched', () => {
  const rows = largeState(0, 5_000, 4).directories['acme']?.accounts ?? [];
  const staging = rows.filter(({ name }) => name.startsWith('Platform Staging '));
  const { total, roles } = searchAccess(scopeWith(rows), 'plat stag adm');
  expect(total).toBe(staging.length);
  expect(new Set(roles.map(({ account }) => account.accountId))).toEqual(
    new Set(staging.map(({ accountId }) => accountId)),
  );
});

describe('a search for someone who types', () => {
  const rows = largeState(0, 400, 4).directories['acme']?.accounts ?? [];
  const scope = scopeWith(rows, { marks: { 'account:acme/100000000000': { alias: 'Zebra' } } });

  test('finds letter by letter what it would find at once', () => {
    const search = createSearch();
    for (const query of [
      'p',
      'pa',
      'pay',
      'pay ',
      'pay p',
      'pay pr',
      'pua',
      'pu',
      'puas',
      'z',
      'ze',
      'zebra adm',
      'plat s',
      'plat st adm',
      '10',
      '100',
    ]) {
      expect([query, names(search(scope, query))]).toEqual([query, names(searchAccess(scope, query))]);
    }
  });

  test('looks at everything again when what is searched has changed', () => {
    const search = createSearch();
    search(scope, 'zeb');
    expect(search({ ...scope, guard: { ...scope.guard, marks: {} } }, 'zebra').total).toBe(0);
    expect(search(scope, 'zebra').total).toBe(4);
  });

  test('gives what it found before when letters are taken back, and looks again where others are typed', () => {
    const search = createSearch();
    const [some, fewer] = [search(scope, 'p', 10), search(scope, 'plat', 10)];
    expect(fewer.total).toBeLessThan(some.total);
    expect(search(scope, 'plat', 10)).toBe(fewer);
    expect(search(scope, 'p', 10)).toBe(some);
    expect(search(scope, 'p', 20).roles).toHaveLength(20);
    expect(names(search(scope, 'pay', 10))).toEqual(names(searchAccess(scope, 'pay', 10)));
    expect(names(search(scope, 'ay', 10))).toEqual(names(searchAccess(scope, 'ay', 10)));
    expect(names(search(scope, 'pay is:pinned', 10))).toEqual([]);
    expect(names(search(scope, 'pay', 10))).toEqual(names(searchAccess(scope, 'pay', 10)));
  });

  test('gives the best of many, and says how many there are', () => {
    const result = createSearch()(scope, 'access', 10);
    expect(result.roles).toHaveLength(10);
    expect(result.total).toBe(1_600);
    expect(names(result)).toEqual(names(searchAccess(scope, 'access')).slice(0, 10));
  });
});
