import type { MarkColour } from '../../shared/app-state.ts';
import type { InBrowser } from '../../shared/console-opener.ts';
import type { InstalledBrowser } from './find-browsers.ts';

/** How a container of Firefox is called, and its colour there. */
export interface ContainerLook {
  readonly name: string;
  readonly colour: MarkColour | undefined;
}

/**
 * The program and arguments that open `address` in a browser, one of its profiles, a private window or a container. No shell is
 * between, so nothing in a name is anything but a name.
 */
export function openerCommand(
  { browser, program }: Pick<InstalledBrowser, 'browser' | 'program'>,
  how: { readonly kind: InBrowser; readonly profile: string | undefined; readonly container: ContainerLook },
  address: string,
): readonly string[] {
  const { kind, profile, container } = how;
  if (browser.family === 'chromium') {
    const inProfile = profile === undefined ? [] : [`--profile-directory=${profile}`];
    return [program, ...inProfile, ...(kind === 'private' ? [browser.privateFlag] : []), address];
  }
  const inProfile = profile === undefined ? [] : ['-P', profile];
  const target = kind === 'granted' || kind === 'container' ? containerAddress(kind, container, address) : address;
  return [program, ...inProfile, kind === 'private' ? browser.privateFlag : '--new-tab', target];
}

/** Firefox has no grey for containers; what it does not know the add-ons refuse. */
const FIREFOX_COLOURS: Readonly<Record<MarkColour, string>> = {
  red: 'red',
  orange: 'orange',
  yellow: 'yellow',
  green: 'green',
  teal: 'turquoise',
  blue: 'blue',
  purple: 'purple',
  grey: '',
};

/**
 * The address by which an add-on of Firefox opens another one in a container, which it makes where there is none of this name. Firefox
 * itself has no such address.
 * Source: https://github.com/common-fate/granted-containers and https://github.com/honsiorovskyi/open-url-in-container
 */
export function containerAddress(
  addOn: 'granted' | 'container',
  { name, colour }: ContainerLook,
  address: string,
): string {
  const scheme = addOn === 'granted' ? 'ext+granted-containers' : 'ext+container';
  const fields = {
    name,
    url: address,
    color: colour === undefined ? '' : FIREFOX_COLOURS[colour],
    icon: 'briefcase',
  };
  const encoded = Object.entries(fields).map(([field, value]) => `${field}=${encodeURIComponent(value)}`);
  return `${scheme}:${encoded.join('&')}`;
}
