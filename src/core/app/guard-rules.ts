import { parseRoleArn } from '../model/arn.ts';
import { matchesPattern } from '../../shared/matches-pattern.ts';
import { targetKey, type RoleTarget } from '../../shared/role-target.ts';
import type { AppState, ProfileState } from '../../shared/app-state.ts';

/** What a rule is matched against: the account's id and name, and the role's name, as far as known. */
interface Subject {
  readonly accounts: readonly string[];
  readonly role: string;
}

type GuardState = Pick<AppState, 'settings' | 'marks' | 'directories' | 'profiles'>;

/**
 * Whether every use of this target must be confirmed: by the user's mark on the role or its account, or by a rule of the
 * settings. A profile is guarded where the role it leads to is.
 */
export function isGuarded(target: RoleTarget, state: GuardState): boolean {
  return markKeys(target, state).some((key) => ownMark(state, key)) || matchesRule(target, state);
}

/** What is to happen before a role is used: nothing, a question, a question once an hour, or a refusal. */
export type UseRule = 'allow' | 'ask' | 'ask-hourly' | 'refuse';

/** The rule for this use. Guarded roles are always asked for; the user's mark on a role counts for programs, not for the user's own clicks. */
export function ruleOfUse(
  { target, userAsked }: { readonly target: RoleTarget; readonly userAsked: boolean },
  state: GuardState,
): UseRule {
  const marked = userAsked ? 'allow' : markedRule(target, state);
  return marked !== 'refuse' && isGuarded(target, state) ? 'ask' : marked;
}

/** The first mark that says something: on the target itself, on the role it leads to, on the account. */
function markedRule(target: RoleTarget, state: GuardState): UseRule {
  const rules = markKeys(target, state).map((key) =>
    Object.hasOwn(state.marks, key) ? state.marks[key]?.use : undefined,
  );
  return rules.find((rule) => rule !== undefined) ?? 'allow';
}

function ownMark(state: GuardState, key: string): boolean {
  return Object.hasOwn(state.marks, key) && state.marks[key]?.guarded === true;
}

function matchesRule(target: RoleTarget, state: GuardState): boolean {
  const { guardRules } = state.settings;
  if (guardRules.length === 0) {
    return false;
  }
  const { accounts, role } = subjectOf(target, state);
  return guardRules.some(
    (rule) => accounts.some((account) => matchesPattern(account, rule.account)) && matchesPattern(role, rule.role),
  );
}

function markKeys(target: RoleTarget, state: GuardState): readonly string[] {
  const role = ssoRoleOf(target, state);
  const roleKeys =
    role === undefined ? [] : [targetKey({ kind: 'sso-role', ...role }), accountKey(role.ssoSession, role.accountId)];
  return [targetKey(target), ...roleKeys];
}

/** The key under which an account's marks are kept. */
export function accountKey(ssoSession: string, accountId: string): string {
  return `account:${ssoSession}/${accountId}`;
}

function ssoRoleOf(target: RoleTarget, state: GuardState) {
  if (target.kind === 'sso-role') {
    return { ssoSession: target.ssoSession, accountId: target.accountId, roleName: target.roleName };
  }
  const { ssoSession, accountId, roleName } = profileOf(target.profile, state) ?? {};
  return ssoSession === undefined || accountId === undefined || roleName === undefined
    ? undefined
    : { ssoSession, accountId, roleName };
}

function profileOf(name: string, state: GuardState): ProfileState | undefined {
  return state.profiles.find((profile) => profile.name === name);
}

function subjectOf(target: RoleTarget, state: GuardState): Subject {
  const profile = target.kind === 'profile' ? profileOf(target.profile, state) : undefined;
  const arn = profile?.roleArn === undefined ? undefined : parseRoleArn(profile.roleArn);
  const role = ssoRoleOf(target, state);
  const accountId = role?.accountId ?? arn?.accountId ?? profile?.accountId ?? '';
  return {
    accounts: [accountId, ...accountNames(accountId, state)],
    role: role?.roleName ?? arn?.roleName ?? profile?.roleName ?? '',
  };
}

function accountNames(accountId: string, state: GuardState): readonly string[] {
  return Object.values(state.directories).flatMap((directory) =>
    directory.accounts.filter((row) => row.accountId === accountId).map((row) => row.name),
  );
}
