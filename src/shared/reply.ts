/** Why something the user asked for did not happen. The screen and the command line decide by it what to offer next. */
export const FAILURE_CODES = [
  'bad-input',
  'not-found',
  'already-exists',
  'sign-in-needed',
  'sign-in-failed',
  'sign-in-expired',
  'sign-in-denied',
  'cancelled',
  'no-access',
  'throttled',
  'offline',
  'aws-unavailable',
  'aws-refused',
  'clock-wrong',
  'mfa-needed',
  'mfa-code-rejected',
  'mfa-device-unknown',
  'mfa-process-failed',
  'profile-broken',
  'cannot-federate',
  'file-unsafe',
  'file-changed',
  'file-failed',
  'store-locked',
  'store-missing',
  'store-failed',
  'clipboard-failed',
  'copied-since',
  'browser-failed',
  'browser-gone',
  'terminal-missing',
  'url-refused',
  'guard-refused',
  'busy',
  'internal',
] as const;

export type FailureCode = (typeof FAILURE_CODES)[number];

/** A failure in words a person can act on: `message` says what happened, `hint` what to do. Never carries a secret. */
export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
  readonly hint: string;
}

/** The answer to a command. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };
