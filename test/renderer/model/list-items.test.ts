import { expect, test } from 'vitest';
import type { AppState } from '../../../src/shared/app-state.ts';
import { targetKey } from '../../../src/shared/role-target.ts';
import { firstRole, ITEM_KINDS, type ItemList } from '../../../src/renderer/model/item-list.ts';
import { itemId, roleOf, type ListItem } from '../../../src/renderer/model/list-item.ts';
import { browseItems } from '../../../src/renderer/model/list-items.ts';
import { stepFrom } from '../../../src/renderer/popover/use-access-list.ts';
import { createAccessModels } from '../../../src/renderer/state/access-model.ts';
import { acmeRole, believableState } from '../fake-state.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');

function listOf(state: AppState): ItemList {
  return browseItems({
    ...createAccessModels()(state),
    marks: state.marks,
    liveRoles: state.liveRoles,
    recentTargets: state.recentTargets,
  });
}

function itemsOf(state: AppState): readonly ListItem[] {
  return allOf(listOf(state));
}

/** Every item, as scrolling from end to end would make them. */
function allOf(list: ItemList): readonly ListItem[] {
  return Array.from({ length: list.length }, (_, at) => list.at(at)).filter((item) => item !== undefined);
}

function rolesIn(items: readonly ListItem[], section: string): readonly string[] {
  return items.flatMap((item) => (item.kind === 'role' && item.section === section ? [roleOf(item).key] : []));
}

test('pinned come first, then live, then recent, and no role twice above the accounts', () => {
  const items = itemsOf(believableState(NOW));
  const sections = items.flatMap((item) => (item.kind === 'section' ? [item.section] : []));
  expect(sections).toEqual(['pinned', 'live', 'recent', 'directory:acme', 'directory:globex', 'profiles']);
  const above = [...rolesIn(items, 'pinned'), ...rolesIn(items, 'live'), ...rolesIn(items, 'recent')];
  expect(new Set(above).size).toBe(above.length);
  expect(rolesIn(items, 'live')).toEqual([targetKey(acmeRole('444455556666', 'DataEngineer'))]);
});

test('every id is there once, so that a selection cannot mean two rows', () => {
  const ids = itemsOf(believableState(NOW)).map((item) => itemId(item));
  expect(new Set(ids).size).toBe(ids.length);
});

test('profiles of Identity Center roles are not listed beside their role', () => {
  const listed = rolesIn(itemsOf(believableState(NOW)), 'profiles');
  expect(listed).toEqual(['profile:admin-role', 'profile:assume-only', 'profile:legacy-tools']);
});

test('an account with all its roles hidden leaves the list', () => {
  const state = believableState(NOW);
  const hidden: AppState = { ...state, marks: { 'account:acme/777788889999': { hidden: true } } };
  const accounts = (items: readonly ListItem[]): readonly string[] =>
    items.flatMap((item) => (item.kind === 'account' ? [item.account.name.shown] : []));
  expect(accounts(itemsOf(state))).toContain('Log Archive');
  expect(accounts(itemsOf(hidden))).not.toContain('Log Archive');
});

test('a profile that is hidden leaves the list, also where its account is known', () => {
  const state = believableState(NOW);
  const marks = { 'profile:assume-only': { hidden: true }, 'profile:legacy-tools': { hidden: true } };
  expect(rolesIn(itemsOf({ ...state, marks }), 'profiles')).toEqual(['profile:admin-role']);
});

test('an account whose roles are not known yet is shown', () => {
  const state = believableState(NOW);
  const { acme } = state.directories;
  const [first] = acme?.accounts ?? [];
  const fresh: AppState =
    acme === undefined || first === undefined
      ? state
      : { ...state, directories: { acme: { ...acme, accounts: [{ ...first, roles: [] }] } } };
  expect(itemsOf(fresh).some((item) => item.kind === 'account')).toBe(true);
});

