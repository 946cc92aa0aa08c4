import type { Clock } from '../model/clock.ts';
import { CancelledError, CoreError, toFailure } from '../model/errors.ts';
import { SignInNeededError } from '../session/errors.ts';
import type { CallContext, PermissionQuestion, PromptPort } from '../session/ports.ts';
import type { ActivityEntry, Asker, SsoSessionState } from '../../shared/app-state.ts';
import type { CopyFormat } from '../../shared/copy-format.ts';
import { targetKey, type RoleTarget } from '../../shared/role-target.ts';
import type { Connectivity } from './connectivity.ts';
import { isGuarded, ruleOfUse } from './guard-rules.ts';
import { RecentAnswers } from './recent-answers.ts';
import type { SignInRunner } from './sign-in-runner.ts';
import type { StateStore } from './state-store.ts';

/** The user, or the user's rule, said no to this use of a role. */
export class GuardRefusedError extends CoreError {
  readonly code = 'guard-refused';

  constructor(what = 'The use of this role was refused.') {
    super(what, 'Confirm it in Rolecall when it asks, or change the rule for guarded roles in its settings.');
  }
}

/** Who uses a role, and what for. */
export interface Use {
  readonly target: RoleTarget;
  readonly asker: Asker;
  /** A person caused it just now and looks at the screen. */
  readonly userAsked: boolean;
  readonly signal: AbortSignal;
  readonly what: ActivityEntry['what'];
  readonly format?: CopyFormat;
}

/** What the use of roles works with. */
export interface RoleUseParts {
  readonly store: StateStore;
  readonly prompts: PromptPort;
  readonly signIns: SignInRunner;
  readonly connectivity: Connectivity;
  /** Looks at the token of an Identity Center again. Never throws. */
  readonly refreshAccess: (ssoSession: string) => Promise<void>;
  /** Notes a use, whatever came of it. */
  readonly record: (entry: Omit<ActivityEntry, 'at'>) => void;
  readonly clock: Clock;
}

/** A program that was refused and tries again at once is refused without asking the user again for this long. */
const REFUSAL_HOLDS_MS = 30_000;
/** "Ask once an hour". */
const CONSENT_HOLDS_MS = 60 * 60_000;

/**
 * Every use of a role passes here: guarded ones are confirmed first, a missing sign-in is made good once, and what came of it is
 * noted. The user's own click starts a sign-in at once; a program in the background has to be let in by the user first.
 */
export class RoleUse {
  readonly #parts: RoleUseParts;
  readonly #refusals = new RecentAnswers(REFUSAL_HOLDS_MS);
  readonly #consents = new RecentAnswers(CONSENT_HOLDS_MS);

  constructor(parts: RoleUseParts) {
    this.#parts = parts;
  }

  /** Runs `action`. Throws GuardRefusedError, CancelledError, what the sign-in throws, or what `action` throws. */
  async run<Value>(use: Use, action: (context: CallContext) => Promise<Value>): Promise<Value> {
    try {
      await this.#confirm(use);
      const value = await this.#withSignIn(use, action);
      this.#note(use, 'ok', '');
      return value;
    } catch (error) {
      this.#note(use, outcomeOf(error), toFailure(error).message);
      throw error;
    }
  }

