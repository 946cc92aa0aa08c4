import type { Env } from '../../aws/endpoints.ts';
import { PARTITIONS, partitionOfRegion } from '../../model/partition.ts';
import { UrlRefusedError } from '../errors.ts';
import { isAwsStartHost } from '../sso/start-url.ts';
import { configuredOrigins } from './configured-origins.ts';

/** What else a URL may be, beyond the pages of AWS. */
export interface UrlGateOptions {
  readonly env: Env;
  /** The start URL of the Identity Center at hand: its host is let through exactly. */
  readonly portal?: string | undefined;
  /** The longest URL, after normalising. Sign-in URLs made here hold a token and are longer than any that may come from outside. */
  readonly maxLength?: number | undefined;
}

/** What Windows passes on to a browser; URLs from outside have no reason to be longer. */
export const MAX_OUTSIDE_URL_LENGTH = 2080;
/** Federation URLs carry a sign-in token of one to a few kilobytes. */
export const MAX_SIGNED_URL_LENGTH = 16_384;

/** The console and its sign-in, with their regional hosts. Not all of `amazonaws.com`: there everyone has a bucket. */
const CONSOLE_HOSTS = PARTITIONS.flatMap((partition) => [partition.signinHost, partition.consoleHost]);

/** Where a sign-in begins: the OIDC service's authorize page and the page that takes a device code. */
const SIGN_IN_HOST = /^(?:oidc|device\.sso)\.([a-z0-9-]+)\.([a-z.]+)$/;

/**
 * Lets a URL through to the browser, or throws UrlRefusedError. Returns it normalised: that text, not the raw one, is opened.
 *
 * Only https on its own port, to hosts of AWS, of the portal at hand, or (any scheme and port) of exactly an origin configured by
 * an endpoint variable. The raw text is looked at too: `URL` removes line breaks and outer spaces and turns look-alike letters
 * into plain ones without a word.
 */
export function passUrlGate(raw: string, options: UrlGateOptions): string {
  const url = parsePlain(raw);
  if (url.href.length > (options.maxLength ?? MAX_OUTSIDE_URL_LENGTH)) {
    throw new UrlRefusedError('it is too long');
  }
  if (configuredOrigins(options.env).has(url.origin)) {
    return url.href;
  }
  if (url.protocol !== 'https:') {
    throw new UrlRefusedError('it is not https');
  }
  if (url.port !== '') {
    throw new UrlRefusedError('it names a port');
  }
  if (!isAwsPageHost(url.hostname) && url.hostname !== portalHost(options.portal)) {
    throw new UrlRefusedError('its host is not one of AWS');
  }
  return url.href;
}

/** Whether AWS alone serves pages under this host. */
export function isAwsPageHost(host: string): boolean {
  const isConsole = CONSOLE_HOSTS.some((own) => host === own || host.endsWith(`.${own}`));
  return isConsole || isSignInHost(host) || isAwsStartHost(host);
}

function isSignInHost(host: string): boolean {
  const [, region = '', suffix] = SIGN_IN_HOST.exec(host) ?? [];
  return suffix !== undefined && partitionOfRegion(region)?.dnsSuffix === suffix;
}

/** A URL in printable ASCII, without user name, backslash, or anything that normalising would hide. */
function parsePlain(raw: string): URL {
  if (!/^[\x21-\x7e]+$/.test(raw) || raw.includes('\\')) {
    throw new UrlRefusedError('it holds characters that do not belong into an address');
  }
  const url = URL.canParse(raw) ? new URL(raw) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UrlRefusedError('it is not a web address');
  }
  if (url.username !== '' || url.password !== '' || /^https?:\/\/[^/?#]*@/i.test(raw)) {
    throw new UrlRefusedError('it holds a user name');
  }
  return url;
}

function portalHost(portal: string | undefined): string | undefined {
  return portal !== undefined && URL.canParse(portal) ? new URL(portal).hostname : undefined;
}
