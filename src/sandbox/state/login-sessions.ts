import { newOpaqueToken, type RandomBytes } from './identifiers.ts';
import type { Principal } from './principal.ts';

/** One `aws login`: who signed in, by which client, bound to the key of its DPoP proofs. */
export interface LoginSession {
  readonly clientId: string;
  readonly principal: Principal;
  /** The thumbprint of the DPoP key, known from the first token request on. */
  readonly keyThumbprint: string;
  endsAt: Date;
}

/** An authorization request at `/v1/authorize`, waiting for its page's answer. */
export interface LoginRequest {
  readonly requestId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly codeChallenge: string;
  readonly expiresAt: Date;
}

/** A code that `/v1/token` takes once. */
export interface LoginCode {
  readonly request: LoginRequest;
  readonly principal: Principal;
  readonly expiresAt: Date;
}

/** Sign-ins of `aws login`. Its refresh tokens rotate: each is taken once. */
export class LoginSessions {
  readonly #random: RandomBytes;
  readonly #requests = new Map<string, LoginRequest>();
  readonly #codes = new Map<string, LoginCode>();
  readonly #refreshTokens = new Map<string, LoginSession>();
  /** The ids of DPoP proofs seen, which may not come again. */
  readonly #proofIds = new Set<string>();

  constructor(random: RandomBytes) {
    this.#random = random;
  }

  start(request: Omit<LoginRequest, 'requestId'>): LoginRequest {
    const started = { ...request, requestId: newOpaqueToken(this.#random, '', 24) };
    this.#requests.set(started.requestId, started);
    return started;
  }

  takeRequest(requestId: string, now: Date): LoginRequest | undefined {
    const request = this.#requests.get(requestId);
    this.#requests.delete(requestId);
    return request !== undefined && request.expiresAt > now ? request : undefined;
  }

  issueCode(code: LoginCode): string {
    const text = newOpaqueToken(this.#random, '', 60);
    this.#codes.set(text, code);
    return text;
  }

  takeCode(code: string): LoginCode | undefined {
    const issued = this.#codes.get(code);
    this.#codes.delete(code);
    return issued;
  }

  issueRefreshToken(session: LoginSession): string {
    const token = newOpaqueToken(this.#random, '');
    this.#refreshTokens.set(token, session);
    return token;
  }

  refreshSession(refreshToken: string): LoginSession | undefined {
    return this.#refreshTokens.get(refreshToken);
  }

  retireRefreshToken(refreshToken: string): void {
    this.#refreshTokens.delete(refreshToken);
  }

  /** Notes a proof's id; false when it was seen before. */
  noteProofId(proofId: string): boolean {
    const isNew = !this.#proofIds.has(proofId);
    this.#proofIds.add(proofId);
    return isNew;
  }

  revokeAll(): void {
    this.#refreshTokens.clear();
  }
}
