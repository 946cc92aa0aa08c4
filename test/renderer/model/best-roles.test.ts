import { expect, test } from 'vitest';
import type { AccountEntry } from '../../../src/renderer/model/access-entry.ts';
import { BestRoles } from '../../../src/renderer/model/best-roles.ts';
import { createAccessModels } from '../../../src/renderer/state/access-model.ts';
import { believableState } from '../fake-state.ts';

const [ACCOUNT] = createAccessModels()(believableState(0)).accounts as readonly [AccountEntry];

/** The places of the best roles, when roles with these scores are added in turn. */
function best(limit: number, scores: readonly number[]): readonly number[] {
  const roles = new BestRoles(limit);
  scores.forEach((score, at) => roles.add(ACCOUNT, at, score));
  expect(roles.total).toBe(scores.length);
  return roles.roles().map(({ roleAt }) => roleAt);
}

test('the best come first, equals as they were added, also where others came between', () => {
  expect(best(10, [5, 9, 5, 9, 7, 5])).toEqual([1, 3, 4, 0, 2, 5]);
});

test('there are no more than the limit, and the best are among them whenever they came', () => {
  expect(best(2, [5, 5, 5, 9])).toEqual([3, 0]);
  expect(best(0, [5, 9])).toEqual([]);
});

test('scores that differ by less than a sixteenth are equals', () => {
  expect(best(10, [5, 5.01, 5.1])).toEqual([2, 0, 1]);
});
