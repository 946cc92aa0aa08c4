import type { Clock } from '../../model/clock.ts';
import { sleep } from '../../model/clock.ts';
import { toFailure } from '../../model/errors.ts';
import type { Secret } from '../../model/secret.ts';
import type { Failure } from '../../../shared/reply.ts';
import type { RoleTarget } from '../../../shared/role-target.ts';
import { MfaCodeRejectedError } from '../../aws/sts-errors.ts';
import type { CallContext, PromptPort } from '../ports.ts';
import type { Authenticator } from './authenticator.ts';
import { MfaCodeMalformedError, MfaCodeUsedError } from './errors.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { parseTokenCode } from './token-code.ts';
import type { TokenCodeGate } from './token-code-gate.ts';

/** What a code is needed for. */
export interface CodeNeed {
  readonly mfaSerial: string;
  readonly target: RoleTarget;
  /** The role and account, in a few words. */
  readonly title: string;
  readonly accountId: string | undefined;
  /** The command that gives codes for this device, where the profile names one. */
  readonly mfaProcess: string | undefined;
}

/** Where codes come from, and what they are counted by. */
export interface TokenCodePorts {
  readonly gate: TokenCodeGate;
  readonly prompt: PromptPort;
  readonly authenticator: Authenticator;
  readonly runMfaProcess: (mfaSerial: string, command: string, signal: AbortSignal) => Promise<Secret>;
  readonly clock: Clock;
  /** AWS's time. */
  readonly awsNow: () => Date;
  /** Whether the built-in authenticator may answer without a click. */
  readonly autoFill: () => boolean;
}

type CodeOrigin = 'process' | 'authenticator' | 'user';

/** A code and who gave it. */
interface GivenCode {
  readonly code: Secret;
  readonly origin: CodeOrigin;
}

/** What has been tried for one need. */
interface Attempts {
  /** Codes of the authenticator or command that AWS rejected. */
  byMachine: number;
  /** Codes of the authenticator or command that were sent before. */
  reusedByMachine: number;
  lastFailure: Failure | undefined;
}

/** A machine gets one more try with the next code, for its device's clock may lag; then a person has to look. */
const MACHINE_TRIES = 2;

/**
 * Gets MFA codes and has each sent once: from the profile's command, the built-in authenticator, or the user, who is asked again
 * until a code is taken. One device answers one need at a time.
 */
export class TokenCodes {
  readonly #ports: TokenCodePorts;
  readonly #queue = new KeyedQueue();

  constructor(ports: TokenCodePorts) {
    this.#ports = ports;
  }

  /**
   * Calls `send` with a code that was never sent, again with another when AWS rejects it. Throws what `send` throws, CancelledError when
   * the user declines, MfaNeededError where nobody can be asked, MfaProcessFailedError.
   */
  use<Value>(need: CodeNeed, context: CallContext, send: (code: Secret) => Promise<Value>): Promise<Value> {
    return this.#queue.run(need.mfaSerial, context.signal, () => this.#useNow(need, context, send));
  }

  async #useNow<Value>(need: CodeNeed, context: CallContext, send: (code: Secret) => Promise<Value>): Promise<Value> {
    const attempts: Attempts = { byMachine: 0, reusedByMachine: 0, lastFailure: undefined };
    for (;;) {
      const given = await this.#next(need, context, attempts);
      try {
        return await this.#sendOnce(need.mfaSerial, given.code, send);
      } catch (error) {
        await this.#afterFailure(error, given.origin, attempts, context.signal);
      }
    }
  }

  /** Prepares the next attempt, or throws the error when there is to be none. */
  async #afterFailure(error: unknown, origin: CodeOrigin, attempts: Attempts, signal: AbortSignal): Promise<void> {
    if (error instanceof MfaCodeUsedError && origin !== 'user' && attempts.reusedByMachine < MACHINE_TRIES) {
      attempts.reusedByMachine += 1;
      await this.#sleepUntil(error.nextCodeAt, signal);
      return;
    }
    attempts.byMachine += origin === 'user' ? 0 : 1;
    const aboutCode = error instanceof MfaCodeRejectedError || error instanceof MfaCodeUsedError;
    if (!aboutCode || (origin === 'process' && attempts.byMachine >= MACHINE_TRIES)) {
      throw error;
    }
    attempts.lastFailure = toFailure(error);
  }

  async #sendOnce<Value>(mfaSerial: string, code: Secret, send: (code: Secret) => Promise<Value>): Promise<Value> {
    const claim = await this.#ports.gate.claim(mfaSerial, code);
    try {
      return await send(code);
    } catch (error) {
      if (error instanceof MfaCodeRejectedError) {
        await claim.rejected();
      }
      throw error;
    }
  }

  async #next(need: CodeNeed, context: CallContext, attempts: Attempts): Promise<GivenCode> {
    const { authenticator, autoFill } = this.#ports;
    if (need.mfaProcess !== undefined) {
      await this.#waitUntilUnused(need.mfaSerial, context.signal);
      const code = await this.#ports.runMfaProcess(need.mfaSerial, need.mfaProcess, context.signal);
      return { code, origin: 'process' };
    }
    const held = await authenticator.holds(need.mfaSerial);
    if (held && autoFill() && attempts.byMachine < MACHINE_TRIES) {
      return this.#fromAuthenticator(need.mfaSerial, context.signal);
    }
    return this.#ask(need, context, attempts.lastFailure, held);
  }

  async #fromAuthenticator(mfaSerial: string, signal: AbortSignal): Promise<GivenCode> {
    await this.#waitUntilUnused(mfaSerial, signal);
    const code = await this.#ports.authenticator.codeAt(mfaSerial, this.#ports.awsNow());
    return { code, origin: 'authenticator' };
  }

  /** Asks until the answer is a code at all. */
  async #ask(
    need: CodeNeed,
    context: CallContext,
    lastFailure: Failure | undefined,
    canAutoFill: boolean,
  ): Promise<GivenCode> {
    const { mfaSerial, target, title, accountId } = need;
    const { userAsked, signal, callers } = context;
    let failure = lastFailure;
    for (;;) {
      const notBefore = await this.#ports.gate.nextCodeAt(mfaSerial);
      const question = {
        asker: context.asker,
        target,
        title,
        accountId,
        ...callers?.first(),
        callers,
        mfaSerial,
        notBefore,
        lastFailure: failure,
        canAutoFill,
        userAsked,
      };
      const answer = await this.#ports.prompt.askMfa(question, signal);
      if (answer === 'auto') {
        return this.#fromAuthenticator(mfaSerial, signal);
      }
      const code = parseTokenCode(answer.reveal());
      if (code !== undefined) {
        return { code, origin: 'user' };
      }
      failure = toFailure(new MfaCodeMalformedError());
    }
  }

  async #waitUntilUnused(mfaSerial: string, signal: AbortSignal): Promise<void> {
    const nextCodeAt = await this.#ports.gate.nextCodeAt(mfaSerial);
    if (nextCodeAt !== undefined) {
      await this.#sleepUntil(nextCodeAt, signal);
    }
  }

  async #sleepUntil(at: Date, signal: AbortSignal): Promise<void> {
    const waitMs = at.getTime() - this.#ports.awsNow().getTime();
    if (waitMs > 0) {
      await sleep(this.#ports.clock, waitMs, signal);
    }
  }
}
