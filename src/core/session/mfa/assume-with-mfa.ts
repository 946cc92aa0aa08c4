import type { LongTermKey, SigningCredentials, TemporaryCredentials } from '../../model/credentials.ts';
import type { AssumeRoleInput, MfaProof } from '../../aws/sts.ts';
import { CHAINED_MAX_SECONDS } from '../../aws/sts.ts';
import { CredentialsExpiredError, KeyRefusedError, NotAuthorizedError } from '../../aws/sts-errors.ts';
import type { CallContext } from '../ports.ts';
import type { DeviceMemories, MfaStrategy } from './device-memory.ts';
import type { MfaSession, MfaSessions, StartSession } from './mfa-sessions.ts';
import type { CodeNeed, TokenCodes } from './token-codes.ts';

/** The calls of STS that are made here, for one region; transient failures of calls without a code are retried behind them. */
export interface StsCalls {
  assumeRole(signer: SigningCredentials, input: AssumeRoleInput, signal: AbortSignal): Promise<TemporaryCredentials>;
  getSessionToken(
    signer: SigningCredentials,
    input: { readonly durationSeconds: number; readonly mfa?: MfaProof | undefined },
    signal: AbortSignal,
  ): Promise<TemporaryCredentials>;
}

/** A user's own key and the device that goes with it. */
export interface KeyWithDevice {
  readonly key: LongTermKey;
  readonly need: CodeNeed;
  readonly sts: StsCalls;
}

/** A role that a user's own key assumes with MFA. */
export interface GuardedRole extends KeyWithDevice {
  readonly input: Omit<AssumeRoleInput, 'mfa'>;
}

/** What decides how codes are spent. */
export interface MfaRolePorts {
  readonly codes: Pick<TokenCodes, 'use'>;
  readonly sessions: Pick<MfaSessions, 'get' | 'forget'>;
  readonly memories: DeviceMemories;
  /** AWS's time. */
  readonly awsNow: () => Date;
}

/** How long an MFA session is asked for: AWS's own default, a working day. */
export const MFA_SESSION_SECONDS = 43_200;
/** A session with less left is not used for a role: it could end on the way. */
const MIN_LEFT_MS = 60_000;
const PROBE_SECONDS = 900;
/** Policies change: a refusal of GetSessionToken is asked about again after a day. */
const REFUSAL_HOLDS_MS = 24 * 3600 * 1000;
/** A role that refuses a session this old may want a fresher code (`aws:MultiFactorAuthAge`). */
const FRESH_CODE_MS = 5 * 60_000;
/** A role that refused a fresh code too is not worth another for this long. */
const HOPELESS_MS = 15 * 60_000;

/**
 * Assumes roles that want MFA with as few codes as AWS allows: one GetSessionToken for all of them where the user may call it, else one
 * code for each role. Which of the two is learnt from AWS before the first code is asked for, and remembered for the device.
 */
export class MfaRoles {
  readonly #ports: MfaRolePorts;
  /** Roles that refused even a fresh code of a device, by both, and when. */
  readonly #hopeless = new Map<string, number>();

  constructor(ports: MfaRolePorts) {
    this.#ports = ports;
  }

  /** Throws what asking for codes and AssumeRole throw. */
  async assume(role: GuardedRole, context: CallContext): Promise<TemporaryCredentials> {
    const strategy = await this.#strategyFor(role, context.signal);
    return strategy === 'session' ? this.#withSession(role, context) : this.#withCode(role.key, role, context);
  }

  /**
   * Assumes a role with credentials that are no user's own key, and a code. AWS takes MFA from users alone, so it will mostly refuse; the
   * AWS CLI asks it all the same.
   */
  assumeFromSession(
    source: TemporaryCredentials,
    role: Omit<GuardedRole, 'key'>,
    context: CallContext,
  ): Promise<TemporaryCredentials> {
    return this.#withCode(source, role, context);
  }

  /**
   * A session of the user's own with MFA, for a profile that has a device but no role; at least `minLeftMs` are left of it. Throws
   * NotAuthorizedError where a policy refuses.
   */
  async session(owner: KeyWithDevice, minLeftMs: number, context: CallContext): Promise<TemporaryCredentials> {
    return (await this.#startSession(owner, minLeftMs, context)).credentials;
  }

  async #strategyFor(role: GuardedRole, signal: AbortSignal): Promise<MfaStrategy> {
    if ((role.input.durationSeconds ?? 0) > CHAINED_MAX_SECONDS) {
      // Only the user's own key may ask for more than an hour.
      return 'per-role';
    }
    const { mfaSerial } = role.need;
    const { strategy, strategyAtMs = 0 } = await this.#ports.memories.read(mfaSerial);
    const ageMs = this.#ports.awsNow().getTime() - strategyAtMs;
    const isStale = strategy === 'per-role' && !(ageMs >= 0 && ageMs < REFUSAL_HOLDS_MS);
    if (strategy !== undefined && !isStale) {
      return strategy;
    }
    const learnt = await this.#probe(role, signal);
    await this.#remember(mfaSerial, learnt);
    return learnt;
  }

  /** Policies judge GetSessionToken without the MFA of the call itself, so a call without code tells, and finds a bad key too. */
  async #probe(role: GuardedRole, signal: AbortSignal): Promise<MfaStrategy> {
    try {
      await role.sts.getSessionToken(role.key, { durationSeconds: PROBE_SECONDS }, signal);
      return 'session';
    } catch (error) {
      if (error instanceof NotAuthorizedError) {
        return 'per-role';
      }
      throw error;
    }
  }

  #remember(mfaSerial: string, strategy: MfaStrategy): Promise<void> {
    const strategyAtMs = this.#ports.awsNow().getTime();
    return this.#ports.memories.update(mfaSerial, (memory) => ({ ...memory, strategy, strategyAtMs }));
  }

  async #withSession(role: GuardedRole, context: CallContext): Promise<TemporaryCredentials> {
    let session: MfaSession;
    try {
      session = await this.#startSession(role, MIN_LEFT_MS, context);
    } catch (error) {
      if (!(error instanceof NotAuthorizedError)) {
        throw error;
      }
      await this.#remember(role.need.mfaSerial, 'per-role');
      return this.#withCode(role.key, role, context);
    }
    try {
      return await role.sts.assumeRole(session.credentials, role.input, context.signal);
    } catch (error) {
      return this.#afterRefusal(role, context, session, error);
    }
  }

  async #afterRefusal(
    role: GuardedRole,
    context: CallContext,
    session: MfaSession,
    error: unknown,
  ): Promise<TemporaryCredentials> {
    if (error instanceof KeyRefusedError || error instanceof CredentialsExpiredError) {
      await this.#ports.sessions.forget(role.key, role.need.mfaSerial, session);
      const renewed = await this.#startSession(role, MIN_LEFT_MS, context);
      return role.sts.assumeRole(renewed.credentials, role.input, context.signal);
    }
    const ageMs = this.#ports.awsNow().getTime() - session.authenticatedAt.getTime();
    if (!(error instanceof NotAuthorizedError) || ageMs < FRESH_CODE_MS || this.#isHopeless(role)) {
      throw error;
    }
    return this.#withFreshCode(role, context);
  }

  async #withFreshCode(role: GuardedRole, context: CallContext): Promise<TemporaryCredentials> {
    try {
      return await this.#withCode(role.key, role, context);
    } catch (error) {
      if (error instanceof NotAuthorizedError) {
        this.#hopeless.set(hopelessKey(role), this.#ports.awsNow().getTime());
      }
      throw error;
    }
  }

  #isHopeless(role: GuardedRole): boolean {
    const sinceMs =
      this.#ports.awsNow().getTime() - (this.#hopeless.get(hopelessKey(role)) ?? Number.NEGATIVE_INFINITY);
    return sinceMs >= 0 && sinceMs < HOPELESS_MS;
  }

  #withCode(
    signer: SigningCredentials,
    role: Omit<GuardedRole, 'key'>,
    context: CallContext,
  ): Promise<TemporaryCredentials> {
    const { input, need, sts } = role;
    return this.#ports.codes.use(need, context, (tokenCode) =>
      sts.assumeRole(signer, { ...input, mfa: { mfaSerial: need.mfaSerial, tokenCode } }, context.signal),
    );
  }

  #startSession({ key, need, sts }: KeyWithDevice, minLeftMs: number, context: CallContext): Promise<MfaSession> {
    const start: StartSession = (mfa, signal) =>
      sts.getSessionToken(key, { durationSeconds: MFA_SESSION_SECONDS, mfa }, signal);
    return this.#ports.sessions.get({ key, need, minLeftMs, start }, context);
  }
}

/** What a role refuses one user it may give another, whose device is another. */
function hopelessKey({ input, need }: GuardedRole): string {
  return `${need.mfaSerial} ${input.roleArn}`;
}
