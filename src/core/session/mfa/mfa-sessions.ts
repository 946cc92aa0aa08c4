import type { LongTermKey, TemporaryCredentials } from '../../model/credentials.ts';
import type { MfaProof } from '../../aws/sts.ts';
import type { CallContext } from '../ports.ts';
import { SingleFlight } from '../resolve/single-flight.ts';
import type { CodeNeed, TokenCodes } from './token-codes.ts';

/** A session of GetSessionToken that was started with a code. */
export interface MfaSession {
  readonly credentials: TemporaryCredentials;
  /** When the code was taken, by AWS's time. */
  readonly authenticatedAt: Date;
}

/** Keeps MFA sessions beyond this process, sealed, so that the next command asks for no code. Neither call throws. */
export interface KeptSessions {
  load(sessionId: string): Promise<MfaSession | undefined>;
  save(sessionId: string, session: MfaSession): Promise<void>;
  remove(sessionId: string): Promise<void>;
}

/** What MFA sessions are started with. */
export interface MfaSessionPorts {
  readonly codes: TokenCodes;
  readonly kept: KeptSessions;
  /** AWS's time. */
  readonly awsNow: () => Date;
}

/** Starts a session with GetSessionToken and this code. */
export type StartSession = (mfa: MfaProof, signal: AbortSignal) => Promise<TemporaryCredentials>;

/** What it takes to have a session. */
export interface SessionWish {
  readonly key: LongTermKey;
  readonly need: CodeNeed;
  /** A session with less left is not used. */
  readonly minLeftMs: number;
  readonly start: StartSession;
}

/**
 * One MFA session for each device and access key, shared by all roles that need it, for as long as AWS lets it live. Those who want it
 * while it is being started wait for the same code.
 */
export class MfaSessions {
  readonly #ports: MfaSessionPorts;
  readonly #flights = new SingleFlight<MfaSession>();
  readonly #sessions = new Map<string, MfaSession>();

  constructor(ports: MfaSessionPorts) {
    this.#ports = ports;
  }

  /** The session at hand, or a new one. Throws what asking for a code and GetSessionToken throw. */
  async get(wish: SessionWish, context: CallContext): Promise<MfaSession> {
    const sessionId = sessionIdOf(wish.key, wish.need.mfaSerial);
    const held = this.#usable(this.#sessions.get(sessionId), wish.minLeftMs);
    if (held !== undefined) {
      return held;
    }
    const { target, title, accountId } = wish.need;
    return this.#flights.run(
      sessionId,
      context.signal,
      (signal, callers) => this.#begin(sessionId, wish, { ...context, signal, callers }),
      { asker: context.asker, target, title, accountId, callers: context.callers },
    );
  }

  /** Drops a session that AWS no longer takes, unless another is in its place already: that one took a code. */
  async forget(key: LongTermKey, mfaSerial: string, refused: MfaSession): Promise<void> {
    const sessionId = sessionIdOf(key, mfaSerial);
    if ((this.#sessions.get(sessionId) ?? refused) !== refused) {
      return;
    }
    this.#sessions.delete(sessionId);
    await this.#ports.kept.remove(sessionId);
  }

  async #begin(sessionId: string, wish: SessionWish, context: CallContext): Promise<MfaSession> {
    const { need, start } = wish;
    const kept = this.#usable(await this.#ports.kept.load(sessionId), wish.minLeftMs);
    if (kept !== undefined) {
      this.#sessions.set(sessionId, kept);
      return kept;
    }
    const credentials = await this.#ports.codes.use(need, context, (tokenCode) =>
      start({ mfaSerial: need.mfaSerial, tokenCode }, context.signal),
    );
    const session = { credentials, authenticatedAt: this.#ports.awsNow() };
    this.#sessions.set(sessionId, session);
    await this.#ports.kept.save(sessionId, session);
    return session;
  }

  #usable(session: MfaSession | undefined, minLeftMs: number): MfaSession | undefined {
    const leftMs = (session?.credentials.expiresAt.getTime() ?? 0) - this.#ports.awsNow().getTime();
    return leftMs > minLeftMs ? session : undefined;
  }
}

/** Sessions of an old key end with it, so the key is part of the name. */
function sessionIdOf(key: LongTermKey, mfaSerial: string): string {
  return `${key.accessKeyId} ${mfaSerial}`;
}
