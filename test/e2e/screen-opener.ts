import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { whyNoBrowser } from '../helpers/browser.ts';
import { openScreens, type Screen, type ScreenOptions, type Screens } from './screen-harness.ts';

/**
 * For a file of tests that show screens: builds and opens the browser once, closes the pages after each test, and skips with the reason
 * where there is no browser. Gives the function that shows a screen.
 */
export function screenOpener(): (options?: ScreenOptions) => Promise<Screen> {
  let screens: Screens | undefined;

  beforeAll(async () => {
    screens = whyNoBrowser() === undefined ? await openScreens() : undefined;
  });

  afterEach(() => screens?.closePages());

  afterAll(() => screens?.close());

  beforeEach((context) => {
    const reason = whyNoBrowser();
    if (reason !== undefined) {
      context.skip(reason);
    }
  });

  return async (options) => {
    if (screens === undefined) {
      throw new Error('no browser');
    }
    return screens.show(options);
  };
}
