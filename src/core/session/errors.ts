import { CoreError } from '../model/errors.ts';

/** Why a sign-in is needed: nothing was ever there, its time ran out, AWS ended it, or it cannot be renewed without the user. */
export type SignInNeededReason = 'signed-out' | 'expired' | 'ended-by-aws' | 'cannot-renew';

const REASONS: Readonly<Record<SignInNeededReason, string>> = {
  'signed-out': 'You are not signed in to',
  expired: 'The sign-in has expired at',
  'ended-by-aws': 'AWS has ended the sign-in at',
  'cannot-renew': 'The sign-in could not be renewed by itself at',
};

/** The user has to sign in to this Identity Center before anything else. `ssoSession` is its id. */
export class SignInNeededError extends CoreError {
  readonly code = 'sign-in-needed';

  constructor(
    readonly ssoSession: string,
    readonly reason: SignInNeededReason,
    cause?: unknown,
  ) {
    super(
      `${REASONS[reason]} ${ssoSession}.`,
      `Sign in with Rolecall, or run: rolecall sign-in${asArgument(ssoSession)}`,
      cause,
    );
  }
}

/** Where the name would need quoting it is left out; the command then lists what there is. */
function asArgument(name: string): string {
  return /^[A-Za-z0-9][\w.:/@+-]*$/.test(name) ? ` ${name}` : '';
}

/** The section of an Identity Center lacks a key without which nobody can sign in. */
export class SsoSessionIncompleteError extends CoreError {
  readonly code = 'profile-broken';

  constructor(
    readonly ssoSession: string,
    readonly missingKey: string,
  ) {
    super(`The Identity Center ${ssoSession} has no ${missingKey}.`, `Add ${missingKey} to it in ~/.aws/config.`);
  }
}

/** The user, or the organization, said no on AWS's page. */
export class SignInDeniedError extends CoreError {
  readonly code = 'sign-in-denied';

  constructor(cause?: unknown) {
    super(
      'The sign-in was denied on the AWS page.',
      'Sign in again and choose "Allow access", or ask your administrator whether you may use command-line access.',
      cause,
    );
  }
}

/** Nobody finished the sign-in while its address or code was good. */
export class SignInExpiredError extends CoreError {
  readonly code = 'sign-in-expired';

  constructor(cause?: unknown) {
    super(
      'The sign-in was not finished in time.',
      'Start it again; the page or code is good for about ten minutes.',
      cause,
    );
  }
}

/** AWS did not accept the finished sign-in. */
export class SignInFailedError extends CoreError {
  readonly code = 'sign-in-failed';
}

/** Signed in, but this account or role is not, or no longer, assigned to the user. */
export class NoAccessError extends CoreError {
  readonly code = 'no-access';

  constructor(
    readonly accountId: string,
    readonly roleName: string,
    cause?: unknown,
  ) {
    super(
      `AWS gives you no access to the role ${roleName} of account ${accountId}.`,
      'Refresh the list of accounts; if the role should be yours, ask your administrator to assign it. New assignments take some minutes.',
      cause,
    );
  }
}

/** These credentials cannot become a console sign-in. */
export class CannotFederateError extends CoreError {
  readonly code = 'cannot-federate';
}

/** A URL that did not pass the gate: it is not opened. */
export class UrlRefusedError extends CoreError {
  readonly code = 'url-refused';

  constructor(readonly reason: string) {
    super(
      `An address was not opened: ${reason}.`,
      'Only https pages of AWS, and of the portal you configured, are opened. Check the start URL or destination.',
    );
  }
}

/** A credential holds what no AWS credential holds; it is not written as shell text. */
export class UnsafeValueError extends CoreError {
  readonly code = 'aws-refused';

  constructor(readonly field: string) {
    super(
      `The ${field} that AWS sent holds characters that do not belong there, so nothing was copied.`,
      'Fetch fresh credentials and try again.',
    );
  }
}
