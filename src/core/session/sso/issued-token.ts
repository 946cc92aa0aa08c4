import type { ClientRegistration, CreateTokenOutcome, IssuedToken } from '../../aws/sso-oidc.ts';
import type { Clock } from '../../model/clock.ts';
import { SignInDeniedError, SignInExpiredError, SignInFailedError } from '../errors.ts';
import type { StoredToken } from './token-store.ts';

/** A token as it is kept: its end by this machine's clock, with the client that got it. */
export function toStoredToken(
  issued: IssuedToken,
  client: Pick<StoredToken, 'clientId' | 'clientSecret' | 'registrationExpiresAt'>,
  clock: Clock,
): StoredToken {
  return {
    accessToken: issued.accessToken,
    expiresAt: new Date(clock.now().getTime() + issued.expiresInSeconds * 1000),
    refreshToken: issued.refreshToken,
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    registrationExpiresAt: client.registrationExpiresAt,
  };
}

/** A registration as it is kept with a token. */
export function clientOfToken(registration: ClientRegistration) {
  const { clientId, clientSecret, expiresAt } = registration;
  return { clientId, clientSecret, registrationExpiresAt: expiresAt };
}

/** The error for an outcome that ends a sign-in without a token: each has its own words. */
export function signInFailure(kind: Exclude<CreateTokenOutcome['kind'], 'token'>): Error {
  switch (kind) {
    case 'denied':
      return new SignInDeniedError();
    case 'expired':
      return new SignInExpiredError();
    case 'invalid-grant':
      return new SignInFailedError(
        'AWS did not accept this sign-in: it was used already, or belongs to another region.',
        'Check the region of this Identity Center, then sign in again.',
      );
    case 'client-expired':
      return new SignInFailedError(
        'AWS no longer knows the registration of this app.',
        'Sign in again: the app registers anew.',
      );
    case 'pending':
    case 'slow-down':
      return new SignInFailedError('AWS answered the sign-in out of turn.', 'Sign in again.');
  }
}
