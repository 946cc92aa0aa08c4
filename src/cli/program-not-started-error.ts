import { CoreError } from '../core/model/errors.ts';
import { EXIT } from './exit-codes.ts';

/** The program that was to run could not be started; told apart from what such programs end with, as shells and `env` do. */
export class ProgramNotStartedError extends CoreError {
  readonly code: 'not-found' | 'bad-input';
  readonly exitCode: number;

  constructor(exists: boolean, [message, hint]: readonly [message: string, hint: string], cause?: unknown) {
    super(message, hint, cause);
    this.code = exists ? 'bad-input' : 'not-found';
    this.exitCode = exists ? EXIT.programUnfit : EXIT.programMissing;
  }
}
