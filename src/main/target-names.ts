import type { AppState } from '../shared/app-state.ts';
import { targetKey, targetOfKey, type RoleTarget } from '../shared/role-target.ts';
import { plainName } from './menu-label.ts';

type NamedState = Pick<AppState, 'directories' | 'marks' | 'profiles'>;

/**
 * How a target is called where there is one line for it: the user's alias or account and role, always with the account id, since
 * two accounts may bear the same name.
 */
export function targetName(target: RoleTarget, state: NamedState): string {
  const alias = own(state.marks, targetKey(target))?.alias;
  const accountId = target.kind === 'sso-role' ? target.accountId : profileOf(target.profile, state)?.accountId;
  const name = plainName(alias ?? '') || givenName(target, state);
  return accountId === undefined ? name : `${name} (${plainName(accountId)})`;
}

function givenName(target: RoleTarget, state: NamedState): string {
  if (target.kind === 'profile') {
    return plainName(target.profile);
  }
  const rows = own(state.directories, target.ssoSession)?.accounts ?? [];
  const account = plainName(rows.find((row) => row.accountId === target.accountId)?.name ?? '');
  return account === '' ? target.roleName : `${account} / ${target.roleName}`;
}

function profileOf(name: string, state: NamedState): AppState['profiles'][number] | undefined {
  return state.profiles.find((profile) => profile.name === name);
}

/** What the user pinned, in the user's order, then by name. Roles of Identity Centers that are gone are left out. */
export function pinnedTargets(
  state: Pick<AppState, 'marks' | 'ssoSessions' | 'profiles' | 'directories'>,
): readonly RoleTarget[] {
  return Object.entries(state.marks)
    .filter(([, marks]) => marks.pinned === true)
    .map(([key, marks]) => ({ target: targetOfKey(key), order: marks.order ?? Number.MAX_SAFE_INTEGER }))
    .flatMap(({ target, order }) =>
      target === undefined || !isThere(target, state) ? [] : [{ target, order, name: targetName(target, state) }],
    )
    .sort((a, b) => a.order - b.order || a.name.localeCompare(b.name))
    .map(({ target }) => target);
}

/** Whether the Identity Center or profile is still there. */
function isThere(target: RoleTarget, state: Pick<AppState, 'ssoSessions' | 'profiles'>): boolean {
  return target.kind === 'profile'
    ? state.profiles.some(({ name }) => name === target.profile)
    : state.ssoSessions.some(({ id }) => id === target.ssoSession);
}

/** Names come from files and AWS, so one may be `constructor`. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
