import { CoreError } from '../core/model/errors.ts';

/** No browser could be started, or the one that was started did not open the page. */
export class BrowserFailedError extends CoreError {
  readonly code = 'browser-failed';

  /** `failed`: programs that were there but did not open the page. `started`: whether one ran without opening it. */
  constructor(
    readonly failed: readonly string[],
    started: boolean,
  ) {
    super(failureText(failed, started), 'Set BROWSER to the program that should open pages, or copy the link instead.');
  }
}

function failureText(failed: readonly string[], started: boolean): string {
  if (started) {
    return 'A browser was started, but it did not open the page in time.';
  }
  return failed.length === 0 ? 'No browser was found.' : `No browser could be started (tried: ${failed.join(', ')}).`;
}

/** The clipboard cannot be used here. */
export class ClipboardFailedError extends CoreError {
  readonly code = 'clipboard-failed';
}
