import type { Env } from './endpoints.ts';
import { isLoopbackHost, proxyForUrl } from './proxy.ts';

/** How requests leave this machine, by the user's settings. */
export interface Egress {
  /** `environment`: as the environment's variables say. A URL may hold the user name and password for the proxy. */
  readonly proxy: 'environment' | 'none' | ManualProxy;
  /** A PEM file of certificate authorities to trust besides the usual ones; empty for none. */
  readonly caBundleFile: string;
}

/** One proxy for everything but what `noProxy` names, in the form of `NO_PROXY`. */
export interface ManualProxy {
  readonly url: URL;
  readonly noProxy: string;
}

/** Looks the settings up, anew for each request: they count from the moment they are changed. Throws what the secret store throws. */
export type LoadEgress = () => Promise<Egress>;

/** Without settings: the environment alone counts. */
export const EGRESS_BY_ENVIRONMENT: Egress = { proxy: 'environment', caBundleFile: '' };

/** The proxy for a URL, or undefined. What the user set wins over the environment's variables, as they were set for this program. */
export function chosenProxy(url: URL, { proxy }: Egress, env: Env): URL | undefined {
  if (proxy === 'environment') {
    return proxyForUrl(url, env);
  }
  if (proxy === 'none' || isLinkLocal(url.hostname) || isLoopbackHost(url.hostname)) {
    return undefined;
  }
  const asEnvironment = { https_proxy: proxy.url.href, http_proxy: proxy.url.href, no_proxy: proxy.noProxy };
  return proxyForUrl(url, asEnvironment);
}

/** Where instances and containers find their credentials: nothing that a proxy could reach. */
function isLinkLocal(hostname: string): boolean {
  return hostname.startsWith('169.254.') || hostname === '[fd00:ec2::254]' || hostname === '[fd00:ec2::23]';
}
