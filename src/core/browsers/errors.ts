import { CoreError } from '../model/errors.ts';

const OTHER_WAY = 'Set BROWSER to the program that should open pages, or copy the link instead.';

/** No browser could be started, or the one that was started did not open the page. */
export class BrowserFailedError extends CoreError {
  readonly code = 'browser-failed';

  /** `failed`: programs that were there but did not open the page. `started`: whether one ran without opening it. */
  constructor(
    readonly failed: readonly string[],
    started: boolean,
    hint = OTHER_WAY,
  ) {
    super(failureText(failed, started), hint);
  }
}

function failureText(failed: readonly string[], started: boolean): string {
  if (started) {
    return 'A browser was started, but it did not open the page in time.';
  }
  return failed.length === 0 ? 'No browser was found.' : `No browser could be started (tried: ${failed.join(', ')}).`;
}

/** The browser or profile that consoles or a sign-in are to open in is not there, or not any more. Nothing was opened in its place. */
export class BrowserGoneError extends CoreError {
  readonly code = 'browser-gone';

  constructor(what: string) {
    super(
      `This page is to open in ${what}, which is not on this machine.`,
      'Open it in the default browser, or choose another one in the settings of consoles.',
    );
  }
}
