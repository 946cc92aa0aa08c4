import type { SyncRequest } from '../session/profiles/profile-sync.ts';
import type { RoleRule, SyncOptions } from '../session/profiles/sync-options.ts';

/** A sync of profiles as it is asked for: what is undefined is as last time. */
export interface SyncWish {
  readonly ssoSession: string;
  readonly template?: string | undefined;
  readonly include?: readonly RoleRule[] | undefined;
  readonly exclude?: readonly RoleRule[] | undefined;
  readonly prune?: SyncOptions['prune'] | undefined;
  readonly region?: string | undefined;
  readonly output?: SyncOptions['output'] | undefined;
}

/** The same as `ProfileSync` takes it. */
export function syncRequest({ ssoSession, include, exclude, ...others }: SyncWish): SyncRequest {
  const rules = { include: include && roleRules(include), exclude: exclude && roleRules(exclude) };
  const options = Object.entries({ ...others, ...rules }).filter(([, value]) => value !== undefined);
  return { ssoSession, options: Object.fromEntries(options) };
}

/** Rules as they are kept: an empty pattern takes all, like `*`. To leave out everything, or take everything, is no rule. */
function roleRules(rules: readonly RoleRule[]): RoleRule[] {
  return rules
    .map(({ account, role }) => ({ account: account.trim() || '*', role: role.trim() || '*' }))
    .filter(({ account, role }) => account !== '*' || role !== '*');
}