  async #confirm(use: Use): Promise<void> {
    const state = this.#parts.store.get();
    const rule = ruleOfUse(use, state);
    if (rule === 'refuse') {
      throw new GuardRefusedError('Your rule for this role is to refuse programs.');
    }
    const key = `${targetKey(use.target)} ${use.asker.program}`;
    if (rule === 'allow' || (rule === 'ask-hourly' && this.#consents.has(key, this.#now()))) {
      return;
    }
    const title = titleOf(use.target);
    const question = { kind: 'confirm-use', title, ssoSession: undefined } as const;
    if ((await this.#ask({ ...question, guarded: isGuarded(use.target, state) }, use, key)) === 'refuse') {
      throw new GuardRefusedError();
    }
    this.#consents.note(key, this.#now());
  }

  async #withSignIn<Value>(use: Use, action: (context: CallContext) => Promise<Value>): Promise<Value> {
    const { asker, userAsked, signal } = use;
    const context: CallContext = { asker, userAsked, signal };
    const { connectivity, store } = this.#parts;
    const { ssoSessions: before } = store.get();
    const attempt = (): Promise<Value> => connectivity.watch(action(context));
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof SignInNeededError)) {
        throw error;
      }
      return this.#signInAnd(attempt, error.ssoSession, use, tokenEnd(error.ssoSession, before));
    }
  }

  /** `endBefore` tells the token that did not do from one that somebody got meanwhile, here or elsewhere: then nobody is asked. */
  async #signInAnd<Value>(
    attempt: () => Promise<Value>,
    ssoSession: string,
    use: Use,
    endBefore: string | undefined,
  ): Promise<Value> {
    const { signIns, store, refreshAccess } = this.#parts;
    await refreshAccess(ssoSession);
    const byOthers = await this.#ifRenewed(attempt, ssoSession, endBefore);
    if (byOthers !== undefined) {
      return byOthers.value;
    }
    const endAtQuestion = tokenEnd(ssoSession, store.get().ssoSessions);
    if (!use.userAsked && !signIns.isRunning(ssoSession)) {
      const question = { kind: 'sign-in', title: titleOf(use.target), ssoSession, guarded: false } as const;
      if ((await this.#ask(question, use, `sign-in ${ssoSession}`)) === 'refuse') {
        throw new CancelledError('The sign-in');
      }
    }
    const meanwhile = await this.#ifRenewed(attempt, ssoSession, endAtQuestion);
    if (meanwhile !== undefined) {
      return meanwhile.value;
    }
    const method = store.get().settings.signInMethod;
    await signIns.finish({ ssoSession, method, asker: use.asker }, use.signal);
    return attempt();
  }

  /**
   * What comes of it where the token seems to be another one by now; undefined where it is not, or does not do either. It may only seem
   * so: its end, told by AWS's clock, moves when that clock is seen to be elsewhere.
   */
  async #ifRenewed<Value>(
    attempt: () => Promise<Value>,
    ssoSession: string,
    endBefore: string | undefined,
  ): Promise<{ readonly value: Value } | undefined> {
    const end = tokenEnd(ssoSession, this.#parts.store.get().ssoSessions);
    if (end === undefined || end === endBefore) {
      return undefined;
    }
    try {
      return { value: await attempt() };
    } catch (error) {
      if (error instanceof SignInNeededError) {
        return undefined;
      }
      throw error;
    }
  }

  /** Asks the user, unless a program that was refused just now asks again. */
  async #ask(
    question: Pick<PermissionQuestion, 'kind' | 'title' | 'ssoSession' | 'guarded'>,
    { asker, target, userAsked, signal }: Use,
    key: string,
  ): Promise<'accept' | 'refuse'> {
    if (!userAsked && this.#refusals.has(key, this.#now())) {
      return 'refuse';
    }
    try {
      const answer = await this.#parts.prompts.askPermission({ ...question, asker, target, userAsked }, signal);
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
    return this.#parts.clock.now().getTime();
  }

  #note({ asker, what, target, format }: Use, outcome: ActivityEntry['outcome'], detail: string): void {
    const ssoSession = target.kind === 'sso-role' ? target.ssoSession : undefined;
    this.#parts.record({ asker, what, target, ssoSession, format, outcome, detail });
  }
}

/** When the token ends; undefined without one. */
function tokenEnd(ssoSession: string, ssoSessions: readonly SsoSessionState[]): string | undefined {
  const access = ssoSessions.find(({ id }) => id === ssoSession)?.access;
  return access?.kind === 'signed-in' ? access.tokenExpiresAt : undefined;
}

function outcomeOf(error: unknown): ActivityEntry['outcome'] {
  switch (toFailure(error).code) {
    case 'guard-refused':
      return 'refused';
    case 'cancelled':
      return 'cancelled';
    default:
      return 'failed';
  }
}

/** The role in a few words. */
export function titleOf(target: RoleTarget): string {
  return target.kind === 'profile' ? target.profile : `${target.roleName} in ${target.accountId}`;
}
