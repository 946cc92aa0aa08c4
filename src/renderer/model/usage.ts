import type { ActivityEntry } from '../../shared/app-state.ts';
import { targetKey, type RoleTarget } from '../../shared/role-target.ts';

/** A use counts half as much after this many later uses of anything. */
const HALF_LIFE = 12;

/**
 * How much each target is used, 0 to 1, by its key: from the targets opened last and the uses on record, newest first in both.
 * Programs that fetch credentials by themselves do not count: a list should follow the person.
 */
export function usageOf(
  recentTargets: readonly RoleTarget[],
  activity: readonly ActivityEntry[],
): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  const add = (target: RoleTarget, age: number): void => {
    const key = targetKey(target);
    weights.set(key, (weights.get(key) ?? 0) + 2 ** (-age / HALF_LIFE));
  };
  recentTargets.forEach((target, age) => add(target, age));
  activity
    .filter((entry) => entry.what === 'console' || entry.what === 'copy')
    .forEach((entry, age) => {
      if (entry.target !== undefined) {
        add(entry.target, age);
      }
    });
  const most = Math.max(...weights.values(), 1);
  return new Map([...weights].map(([key, weight]) => [key, weight / most]));
}
