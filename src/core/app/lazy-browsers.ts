import type { BrowserPort, Browsers, Surroundings } from '../session/ports.ts';

/** The browsers of this machine. What knows them is loaded when one is asked for: most people open the default one. */
export function lazyBrowsers(byDefault: BrowserPort, surroundings: Surroundings): Browsers {
  const all = async (): Promise<Browsers> => {
    const { browsersOf } = await import('../browsers/chosen-browser.ts');
    return browsersOf(byDefault, surroundings);
  };
  return {
    async open(url, place) {
      await (place !== undefined && 'browser' in place.opener ? (await all()).open(url, place) : byDefault.open(url));
    },
    openers: async () => (await all()).openers(),
  };
}
