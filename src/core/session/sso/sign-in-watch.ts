import { markOf, type Authorizations, type TokenMark } from './authorizations.ts';
import type { StoredToken } from './token-store.ts';

/** What is needed to tell a new sign-in from a renewal, and who hears of it. */
export interface SignInWatchPorts {
  readonly authorizations: Authorizations;
  /** Another token is there than before, and not by renewal: whatever was got by the former may be another person's. */
  readonly onNewSignIn: (ssoSession: string) => void;
}

/** Sees every token that this process reads or writes, and tells when one came by another sign-in than the one before. */
export class SignInWatch {
  readonly #ports: SignInWatchPorts;
  /** By session: the token that was there last. One that is taken away is not forgotten, for its credentials may be held still. */
  readonly #seen = new Map<string, TokenMark>();

  constructor(ports: SignInWatchPorts) {
    this.#ports = ports;
  }

  /** A token that was found in its place. */
  async found(ssoSession: string, token: StoredToken): Promise<void> {
    const mark = markOf(token);
    const seen = this.#seen.get(ssoSession);
    if (seen === mark) {
      return;
    }
    const isSame = seen === undefined || (await this.#ports.authorizations.isSame(ssoSession, seen, mark));
    const isToldAlready = this.#seen.get(ssoSession) === mark;
    this.#seen.set(ssoSession, mark);
    if (!isSame && !isToldAlready) {
      this.#ports.onNewSignIn(ssoSession);
    }
  }

  /** Somebody signed in here, and this token of it is in its place. */
  async signedIn(ssoSession: string, token: StoredToken): Promise<void> {
    await this.found(ssoSession, token);
    await this.#ports.authorizations.signedIn(ssoSession, markOf(token));
  }

  /** Puts a renewed token in its place by `write`. It is noted first: who sees it there knows what it is. */
  async renewed(ssoSession: string, old: StoredToken, renewed: StoredToken, write: () => Promise<void>): Promise<void> {
    await this.#ports.authorizations.renewed(ssoSession, markOf(old), markOf(renewed));
    await write();
    this.#seen.set(ssoSession, markOf(renewed));
  }

  /** The token is gone. */
  signedOut(ssoSession: string): Promise<void> {
    return this.#ports.authorizations.signedOut(ssoSession);
  }
}
