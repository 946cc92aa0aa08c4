import { CoreError } from '../core/model/errors.ts';
import { EXIT } from './exit-codes.ts';

/** A program that was to be run could not be started: it is missing, or it exists and may not be run. */
export class ProgramNotStartedError extends CoreError {
  readonly code: 'not-found' | 'bad-input';
  readonly exitCode: number;

  constructor(exists: boolean, [message, hint]: readonly [message: string, hint: string], cause?: unknown) {
    super(message, hint, cause);
    this.code = exists ? 'bad-input' : 'not-found';
    this.exitCode = exists ? EXIT.programUnfit : EXIT.programMissing;
  }
}
