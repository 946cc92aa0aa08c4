import { isSubjectGuarded } from '../../shared/guarded.ts';
import type { RoleTarget } from '../../shared/role-target.ts';
import { withServed } from '../../shared/served-targets.ts';
import type { AppState } from '../../shared/app-state.ts';
import { markKeys, roleSubject, type NamedState } from './role-subject.ts';

/** What the rules are matched against. */
export type GuardState = NamedState & Pick<AppState, 'settings'>;

/**
 * Whether every use of this target must be confirmed: by the user's mark on the role or its account, or by a rule of the
 * settings. A profile is guarded where the role it leads to is; one that is no role of an Identity Center also by its own name, which
 * the lists show in an account's place. What a profile hands out by a line of ours is guarded through it too.
 */
export function isGuarded(target: RoleTarget, state: GuardState): boolean {
  return withServed(target, state.profiles).some((each) => isGuardedItself(each, state));
}

function isGuardedItself(target: RoleTarget, state: GuardState): boolean {
  const { accountId, role, ssoSession } = roleSubject(target, state);
  const profile = target.kind === 'profile' && ssoSession === undefined ? target.profile : undefined;
  const subject = { markKeys: markKeys(target, state), accountId, profile, role };
  return isSubjectGuarded(subject, { ...state, guardRules: state.settings.guardRules });
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

/** The first mark that says something: on the target itself, on the role it leads to, on the account; then on what it hands out. */
function markedRule(target: RoleTarget, state: GuardState): UseRule {
  const keys = withServed(target, state.profiles).flatMap((each) => markKeys(each, state));
  const rules = keys.map((key) => (Object.hasOwn(state.marks, key) ? state.marks[key]?.use : undefined));
  return rules.find((rule) => rule !== undefined) ?? 'allow';
}
