import type { IdentityCenter } from '../organization.ts';
import { newOpaqueToken, type RandomBytes } from './identifiers.ts';

/** A client as RegisterClient made it. */
export interface ClientRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientName: string;
  readonly scopes: readonly string[];
  readonly redirectUris: readonly string[];
  /** Undefined where the client named none: then device code and refresh are allowed. */
  readonly grantTypes?: readonly string[];
  readonly issuerUrl?: string;
  readonly issuedAt: Date;
  expiresAt: Date;
}

/** One person's sign-in through one client. All of its tokens end with it. */
export interface PortalSession {
  readonly sessionId: string;
  readonly identityCenter: IdentityCenter;
  readonly userName: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  endsAt: Date;
}

interface AccessToken {
  readonly session: PortalSession;
  expiresAt: Date;
}

/** Registrations, access tokens and refresh tokens of Identity Center. */
export class SsoTokens {
  readonly #random: RandomBytes;
  readonly #clients = new Map<string, ClientRegistration>();
  readonly #access = new Map<string, AccessToken>();
  readonly #refresh = new Map<string, PortalSession>();

  constructor(random: RandomBytes) {
    this.#random = random;
  }

  register(client: Omit<ClientRegistration, 'clientId' | 'clientSecret'>): ClientRegistration {
    const registration = {
      ...client,
      clientId: newOpaqueToken(this.#random, '', 24),
      clientSecret: newOpaqueToken(this.#random, 'eyJraWQiOiJrZXkt', 240),
    };
    this.#clients.set(registration.clientId, registration);
    return registration;
  }

  client(clientId: string): ClientRegistration | undefined {
    return this.#clients.get(clientId);
  }

  issueAccessToken(session: PortalSession, expiresAt: Date, now: Date): string {
    // What ended is refused all the same, so it need not be kept.
    for (const [old, access] of this.#access) {
      if (access.expiresAt < now) {
        this.#access.delete(old);
      }
    }
    const token = newOpaqueToken(this.#random, 'aoaAAAAAG');
    this.#access.set(token, { session, expiresAt });
    return token;
  }

  issueRefreshToken(session: PortalSession): string {
    const token = newOpaqueToken(this.#random, 'aorAAAAAG');
    this.#refresh.set(token, session);
    return token;
  }

  /** The sign-in behind a valid access token. */
  sessionOfAccessToken(token: string, now: Date): PortalSession | undefined {
    const access = this.#access.get(token);
    return access !== undefined && access.expiresAt > now && access.session.endsAt > now ? access.session : undefined;
  }

  /** The sign-in behind a valid refresh token. */
  sessionOfRefreshToken(token: string, now: Date): PortalSession | undefined {
    const session = this.#refresh.get(token);
    return session !== undefined && session.endsAt > now ? session : undefined;
  }

  revokeRefreshToken(token: string): void {
    this.#refresh.delete(token);
  }

  /** Signs one person out: every token of the sign-in is gone. */
  endSession(session: PortalSession): void {
    for (const [token, access] of this.#access) {
      if (access.session === session) {
        this.#access.delete(token);
      }
    }
    for (const [token, other] of this.#refresh) {
      if (other === session) {
        this.#refresh.delete(token);
      }
    }
  }

  expireAccessTokens(now: Date): void {
    for (const access of this.#access.values()) {
      access.expiresAt = now;
    }
  }

  revokeRefreshTokens(): void {
    this.#refresh.clear();
  }

  endAllSessions(): void {
    this.#access.clear();
    this.#refresh.clear();
  }

  expireClients(now: Date): void {
    for (const client of this.#clients.values()) {
      client.expiresAt = now;
    }
  }
}
