import { CoreError } from '../core/model/errors.ts';

/** The command line itself is wrong: unknown command or option, missing or extra argument. Exit code 2. */
export class UsageError extends CoreError {
  readonly code = 'bad-input';

  constructor(message: string, hint = 'Run "rolecall help" for what there is.') {
    super(message, hint);
  }
}
