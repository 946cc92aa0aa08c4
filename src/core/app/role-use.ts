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
    try {
      return await connectivity.watch(action(context));
    } catch (error) {
      if (!(error instanceof SignInNeededError)) {
        throw error;
      }
      await this.#signIn(error.ssoSession, use, tokenEnd(error.ssoSession, before));
      return connectivity.watch(action(context));
    }
  }

  /** `endBefore` tells the token that did not do from one that somebody got meanwhile, here or elsewhere: then there is nothing left to do. */
  async #signIn(ssoSession: string, use: Use, endBefore: string | undefined): Promise<void> {
    const { signIns, store, refreshAccess } = this.#parts;
    const isDone = (): boolean => {
      const end = tokenEnd(ssoSession, store.get().ssoSessions);
      return end !== undefined && end !== endBefore;
    };
    await refreshAccess(ssoSession);
    if (!isDone() && !use.userAsked && !signIns.isRunning(ssoSession)) {
      const question = { kind: 'sign-in', title: titleOf(use.target), ssoSession, guarded: false } as const;
      if ((await this.#ask(question, use, `sign-in ${ssoSession}`)) === 'refuse') {
        throw new CancelledError('The sign-in');
      }
    }
    if (!isDone()) {
      const method = store.get().settings.signInMethod;
      await signIns.finish({ ssoSession, method, asker: use.asker }, use.signal);
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
