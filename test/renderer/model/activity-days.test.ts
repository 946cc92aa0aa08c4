import { describe, expect, test } from 'vitest';
import { matchActivity, ofTarget, type ActivityFilter } from '../../../src/renderer/model/activity-days.ts';
import { targetKey } from '../../../src/shared/role-target.ts';
import { acmeRole, believableState } from '../fake-state.ts';

const { activity } = believableState(0);
const shown = (...args: [query: string, filter?: ActivityFilter]) =>
  matchActivity(activity, ...args).map(({ asker, what, outcome }) => [asker.program, what, outcome]);

describe('activity', () => {
  test('is told apart by who did it, and by what did not go well', () => {
    expect(shown('', 'programs')).toEqual([
      ['terraform', 'credentials', 'ok'],
      ['aws', 'credentials', 'cancelled'],
    ]);
    expect(shown('', 'screen').every(([program]) => program === 'Rolecall')).toBe(true);
    expect(shown('', 'trouble').map(([, , outcome]) => outcome)).toEqual(['cancelled', 'refused']);
    expect(shown('', 'all')).toHaveLength(activity.length);
  });

  test('is found by program, folder, process, what started it, role and account', () => {
    for (const query of ['terraform', 'infra production', '48213', 'code', '2222 administrator']) {
      expect([query, shown(query).map(([program]) => program)]).toEqual([query, expect.arrayContaining(['terraform'])]);
    }
    expect(shown('terraform', 'trouble')).toEqual([]);
  });

  test('of one role includes what was asked by the profiles that lead to it', () => {
    const role = acmeRole('222233334444', 'AdministratorAccess');
    const byProfile = { ...activity[0], target: { kind: 'profile', profile: 'admin' } } as (typeof activity)[number];
    const all = [byProfile, ...activity];
    expect(ofTarget(all, targetKey(role), []).map(({ target }) => target)).toEqual([role]);
    expect(ofTarget(all, targetKey(role), ['admin'])).toHaveLength(2);
    expect(ofTarget(all, 'profile:admin-role', [])).toHaveLength(1);
    expect(ofTarget(all, 'nonsense', [])).toEqual([]);
  });
});
