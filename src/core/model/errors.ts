import type { Failure, FailureCode } from '../../shared/reply.ts';

/**
 * Base of every error the product raises on purpose. `message` says what happened, `hint` what to do about it; neither holds a secret.
 */
export abstract class CoreError extends Error {
  abstract readonly code: FailureCode;
  readonly hint: string;

  constructor(message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.name = new.target.name;
    this.hint = hint;
  }
}

/** What the user typed or a program sent cannot be used. */
export class BadInputError extends CoreError {
  readonly code = 'bad-input';
}

/** The thing named does not exist here. */
export class NotFoundError extends CoreError {
  readonly code = 'not-found';
}

/** The name is taken. */
export class AlreadyExistsError extends CoreError {
  readonly code = 'already-exists';
}

/** The user, or a program on the user's behalf, stopped it. */
export class CancelledError extends CoreError {
  readonly code = 'cancelled';

  constructor(what = 'The action') {
    super(`${what} was cancelled.`, 'Start it again when you are ready.');
  }
}

/** Turns anything thrown into what the user may see. Unknown errors become `internal` without their text, which could hold anything. */
export function toFailure(error: unknown): Failure {
  if (error instanceof CoreError) {
    return { code: error.code, message: error.message, hint: error.hint };
  }
  if (error instanceof DOMException && error.name === 'AbortError') {
    return toFailure(new CancelledError());
  }
  return {
    code: 'internal',
    message: 'Something went wrong inside Rolecall.',
    hint: 'Try again. If it happens again, report it with the steps that led here.',
  };
}
