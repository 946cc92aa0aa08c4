import { NobodyToAskError } from '../broker/errors.ts';
import type { Clock } from '../model/clock.ts';
import { CancelledError, toFailure } from '../model/errors.ts';
import { SignInNeededError } from '../session/errors.ts';
import type { CallContext, PromptPort } from '../session/ports.ts';
import type { ActivityEntry, AppState, SsoSessionState } from '../../shared/app-state.ts';
import type { CopyFormat } from '../../shared/copy-format.ts';
import type { Connectivity } from './connectivity.ts';
import type { UseRule } from './guard-rules.ts';
import { mfaSerialsOf } from './profile-chain.ts';
import type { PromptQueue } from './prompt-queue.ts';
import type { SignInRunner } from './sign-in-runner.ts';
import type { StateStore } from './state-store.ts';
import { outcomeOf, titleOf, UsePermission, type Wish } from './use-permission.ts';

/** Who uses a role, and what for. */
export interface Use extends Wish {
  readonly what: ActivityEntry['what'];
  readonly format?: CopyFormat;
}

/** What a rule can change by. */
const GUARDING = ['marks', 'profiles', 'settings', 'directories'] as const;

/** What the use of roles works with. */
export interface RoleUseParts {
  readonly store: StateStore;
  readonly prompts: PromptPort;
  readonly userWaitsFor: PromptQueue['userWaitsFor'];
  readonly signIns: SignInRunner;
  readonly connectivity: Connectivity;
  /** Looks at the token of an Identity Center again. Never throws. */
  readonly refreshAccess: (ssoSession: string) => Promise<void>;
  /** Notes a use, whatever came of it. */
  readonly record: (entry: Omit<ActivityEntry, 'at'>) => void;
  readonly clock: Clock;
}

/**
 * Every use of a role passes here: guarded ones are confirmed first, a missing sign-in is made good once, and what came of it is
 * noted. The user's own click starts a sign-in at once; a program in the background has to be let in by the user first.
 */
export class RoleUse {
  readonly #parts: RoleUseParts;
  readonly #permission: UsePermission;

  constructor(parts: RoleUseParts) {
    this.#parts = parts;
    this.#permission = new UsePermission(parts);
  }

  /** Runs `action`. Throws GuardRefusedError, CancelledError, NobodyToAskError, what the sign-in throws, or what `action` throws. */
  async run<Value>(use: Use, action: (context: CallContext) => Promise<Value>): Promise<Value> {
    try {
      const confirm = this.#confirmer(use);
      await confirm();
      const value = await this.#withSignIn(use, action, confirm);
      // The rule may have been changed while a code was asked for. What the user clicked has been done by now.
      await (use.userAsked ? undefined : confirm());
      this.#note(use, 'ok', '');
      return value;
    } catch (error) {
      // Whoever asked goes on by itself, and notes what came of it.
      if (!(error instanceof NobodyToAskError)) {
        this.#note(use, outcomeOf(error), toFailure(error).message);
      }
      throw error;
    }
  }

  /** Confirms the use by the rule there is: asks anew only where that is another one than before. */
  #confirmer(use: Use): () => Promise<void> {
    const state = (): AppState => this.#parts.store.get();
    let last: { readonly rule: UseRule; readonly by: AppState } | undefined;
    return async () => {
      const now = state();
      if (last === undefined || GUARDING.some((part) => last?.by[part] !== now[part])) {
        last = { rule: await this.#permission.confirm(use, state, last?.rule), by: now };
      }
    };
  }

  async #withSignIn<Value>(
    use: Use,
    action: (context: CallContext) => Promise<Value>,
    confirm: () => Promise<void>,
  ): Promise<Value> {
    const { asker, userAsked, signal } = use;
    const context: CallContext = { asker, userAsked, signal };
    const { connectivity, store } = this.#parts;
    const { ssoSessions: before } = store.get();
    const attempt = async (): Promise<Value> => {
      await confirm();
      return connectivity.watch(this.#asUser(use, () => action(context)));
    };
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof SignInNeededError)) {
        throw error;
      }
      return this.#signInAnd(attempt, error.ssoSession, use, tokenEnd(error.ssoSession, before));
    }
  }

  /** What the user clicked may wait for a code that a program asked for before: then the user is asked for it at once. */
  async #asUser<Value>({ target, userAsked }: Use, action: () => Promise<Value>): Promise<Value> {
    const { store, userWaitsFor } = this.#parts;
    const stopWaiting = userAsked ? userWaitsFor(mfaSerialsOf(target, store.get().profiles)) : () => {};
    try {
      return await action();
    } finally {
      stopWaiting();
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
      if ((await this.#permission.ask(question, use, `sign-in ${ssoSession}`)) === 'refuse') {
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
