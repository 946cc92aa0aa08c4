/** What the gate looks at; the raw list, because Node drops repeated headers from the parsed ones. */
export interface GatedRequest {
  readonly method: string;
  /** The request target as sent. */
  readonly target: string;
  /** Name, value, name, value, as sent. */
  readonly rawHeaders: readonly string[];
}

export interface Refusal {
  readonly status: 400 | 403 | 405 | 421;
  readonly reason: string;
}

const METHODS = new Set(['GET', 'HEAD', 'POST']);

/**
 * Whether a request can come from our own page in the user's browser. Undefined lets it pass; a secret is still needed behind.
 *
 * The exact Host stops DNS rebinding, the exact Origin stops other sites' forms and scripts; a POST without an Origin comes from
 * no browser. Sec-Fetch-Site is believed when it says no, and proves nothing when it is missing.
 */
export function refusalOf(request: GatedRequest, port: number): Refusal | undefined {
  const authority = `127.0.0.1:${port}`;
  const [host, ...otherHosts] = headerValues(request.rawHeaders, 'host');
  if (host !== authority || otherHosts.length > 0) {
    return { status: 421, reason: 'wrong host' };
  }
  if (!METHODS.has(request.method)) {
    return { status: 405, reason: 'method not allowed' };
  }
  if (!/^\/(?!\/)[\x21-\x7e]*$/.test(request.target)) {
    return { status: 400, reason: 'bad request target' };
  }
  return foreign(request, `http://${authority}`) ? { status: 403, reason: 'wrong origin' } : undefined;
}

function foreign(request: GatedRequest, ownOrigin: string): boolean {
  const reads = request.method !== 'POST';
  const origins = headerValues(request.rawHeaders, 'origin');
  const originFits = origins.length === 0 ? reads : origins.length === 1 && origins[0] === ownOrigin;
  return !originFits || !headerValues(request.rawHeaders, 'sec-fetch-site').every((site) => siteFits(site, request));
}

/** Typed addresses and those opened by a program say `none`; a link on another page may lead to our static page, but embed nothing. */
function siteFits(site: string, request: GatedRequest): boolean {
  if (site === 'same-origin') {
    return true;
  }
  const opensPage = headerValues(request.rawHeaders, 'sec-fetch-dest').join() === 'document';
  return request.method !== 'POST' && (site === 'none' || opensPage);
}

/** Every value of a header, in order. */
export function headerValues(rawHeaders: readonly string[], name: string): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
