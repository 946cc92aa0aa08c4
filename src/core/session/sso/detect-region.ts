import type { AwsNetwork } from '../../aws/client-config.ts';
import { endpointOverride } from '../../aws/endpoints.ts';
import type { TransportReply } from '../../aws/http-transport.ts';
import { BadInputError } from '../../model/errors.ts';
import { partitionOfRegion } from '../../model/partition.ts';
import { isAwsStartHost, parseStartUrl, regionOfStartHost, type StartUrl } from './start-url.ts';

/** A start URL on a host of AWS's, after redirects, and its region where it could be found. */
export interface ResolvedStartUrl {
  readonly url: string;
  readonly region: string | undefined;
}

const MAX_REDIRECTS = 5;
const LOOKUP_TIMEOUT_MS = 10_000;
/** The portal's page names its region in its head. */
const REGION_META = /<meta\s+name=["']region["']\s+content=["']([a-z0-9-]{5,32})["']\s*\/?>/i;

/**
 * The region of an Identity Center: from its address, else from the portal's page. Nothing is sent but the request itself.
 * Throws BadInputError where neither tells it: then the user has to say.
 */
export async function detectRegion(network: AwsNetwork, startUrl: string, signal: AbortSignal): Promise<string> {
  const parsed = parseStartUrl(startUrl, network.env);
  // Where the user's own endpoints stand in for AWS (the sandbox, a private gateway), AWS's page is not asked.
  const isElsewhere = parsed.kind === 'aws' && endpointOverride('sso-oidc', network.env) !== undefined;
  const region = parsed.region ?? (isElsewhere ? undefined : (await followToPortal(network, parsed, signal)).region);
  if (region === undefined) {
    throw new BadInputError(
      'The region of this portal could not be found out.',
      'Choose the region in which your Identity Center is set up; your administrator knows it.',
    );
  }
  return region;
}

/**
 * Where a company's own address leads; AWS's own addresses come back as they are, without a request. AWS's sign-in service knows
 * only its own. Throws BadInputError where the address does not lead to a portal of AWS's.
 */
export async function resolveStartUrl(
  network: AwsNetwork,
  startUrl: string,
  signal: AbortSignal,
): Promise<ResolvedStartUrl> {
  const parsed = parseStartUrl(startUrl, network.env);
  return parsed.kind === 'own-domain' ? followToPortal(network, parsed, signal) : parsed;
}

async function followToPortal(network: AwsNetwork, start: StartUrl, signal: AbortSignal): Promise<ResolvedStartUrl> {
  let url = new URL(start.url);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const region = isPortal(url, start) ? regionOfStartHost(url.hostname) : undefined;
    if (region !== undefined) {
      return { url: portalUrl(url), region };
    }
    const reply = await network.transport.send(
      { method: 'GET', url, headers: { accept: 'text/html' } },
      { signal, totalMs: LOOKUP_TIMEOUT_MS },
    );
    const next = redirectTarget(reply, url);
    if (next === undefined) {
      return pageResult(url, start, reply);
    }
    refuseForeignHop(next, start);
    url = next;
  }
  throw notAPortal();
}

function pageResult(url: URL, start: StartUrl, reply: TransportReply): ResolvedStartUrl {
  if (!isPortal(url, start)) {
    throw notAPortal();
  }
  const region = REGION_META.exec(new TextDecoder().decode(reply.body))?.[1];
  const isKnown = region !== undefined && partitionOfRegion(region) !== undefined;
  return { url: portalUrl(url), region: isKnown ? region : undefined };
}

/** A portal that redirects within itself stays what the user typed. */
function isPortal(url: URL, start: StartUrl): boolean {
  return isAwsStartHost(url.hostname) || (start.kind === 'configured' && url.origin === new URL(start.url).origin);
}

function portalUrl(url: URL): string {
  return isAwsStartHost(url.hostname) ? parseStartUrl(url.href).url : `${url.origin}${url.pathname}`;
}

function redirectTarget(reply: TransportReply, from: URL): URL | undefined {
  const location = reply.headers['location'];
  const isRedirect = [301, 302, 303, 307, 308].includes(reply.status) && location !== undefined;
  return isRedirect && URL.canParse(location, from.href) ? new URL(location, from) : undefined;
}

/** A redirect may lead from the company's own host to AWS, or stay on the company's host; never elsewhere, never off https. */
function refuseForeignHop(next: URL, start: StartUrl): void {
  const home = new URL(start.url);
  const isHome = next.origin === home.origin;
  const isAws = next.protocol === 'https:' && next.port === '' && next.username === '' && isAwsStartHost(next.hostname);
  if (!isHome && !isAws) {
    throw notAPortal();
  }
}

function notAPortal(): BadInputError {
  return new BadInputError(
    'That address does not lead to an AWS access portal.',
    "Use the portal's own address, such as https://d-1234567890.awsapps.com/start.",
  );
}