test('pinned roles keep the order the user gave them', () => {
  const state = believableState(NOW);
  const keys = [acmeRole('222233334444', 'DeveloperAccess'), acmeRole('111122223333', 'ReadOnlyAccess')].map((target) =>
    targetKey(target),
  );
  const marks = { [keys[0] ?? '']: { pinned: true, order: 0 }, [keys[1] ?? '']: { pinned: true, order: 1 } };
  expect(rolesIn(itemsOf({ ...state, marks }), 'pinned')).toEqual(keys);
});

test('steps go from role to role, over heads, and stop at the ends', () => {
  const items = listOf(believableState(NOW));
  const first = stepFrom(items, -1, 1);
  expect(first).toBe(firstRole(items));
  expect(items.at(first)?.kind).toBe('role');
  expect(stepFrom(items, first, -1)).toBe(first);
  const last = stepFrom(items, items.length, -1);
  expect(stepFrom(items, last, 8)).toBe(last);
  expect(stepFrom(items, first, 3)).toBe(5);
});

test('an unchanged account keeps its entry through a refresh of another', () => {
  const models = createAccessModels();
  const state = believableState(NOW);
  const before = models(state);
  const { acme } = state.directories;
  expect(acme).toBeDefined();
  if (acme === undefined) {
    return;
  }
  const accounts = acme.accounts.map((row) => (row.accountId === '222233334444' ? { ...row, name: 'Stage' } : row));
  const after = models({ ...state, directories: { ...state.directories, acme: { ...acme, accounts } } });
  const key = targetKey(acmeRole('111122223333', 'ReadOnlyAccess'));
  expect(after.find(key)).toBe(before.find(key));
  expect(after.find(targetKey(acmeRole('222233334444', 'ReadOnlyAccess')))?.account.name.shown).toBe('Stage');
  expect(models({ ...state, notices: [] }).accounts).not.toBe(after.accounts);
});

test('a selection is found again by what it is, not by where it was', () => {
  const state = believableState(NOW);
  const list = listOf(state);
  const roles = allOf(list).flatMap((item, at) => (item.kind === 'role' ? [{ item, at }] : []));
  expect(roles.length).toBeGreaterThan(20);
  for (const { item, at } of roles) {
    expect(list.placeOf({ section: item.section, entry: roleOf(item) })).toBe(at);
  }
  const [first] = roles;
  const without = listOf({ ...state, marks: {} });
  expect(first?.item.section).toBe('pinned');
  expect(first && without.placeOf({ section: 'pinned', entry: roleOf(first.item) })).toBe(-1);
});

test('hidden roles leave no gap, and places are counted without them', () => {
  const state = believableState(NOW);
  const key = targetKey(acmeRole('111122223333', 'AdministratorAccess'));
  const list = listOf({ ...state, marks: { [key]: { hidden: true }, 'account:acme/777788889999': { hidden: true } } });
  const items = allOf(list);
  expect(items.length).toBe(list.length);
  expect(rolesIn(items, 'directory:acme')).not.toContain(key);
  expect(rolesIn(items, 'directory:acme')).toContain(targetKey(acmeRole('111122223333', 'ReadOnlyAccess')));
  for (const [at, item] of items.entries()) {
    if (item.kind === 'role') {
      expect(list.placeOf({ section: item.section, entry: roleOf(item) })).toBe(at);
    }
  }
});

test('the kinds of a list tell of each item what it is, before any is made', () => {
  const list = listOf(believableState(NOW));
  const kinds = allOf(list).map((item) =>
    item.kind === 'role' ? (item.form === 'full' ? 'full' : 'nested') : item.kind,
  );
  expect([...list.kinds].map((kind) => ITEM_KINDS[kind])).toEqual(kinds);
});

test('roles are made only for accounts that are looked at', () => {
  const models = createAccessModels();
  const state = believableState(NOW);
  const model = models(state);
  browseItems({ ...model, marks: {}, liveRoles: [], recentTargets: [] });
  const [first] = model.accounts;
  expect(first?.roles).toBe(first?.roles);
  expect(model.find('sso:111122223333/ReadOnlyAccess/acme')?.account.name.shown).toBe('Production');
  expect(model.find('profile:admin-role')?.profile?.kind).toBe('assume-role');
  expect(model.find('sso:111122223333/Nobody/acme')).toBeUndefined();
  expect(model.find('')).toBeUndefined();
});
