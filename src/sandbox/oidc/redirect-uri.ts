const LOOPBACK_HOSTS = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether a native application may register this redirect: http on a loopback address, no fragment. */
export function isLoopbackRedirect(redirectUri: string): boolean {
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined;
  return url !== undefined && url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname) && url.hash === '';
}

/**
 * Whether the redirect asked for is one of those registered. The port is not compared: native applications learn theirs when they listen.
 * Source: RFC 8252 section 7.3.
 */
export function matchesRegisteredRedirect(redirectUri: string, registered: readonly string[]): boolean {
  return (
    isLoopbackRedirect(redirectUri) &&
    registered.some((candidate) => withoutPort(candidate) === withoutPort(redirectUri))
  );
}

function withoutPort(redirectUri: string): string {
  const url = new URL(redirectUri);
  return `${url.protocol}//${url.hostname}${url.pathname}${url.search}`;
}
