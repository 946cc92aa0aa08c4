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

/** A person has to be asked, and this app has no screen to ask on. Whoever asked it does the work by itself. */
export class NobodyToAskError extends CoreError {
  readonly code = 'mfa-needed';

  constructor() {
    super('Rolecall runs without a screen and cannot ask you.', 'Run the command in a terminal.');
  }
}

/** What serves here has no screen to show. */
export class NoScreenError extends CoreError {
  readonly code = 'busy';

  constructor() {
    super(
      `Rolecall runs already, without a screen (rolecall agent, process ${process.pid}).`,
      'End that process, then start Rolecall again.',
    );
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
