import { partitionOfRegion } from '../../model/partition.ts';
import { BadInputError } from '../../model/errors.ts';
import type { Env } from '../../aws/endpoints.ts';
import { configuredOrigins } from '../console/configured-origins.ts';

/**
 * The address of an Identity Center's portal.
 *
 * `aws`: a host of AWS's own. `own-domain`: a company's host that leads to one of AWS's. `configured`: the origin of an endpoint
 * variable (the sandbox, a private gateway).
 */
export interface StartUrl {
  readonly kind: 'aws' | 'own-domain' | 'configured';
  readonly url: string;
  /** The region, where the address tells it. */
  readonly region: string | undefined;
}

/** Source: https://github.com/aws/aws-cli/blob/v2/awscli/customizations/sso/resolve.py */
const AWS_SUFFIXES = [
  'awsapps.com',
  'awsapps.cn',
  'app.aws',
  'portal.amazonaws.com',
  'portal.amazonaws.com.cn',
  'portal.amazonaws.eu',
  'app.amazonwebservices.com.cn',
  'api.amazonwebservices.eu',
];
const ISSUER_HOSTS = new Set([
  'identitycenter.amazonaws.com',
  'identitycenter.amazonaws.com.cn',
  'identitycenter.amazonaws.eu',
  'identitycenter.us-gov.amazonaws.com',
]);
const REGION_IN_HOST = [
  /^[^.]+\.portal\.([a-z0-9-]+)\.app\.aws$/,
  /^[^.]+\.portal\.([a-z0-9-]+)\.app\.amazonwebservices\.com\.cn$/,
  /^[^.]+\.([a-z0-9-]+)\.portal\.amazonaws\.(?:com|com\.cn|eu)$/,
];
/** A host that is not AWS's but dresses as it. */
const LOOKALIKE = /awsapps|amazonaws|amazonwebservices|xn--/;
const MAX_LENGTH = 1024;

/**
 * Reads a start URL as people paste it: with `#/` behind, with or without `/start`, from the address bar of the portal. What
 * stands behind `#` or `?` is dropped, as the portal adds it for itself.
 *
 * Throws BadInputError for anything that is not the https address of a portal.
 */
export function parseStartUrl(text: string, env: Env = {}): StartUrl {
  const raw = text.trim();
  const url =
    /^[\x21-\x7e]+$/.test(raw) && !raw.includes('\\') && raw.length <= MAX_LENGTH && URL.canParse(raw)
      ? new URL(raw)
      : undefined;
  if (url === undefined || url.username !== '' || url.password !== '' || /^[^/]*\/\/[^/?#]*@/.test(raw)) {
    throw refuse();
  }
  if (configuredOrigins(env).has(url.origin)) {
    return { kind: 'configured', url: `${url.origin}${url.pathname}`, region: undefined };
  }
  if (url.protocol !== 'https:' || url.port !== '') {
    throw refuse();
  }
  return isAwsStartHost(url.hostname) ? awsStartUrl(url) : ownDomainStartUrl(url);
}

/** Whether portals under this host are AWS's own. */
export function isAwsStartHost(host: string): boolean {
  return ISSUER_HOSTS.has(host) || AWS_SUFFIXES.some((suffix) => host.endsWith(`.${suffix}`));
}

/** The region that a portal's host name tells, if any. */
export function regionOfStartHost(host: string): string | undefined {
  const region = REGION_IN_HOST.map((pattern) => pattern.exec(host)?.[1]).find((found) => found !== undefined);
  return region !== undefined && partitionOfRegion(region) !== undefined ? region : undefined;
}

function awsStartUrl(url: URL): StartUrl {
  // The portal's own pages live under /start/; the start URL is that folder. Elsewhere the path names the instance.
  const isClassic = /\.awsapps\.(?:com|cn)$/.test(url.hostname) && !url.pathname.startsWith('/directory/');
  const path = isClassic ? '/start' : url.pathname.replace(/\/+$/, '');
  return { kind: 'aws', url: `https://${url.hostname}${path}`, region: regionOfStartHost(url.hostname) };
}

function ownDomainStartUrl(url: URL): StartUrl {
  const isName =
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(url.hostname) && /[a-z]/.test(url.hostname.split('.').at(-1) ?? '');
  if (!isName || LOOKALIKE.test(url.hostname) || url.search !== '') {
    throw refuse();
  }
  return { kind: 'own-domain', url: `https://${url.hostname}${url.pathname.replace(/\/+$/, '')}`, region: undefined };
}

function refuse(): BadInputError {
  return new BadInputError(
    'That is not the address of an AWS access portal.',
    'Copy it from the address bar of the portal, such as https://d-1234567890.awsapps.com/start.',
  );
}
