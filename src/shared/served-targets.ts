import type { ProfileState } from './app-state.ts';
import { targetKey, type RoleTarget } from './role-target.ts';

/** The target, and what it hands out by lines of ours, from one to the next; a circle ends where it began. */
export function withServed(target: RoleTarget, profiles: readonly ProfileState[]): readonly RoleTarget[] {
  const way: RoleTarget[] = [];
  const seen = new Set<string>();
  for (let next: RoleTarget | undefined = target; next !== undefined && !seen.has(targetKey(next));) {
    const current: RoleTarget = next;
    way.push(current);
    seen.add(targetKey(current));
    next = current.kind === 'profile' ? profiles.find(({ name }) => name === current.profile)?.serves : undefined;
  }
  return way;
}
