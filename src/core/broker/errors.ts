import { CoreError } from '../model/errors.ts';

/** The place of the socket is not safe to use: somebody else could listen there, or read what is sent. Nothing was sent. */
export class SocketUnsafeError extends CoreError {
  readonly code = 'file-unsafe';
}

/** No app runs that could answer. */
export class BrokerAbsentError extends CoreError {
  readonly code = 'not-found';

  constructor(cause?: unknown) {
    super('Rolecall is not running.', 'Start it, or let the command do the job by itself.', cause);
  }
}

/** An app runs, for its socket takes calls, but does not answer. */
export class BrokerStuckError extends CoreError {
  readonly code = 'busy';

  constructor(cause: unknown) {
    super('Rolecall runs already but does not answer.', 'End that process, then start Rolecall again.', cause);
  }
}

/** Nobody answered in time. */
export class DeadlineError extends CoreError {
  readonly code = 'busy';

  constructor(seconds: number) {
    super(
      `Rolecall waited ${seconds} seconds for you and gave up.`,
      'Answer its question in the app, then run the command again.',
    );
  }
}
