import { newOpaqueToken, type RandomBytes } from './identifiers.ts';
import type { Principal } from './principal.ts';

/** A browser's signed-in console. */
export interface ConsoleSession {
  readonly sessionId: string;
  readonly principal: Principal;
  readonly endsAt: Date;
  /** How it was opened, in words for the page. */
  readonly openedBy: string;
  /** The name and colour that the switch-role link gave it. */
  readonly displayName?: string;
  /** Six hex digits. */
  readonly color?: string;
}

/** What a sign-in token opens. */
export interface SigninGrant {
  readonly principal: Principal;
  readonly consoleEndsAt: Date;
  readonly expiresAt: Date;
}

/** Sign-in tokens of the federation endpoint, and the console sessions they opened. */
export class ConsoleSessions {
  readonly #random: RandomBytes;
  readonly #grants = new Map<string, SigninGrant>();
  readonly #sessions = new Map<string, ConsoleSession>();

  constructor(random: RandomBytes) {
    this.#random = random;
  }

  issueSigninToken(grant: SigninGrant): string {
    const token = newOpaqueToken(this.#random, 'VCQgs5qZZt3Q6fn8Tr5-', 600);
    this.#grants.set(token, grant);
    return token;
  }

  grant(signinToken: string, now: Date): SigninGrant | undefined {
    const grant = this.#grants.get(signinToken);
    return grant !== undefined && grant.expiresAt > now ? grant : undefined;
  }

  open(session: Omit<ConsoleSession, 'sessionId'>): ConsoleSession {
    const opened = { ...session, sessionId: newOpaqueToken(this.#random, '', 24) };
    this.#sessions.set(opened.sessionId, opened);
    return opened;
  }

  session(sessionId: string): ConsoleSession | undefined {
    return this.#sessions.get(sessionId);
  }

  /** All sessions opened so far, oldest first. */
  all(): readonly ConsoleSession[] {
    return [...this.#sessions.values()];
  }
}
