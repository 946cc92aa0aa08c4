import { CoreError } from '../core/model/errors.ts';
import { EXIT } from './exit-codes.ts';

/** The program that was to run could not be started; told apart from what such programs end with, as shells and `env` do. */
export class ProgramNotStartedError extends CoreError {
  readonly code: 'not-found' | 'bad-input';
  readonly exitCode: number;

  constructor(exists: boolean, cause: unknown, words?: readonly [message: string, hint: string]) {
    const [message, hint] = words ?? wordsFor(exists);
    super(message, hint, cause);
    this.code = exists ? 'bad-input' : 'not-found';
    this.exitCode = exists ? EXIT.programUnfit : EXIT.programMissing;
  }
}

function wordsFor(exists: boolean): readonly [message: string, hint: string] {
  return exists
    ? ['The program could not be started.', 'Check that it is a program you may run.']
    : ['There is no such program.', 'Check the command after --.'];
}
