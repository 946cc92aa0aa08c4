import type { Env } from './endpoints.ts';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * The proxy for a URL by `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` (lower case wins), or undefined.
 *
 * The same rules as the proxy-from-env package, which can read nothing but `process.env`; the tests compare the two. This
 * machine itself (`localhost`, `127.*`, `::1`) is never asked for through a proxy.
 */
export function proxyForUrl(url: URL, env: Env): URL | undefined {
  if (isLoopbackHost(url.hostname) || isExcluded(url, variable(env, 'no_proxy'))) {
    return undefined;
  }
  const scheme = url.protocol.slice(0, -1);
  const text = variable(env, `${scheme}_proxy`) || variable(env, 'all_proxy');
  if (text === '') {
    return undefined;
  }
  const withScheme = text.includes('://') ? text : `${scheme}://${text}`;
  return URL.canParse(withScheme) ? new URL(withScheme) : undefined;
}

/** Whether a URL's host name is this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function variable(env: Env, name: string): string {
  return env[name] || env[name.toUpperCase()] || '';
}

function isExcluded(url: URL, noProxy: string): boolean {
  if (noProxy === '*') {
    return true;
  }
  const port = url.port || DEFAULT_PORTS[url.protocol];
  const entries = noProxy.toLowerCase().split(/[,\s]/).filter(Boolean);
  return entries.some((entry) => matches(url.hostname, port, entry));
}

function matches(hostname: string, port: string | undefined, entry: string): boolean {
  const [, entryHost = entry, entryPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
  if (entryPort !== undefined && entryPort !== port) {
    return false;
  }
  return /^[.*]/.test(entryHost) ? hostname.endsWith(entryHost.replace(/^\*/, '')) : hostname === entryHost;
}
