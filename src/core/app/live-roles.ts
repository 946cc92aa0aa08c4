import type { LiveRole } from '../../shared/app-state.ts';
import { targetKey, type RoleTarget } from '../../shared/role-target.ts';

/** One row for each target that holds credentials, with the latest end; in a steady order. */
export function liveRoles(
  held: readonly { readonly target: RoleTarget; readonly expiresAt: Date }[],
): readonly LiveRole[] {
  const latest = new Map<string, { readonly target: RoleTarget; readonly expiresAt: Date }>();
  for (const each of held) {
    const key = targetKey(each.target);
    const known = latest.get(key);
    if (known === undefined || known.expiresAt < each.expiresAt) {
      latest.set(key, each);
    }
  }
  return [...latest]
    .map(([key, { target, expiresAt }]) => ({ key, target, expiresAt: expiresAt.toISOString() }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
