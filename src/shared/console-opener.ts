/**
 * Where a console opens, as one text that settings, marks and screens can hold:
 *
 * - `default`: the default browser
 * - `multi-session`: beside the consoles that are open there already, by AWS's own multi-session
 * - `browser:ID`, `browser:ID/PROFILE`: an installed browser, or one of its profiles
 * - `private:ID`, `private:ID/PROFILE`: a private window of it
 * - `granted:ID`, `container:ID` (with `/PROFILE`): a container of Firefox for each role, opened by the add-on "Granted", or by
 *   "Open external links in a container"
 *
 * ID names a browser, never a program: which program that is, the core alone knows.
 */
export type OpenerId = string;

/** An opener, read. */
export type Opener =
  | { readonly kind: 'default' }
  | { readonly kind: 'multi-session' }
  | { readonly kind: InBrowser; readonly browser: string; readonly profile: string | undefined };

/** Ways to open in one named browser. */
export type InBrowser = 'browser' | 'private' | 'granted' | 'container';

const IN_BROWSER = /^(browser|private|granted|container):([a-z][a-z0-9-]{0,31})(?:\/([^/\\\p{C}]{1,128}))?$/u;

/** Reads an opener; undefined for text that is none. A profile called `..` would leave the browser's folder. */
export function parseOpener(id: string): Opener | undefined {
  if (id === 'default' || id === 'multi-session') {
    return { kind: id };
  }
  const [, kind, browser, profile] = IN_BROWSER.exec(id) ?? [];
  return kind === undefined || browser === undefined || profile === '..' || profile === '.'
    ? undefined
    : { kind: kind as InBrowser, browser, profile };
}

/** The id of an opener in a browser. */
export function openerId(kind: InBrowser, browser: string, profile?: string): OpenerId {
  return `${kind}:${browser}${profile === undefined ? '' : `/${profile}`}`;
}

/** One opener that there is on this machine, as offered to the user. */
export interface OpenerChoice {
  readonly id: OpenerId;
  readonly kind: Opener['kind'];
  /** The browser's own name, as in `Google Chrome`; undefined where none is named. */
  readonly browser: string | undefined;
  /** What the user calls the profile. */
  readonly profile: string | undefined;
}
