import type { Clock } from '../model/clock.ts';
import { CancelledError, CoreError, toFailure } from '../model/errors.ts';
import type { PermissionQuestion, PromptPort } from '../session/ports.ts';
import type { ActivityEntry, Asker } from '../../shared/app-state.ts';
import { targetKey, type RoleTarget } from '../../shared/role-target.ts';
import { isGuarded, ruleOfUse, type GuardState, type UseRule } from './guard-rules.ts';
import { RecentAnswers } from './recent-answers.ts';

/** The user, or the user's rule, said no to this use of a role. */
export class GuardRefusedError extends CoreError {
  readonly code = 'guard-refused';

  constructor(what = 'The use of this role was refused.') {
    super(what, 'Confirm it in Rolecall when it asks, or change the rule for guarded roles in its settings.');
  }
}

/** Who wants to use a role. */
export interface Wish {
  readonly target: RoleTarget;
  readonly asker: Asker;
  /** A person caused it just now and looks at the screen. */
  readonly userAsked: boolean;
  readonly signal: AbortSignal;
}

/** A program that was refused and tries again at once is refused without asking the user again for this long. */
const REFUSAL_HOLDS_MS = 30_000;
/** "Ask once an hour". */
const CONSENT_HOLDS_MS = 60 * 60_000;

/** The user's word on the use of roles: by the rules, by a question where they say so, for as long as an answer holds. */
export class UsePermission {
  readonly #prompts: Pick<PromptPort, 'askPermission'>;
  readonly #clock: Clock;
  readonly #refusals = new RecentAnswers(REFUSAL_HOLDS_MS);
  readonly #consents = new RecentAnswers(CONSENT_HOLDS_MS);

  constructor({ prompts, clock }: { readonly prompts: Pick<PromptPort, 'askPermission'>; readonly clock: Clock }) {
    this.#prompts = prompts;
    this.#clock = clock;
  }

  /**
   * Resolves, to the rule that it went by, where the role may be used now; at once where that was `confirmed` before. A rule that the user
   * changes while a question stands open counts. Throws GuardRefusedError, CancelledError, NobodyToAskError, or the signal's reason.
   */
  async confirm(wish: Wish, state: () => GuardState, confirmed?: UseRule): Promise<UseRule> {
    const rule = ruleOfUse(wish, state());
    if (rule === confirmed) {
      return rule;
    }
    await this.#confirmBy(rule, wish, state());
    return this.confirm(wish, state, rule);
  }

  async #confirmBy(rule: UseRule, wish: Wish, state: GuardState): Promise<void> {
    if (rule === 'refuse') {
      throw new GuardRefusedError('Your rule for this role is to refuse programs.');
    }
    const key = `${targetKey(wish.target)} ${wish.asker.program}`;
    if (rule === 'allow' || (rule === 'ask-hourly' && this.#consents.has(key, this.#now()))) {
      return;
    }
    const title = titleOf(wish.target);
    const question = { kind: 'confirm-use', title, ssoSession: undefined } as const;
    if ((await this.ask({ ...question, guarded: isGuarded(wish.target, state) }, wish, key)) === 'refuse') {
      throw new GuardRefusedError();
    }
    this.#consents.note(key, this.#now());
  }

  /** Asks the user, unless a program that was refused just now asks again. */
  async ask(
    question: Pick<PermissionQuestion, 'kind' | 'title' | 'ssoSession' | 'guarded'>,
    { asker, target, userAsked, signal }: Wish,
    key: string,
  ): Promise<'accept' | 'refuse'> {
    if (!userAsked && this.#refusals.has(key, this.#now())) {
      return 'refuse';
    }
    try {
      const answer = await this.#prompts.askPermission({ ...question, asker, target, userAsked }, signal);
      if (answer === 'refuse') {
        this.#refusals.note(key, this.#now());
      }
      return answer;
    } catch (error) {
      if (error instanceof CancelledError && !signal.aborted) {
        this.#refusals.note(key, this.#now());
      }
      throw error;
    }
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}

/** The role in a few words. */
export function titleOf(target: RoleTarget): string {
  return target.kind === 'profile' ? target.profile : `${target.roleName} in ${target.accountId}`;
}

/** How the activity log calls what came of it. */
export function outcomeOf(error: unknown): ActivityEntry['outcome'] {
  switch (toFailure(error).code) {
    case 'guard-refused':
      return 'refused';
    case 'cancelled':
      return 'cancelled';
    default:
      return 'failed';
  }
}
