import type { Marked } from '../../shared/marked.ts';
import type { RoleEntry } from './access-entry.ts';

/** One role in many accounts. */
export interface RoleGroup {
  readonly ssoSession: string;
  readonly roleName: string;
  readonly accountIds: string[];
}

/** Roles of Identity Centers by name, for commands that take many at once; profiles are left out. */
export function roleGroups(entries: readonly RoleEntry[]): readonly RoleGroup[] {
  const groups = new Map<string, RoleGroup>();
  for (const { target } of entries) {
    if (target.kind === 'sso-role') {
      const { ssoSession, roleName, accountId } = target;
      const key = `${roleName}/${ssoSession}`;
      const group = groups.get(key) ?? { ssoSession, roleName, accountIds: [] };
      group.accountIds.push(accountId);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

/** These roles, as the command that marks many takes them. */
export function markedRoles(entries: readonly RoleEntry[]): Marked[] {
  const sso = roleGroups(entries).map((group): Marked => ({ kind: 'sso-roles', ...group }));
  return [...sso, ...ofProfiles('profiles', entries)];
}

/** The accounts of these roles, each once. */
export function markedAccounts(entries: readonly RoleEntry[]): Marked[] {
  const bySession = new Map<string, Set<string>>();
  for (const { target } of entries) {
    if (target.kind === 'sso-role') {
      const known = bySession.get(target.ssoSession) ?? new Set();
      bySession.set(target.ssoSession, known.add(target.accountId));
    }
  }
  const sso = [...bySession].map(([ssoSession, ids]): Marked => ({
    kind: 'sso-accounts',
    ssoSession,
    accountIds: [...ids],
  }));
  return [...sso, ...ofProfiles('profile-accounts', entries)];
}

function ofProfiles(kind: 'profiles' | 'profile-accounts', entries: readonly RoleEntry[]): readonly Marked[] {
  const profiles = entries.flatMap(({ target }) => (target.kind === 'profile' ? [target.profile] : []));
  return profiles.length === 0 ? [] : [{ kind, profiles }];
}
