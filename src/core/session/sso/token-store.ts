import type { Secret } from '../../model/secret.ts';
import type { SsoSession } from './sso-session.ts';

/**
 * A token as it is kept, with what renewing it takes.
 *
 * `expiresAt` is by this machine's clock, as the AWS CLI and the SDKs write and read it; so is `registrationExpiresAt`.
 */
export interface StoredToken {
  readonly accessToken: Secret;
  readonly expiresAt: Date;
  readonly refreshToken: Secret | undefined;
  readonly clientId: string | undefined;
  readonly clientSecret: Secret | undefined;
  readonly registrationExpiresAt: Date | undefined;
}

/** Keeps the tokens of Identity Centers. `write` and `remove` are called under the session's lock. */
export interface SsoTokenStore {
  /** The token, expired or not; undefined when there is none that can be read. */
  read(session: SsoSession): Promise<StoredToken | undefined>;
  write(session: SsoSession, token: StoredToken): Promise<void>;
  remove(session: SsoSession): Promise<void>;
}

/** A token that can be renewed, with all that takes. */
export interface RenewableToken extends StoredToken {
  readonly refreshToken: Secret;
  readonly clientId: string;
  readonly clientSecret: Secret;
}

/** Whether a token can be renewed without the user: it has a refresh token, and the client that got it is still registered. */
export function isRenewable(token: StoredToken, now: Date): token is RenewableToken {
  return (
    token.refreshToken !== undefined &&
    token.clientId !== undefined &&
    token.clientSecret !== undefined &&
    (token.registrationExpiresAt === undefined || token.registrationExpiresAt > now)
  );
}
