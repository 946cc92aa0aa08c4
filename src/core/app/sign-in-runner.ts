import type { Secret } from '../model/secret.ts';
import { CancelledError, CoreError, NotFoundError, toFailure } from '../model/errors.ts';
import type { ActivityEntry, Asker, SignInStep, SsoSessionState } from '../../shared/app-state.ts';
import type { Failure } from '../../shared/reply.ts';
import { settleOnAbort } from './settle-on-abort.ts';
import type { SsoSessions } from './services.ts';
import type { StateStore } from './state-store.ts';

/** What a sign-in works with. */
export interface SignInParts {
  readonly store: StateStore;
  readonly ssoSessions: Pick<SsoSessions, 'signIn' | 'pendingAddress'>;
  /** Called once the token is in its place, before those who wait go on. */
  readonly onSignedIn: (ssoSession: string) => Promise<void>;
  readonly openBrowser: (url: Secret, ssoSession: string) => Promise<void>;
  /** Notes each sign-in, whatever came of it. */
  readonly record: (entry: Omit<ActivityEntry, 'at'>) => void;
}

/** Which sign-in, and who wants it. */
export interface SignInRequest {
  readonly ssoSession: string;
  readonly method: 'browser' | 'device';
  readonly asker: Asker;
  /** Goes on with one that an earlier run began: its page is open already. */
  readonly isResumed?: boolean;
}

interface Running {
  readonly method: 'browser' | 'device';
  readonly abort: AbortController;
  /** Resolves at the first step that waits for the user, or at the end. */
  readonly begun: Promise<void>;
  readonly ended: Promise<void>;
}

/** The app ends while something waits. */
class ShutdownError extends CoreError {
  readonly code = 'busy';

  constructor() {
    super('Rolecall was closed before the sign-in was finished.', 'Open it again to go on.');
  }
}

/** Another program signed in while this one waited for the user: what it was for is there. */
class SignedInElsewhere extends CancelledError {}

/** Runs sign-ins: one at a time for each Identity Center, shown in the state, joined by all who need it. */
export class SignInRunner {
  readonly #parts: SignInParts;
  readonly #running = new Map<string, Running>();

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** Whether one is under way. */
  isRunning(ssoSession: string): boolean {
    return this.#running.has(ssoSession);
  }

  /** Starts a sign-in, or joins the one under way when that goes by the same method; resolves when it waits for the user. */
  async begin(request: SignInRequest): Promise<void> {
    const running = this.#running.get(request.ssoSession);
    if (running !== undefined && running.method !== request.method) {
      running.abort.abort(new CancelledError('The sign-in'));
      await running.ended.catch(() => {});
    }
    await this.#start(request).begun;
  }

  /** Starts or joins a sign-in and waits for its end. A caller that goes away leaves the sign-in running for the others. */
  finish(request: SignInRequest, signal: AbortSignal): Promise<void> {
    return settleOnAbort(this.#start(request).ended, signal);
  }

  /** Opens the page of the running sign-in again. Throws NotFoundError when none waits for a browser. */
  async reopen(ssoSession: string): Promise<void> {
    const address = this.#parts.ssoSessions.pendingAddress(ssoSession);
    if (address === undefined) {
      throw new NotFoundError('No sign-in waits for the browser.', 'Start the sign-in again.');
    }
    await this.#parts.openBrowser(address, ssoSession);
  }

  /** Ends a running sign-in; nothing happens when there is none. */
  cancel(ssoSession: string): void {
    this.#running.get(ssoSession)?.abort.abort(new CancelledError('The sign-in'));
  }

  /**
   * A token has come from elsewhere, such as `aws sso login`: who waits for a sign-in here goes on. One that is past waiting is what
   * brought the token, or about to bring another.
   */
  settle(ssoSession: string): void {
    const step = this.#parts.store.get().ssoSessions.find(({ id }) => id === ssoSession)?.signIn?.kind;
    if (step !== 'finishing') {
      this.#running.get(ssoSession)?.abort.abort(new SignedInElsewhere('The sign-in'));
    }
  }

  /** Ends all; what the user began can go on at the next start, so this is not the user's cancelling. */
  async close(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { abort } of running) {
      abort.abort(new ShutdownError());
    }
    await Promise.allSettled(running.map(({ ended }) => ended));
  }

  #start(request: SignInRequest): Running {
    const existing = this.#running.get(request.ssoSession);
    if (existing !== undefined) {
      return existing;
    }
    const abort = new AbortController();
    const waiting: { tell: () => void } = { tell: () => {} };
    const waitsForUser = new Promise<void>((resolve) => {
      waiting.tell = resolve;
    });
    const ended = this.#run(request, abort.signal, () => waiting.tell());
    const running: Running = { method: request.method, abort, begun: Promise.race([waitsForUser, ended]), ended };
    // Nobody may be listening: the outcome is in the state.
    for (const promise of [running.begun, ended]) {
      promise.catch(() => {});
    }
    this.#running.set(request.ssoSession, running);
    return running;
  }

  async #run(request: SignInRequest, signal: AbortSignal, onWaiting: () => void): Promise<void> {
    const { ssoSessions, onSignedIn } = this.#parts;
    const { ssoSession, method } = request;
    const onStep = (step: SignInStep): void => {
      this.#show(ssoSession, { signIn: step });
      if (step.kind !== 'preparing') {
        onWaiting();
      }
    };
    this.#show(ssoSession, { signIn: { kind: 'preparing' }, lastFailure: undefined });
    try {
      const options = { method, onStep, openBrowser: request.isResumed !== true };
      // A browser that takes its time to start must not keep the user from cancelling.
      await settleOnAbort(ssoSessions.signIn(ssoSession, options, signal), signal);
      await onSignedIn(ssoSession);
      this.#end(request, undefined);
    } catch (error) {
      if (error instanceof SignedInElsewhere) {
        this.#end(request, undefined);
        return;
      }
      this.#end(request, toFailure(error));
      throw error;
    }
  }

  #end({ ssoSession, asker }: SignInRequest, failure: Failure | undefined): void {
    this.#running.delete(ssoSession);
    const cancelled = failure?.code === 'cancelled';
    this.#show(ssoSession, { signIn: undefined, lastFailure: cancelled ? undefined : failure });
    const outcome = failure === undefined ? 'ok' : cancelled ? 'cancelled' : 'failed';
    const detail = failure?.message ?? '';
    this.#parts.record({ asker, what: 'sign-in', target: undefined, ssoSession, format: undefined, outcome, detail });
  }

  #show(ssoSession: string, changes: Partial<Pick<SsoSessionState, 'signIn' | 'lastFailure'>>): void {
    this.#parts.store.update(({ ssoSessions }) => ({
      ssoSessions: ssoSessions.map((session) => (session.id === ssoSession ? { ...session, ...changes } : session)),
    }));
  }
}
