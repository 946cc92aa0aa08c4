import { AwsUnavailableError, CaptivePortalError, MalformedReplyError } from './aws-errors.ts';
import type { HttpTransport, TransportReply } from './http-transport.ts';

/** The request as the SDK's client hands it over, in the fields used here. */
interface SdkHttpRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface SdkHttpResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** What the SDK's `requestHandler` option takes. */
export interface SdkRequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: SdkHttpRequest, options?: { readonly abortSignal?: unknown }): Promise<{ response: SdkHttpResponse }>;
  updateHttpClientConfig(key: never, value: never): void;
  httpHandlerConfigs(): Record<string, never>;
}

/**
 * Lets an SDK client send through our transport. Replies that cannot be AWS's (web pages, redirects) never reach its parser.
 */
export function sdkRequestHandler(
  transport: HttpTransport,
  onReply: (reply: TransportReply) => void,
): SdkRequestHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request, options) {
      const url = requestUrl(request);
      const reply = await transport.send(
        { method: request.method, url, headers: request.headers, body: requestBody(request.body) },
        { signal: options?.abortSignal instanceof AbortSignal ? options.abortSignal : undefined },
      );
      refuseForeignReply(reply, url.host);
      onReply(reply);
      return { response: { statusCode: reply.status, headers: { ...reply.headers }, body: reply.body } };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

/**
 * Throws where the reply did not come from AWS's own service: a redirect (never followed: the request carries credentials) or
 * a web page. AWS's load balancers answer outages with pages too, hence 5xx is AWS's.
 */
export function refuseForeignReply(reply: TransportReply, host: string): void {
  const isPage =
    /^(text\/html|application\/xhtml)/i.test(reply.headers['content-type'] ?? '') || looksLikeHtml(reply.body);
  if (reply.status >= 500 && isPage) {
    throw new AwsUnavailableError(host, reply.status);
  }
  if (isPage || (reply.status >= 300 && reply.status < 400)) {
    throw new CaptivePortalError(host);
  }
  if (reply.status < 200) {
    throw new MalformedReplyError(`HTTP ${reply.status}`);
  }
}

function looksLikeHtml(body: Uint8Array): boolean {
  const start = new TextDecoder().decode(body.subarray(0, 64)).trimStart().toLowerCase();
  return start.startsWith('<!doctype html') || start.startsWith('<html');
}

function requestUrl(request: SdkHttpRequest): URL {
  const port = request.port === undefined ? '' : `:${request.port}`;
  const query = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => queryPart(name, one)),
  );
  const search = query.length === 0 ? '' : `?${query.join('&')}`;
  return new URL(`${request.protocol}//${request.hostname}${port}${request.path}${search}`);
}

function queryPart(name: string, value: string | null): string {
  return value === null ? escapeUri(name) : `${escapeUri(name)}=${escapeUri(value)}`;
}

/** As SigV4 wants it: everything but unreserved characters is escaped. */
function escapeUri(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function requestBody(body: unknown): string | Uint8Array | undefined {
  return typeof body === 'string' || body instanceof Uint8Array ? body : undefined;
}
