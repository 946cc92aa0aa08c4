import type { NamedDirectories } from '../../shared/account-names.ts';
import { guardSubjects, guardTest } from '../../shared/guarded.ts';
import { markKeys } from '../../shared/role-subject.ts';
import type { RoleTarget } from '../../shared/role-target.ts';
import { withServed } from '../../shared/served-targets.ts';
import type { AppState } from '../../shared/app-state.ts';

/** What the rules are matched against. */
export type GuardState = Pick<AppState, 'marks' | 'profiles' | 'settings'> & {
  readonly directories: NamedDirectories;
};

/**
 * Whether every use of this target must be confirmed: by the user's mark on the role or its account, or by a rule of the
 * settings. A profile is guarded where the role it leads to is; one that is no role of an Identity Center also by its own name, which
 * the lists show in an account's place. What a profile hands out by a line of ours is guarded through it too.
 */
export function isGuarded(target: RoleTarget, state: GuardState): boolean {
  return guardedTargets(state)(target);
}

/** The same for whoever asks about many. */
export function guardedTargets(state: GuardState): (target: RoleTarget) => boolean {
  const test = guardTest({ ...state, guardRules: state.settings.guardRules });
  return (target) => guardSubjects(target, state.profiles).some(test);
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
  const keys = withServed(target, state.profiles).flatMap((each) => markKeys(each, state.profiles));
  const rules = keys.map((key) => (Object.hasOwn(state.marks, key) ? state.marks[key]?.use : undefined));
  return rules.find((rule) => rule !== undefined) ?? 'allow';
}
