import { CoreError } from '../core/model/errors.ts';

/** No browser could be started, or the one that was started did not open the page. */
export class BrowserFailedError extends CoreError {
  readonly code = 'browser-failed';

  constructor(
    readonly tried: readonly string[],
    started: boolean,
  ) {
    super(failureText(tried, started), 'Set BROWSER to the program that should open pages, or copy the link instead.');
  }
}

function failureText(tried: readonly string[], started: boolean): string {
  if (tried.length === 0) {
    return 'No browser was found.';
  }
  return started
    ? 'A browser was started, but it did not open the page in time.'
    : `No browser could be started (tried: ${tried.join(', ')}).`;
}

/** The clipboard cannot be used here. */
export class ClipboardFailedError extends CoreError {
  readonly code = 'clipboard-failed';
}
