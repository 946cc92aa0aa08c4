import { CoreError } from '../core/model/errors.ts';

/** The clipboard cannot be used here. */
export class ClipboardFailedError extends CoreError {
  readonly code = 'clipboard-failed';
}
