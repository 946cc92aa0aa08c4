import * as http from 'node:http';
import * as https from 'node:https';
import { CoreError } from '../model/errors.ts';
import type { Clock } from '../model/clock.ts';
import { createAgentPool, type AgentPool, type CancellableRequestOptions, type Route } from './agent-pool.ts';
import { AwsTimeoutError, ProxyFailedError } from './aws-errors.ts';
import { DEFAULT_LIMITS, startDeadline, type CallLimits, type Deadline } from './deadline.ts';
import { chosenProxy, EGRESS_BY_ENVIRONMENT, type LoadEgress } from './egress.ts';
import type { Env } from './endpoints.ts';
import { isUnknownAuthority, networkError } from './network-errors.ts';
import { readBody } from './reply-body.ts';
import { createTrust, trustByBundle, type LoadTrust, type Trust } from './trust.ts';

/** One request, in full: no stream, so that it can be sent again. */
export interface TransportRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

/** The whole reply. Header names are in lower case. */
export interface TransportReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Sends requests within limits, through the user's proxy, trusting the user's authorities. Never follows a redirect. */
export interface HttpTransport {
  /** Throws a CoreError that tells offline, proxy, certificate and timeout apart, or the signal's reason. Any status is a reply. */
  send(request: TransportRequest, options?: SendOptions): Promise<TransportReply>;
  /** Closes kept connections. */
  close(): void;
}

/** What differs by call. */
export interface SendOptions {
  readonly signal?: AbortSignal | undefined;
  readonly totalMs?: number | undefined;
}

/** What a transport is made of. */
export interface HttpTransportOptions {
  readonly env: Env;
  readonly clock: Clock;
  readonly limits?: CallLimits;
  readonly trust?: Trust;
  /** What the user's settings say; the environment alone counts where it is left out. */
  readonly egress?: LoadEgress | undefined;
}

/**
 * A transport over Node's http and https.
 *
 * The SDK's own NodeHttpHandler knows neither proxies nor a limit on bodies or on the whole call, and would hand a hotel's
 * log-in page to the JSON parser; so the SDK sends through this one (see `sdk-request-handler.ts`).
 */
export function createHttpTransport(options: HttpTransportOptions): HttpTransport {
  const { env, trust } = options;
  const trustFor = trustByBundle((bundleFile) => trust ?? createTrust(env, { bundleFile }));
  const pools = new Map<LoadTrust, AgentPool>();
  const poolFor = async (load: LoadTrust): Promise<AgentPool> => {
    const secureContext = await load();
    const pool = pools.get(load) ?? createAgentPool(secureContext);
    pools.set(load, pool);
    return pool;
  };
  const way = async (url: URL): Promise<Way> => {
    const egress = (await options.egress?.()) ?? EGRESS_BY_ENVIRONMENT;
    return { proxy: chosenProxy(url, egress, env), trust: await trustFor(egress.caBundleFile) };
  };
  return {
    send: (request, sendOptions = {}) => send({ options, way, poolFor, request, sendOptions }),
    close() {
      pools.forEach((pool) => pool.close());
      pools.clear();
    },
  };
}

/** How a request is to leave, as the settings are now. */
interface Way {
  readonly proxy: URL | undefined;
  readonly trust: Trust;
}

interface Sending {
  readonly options: HttpTransportOptions;
  readonly way: (url: URL) => Promise<Way>;
  readonly poolFor: (load: LoadTrust) => Promise<AgentPool>;
  readonly request: TransportRequest;
  readonly sendOptions: SendOptions;
}

async function send(sending: Sending): Promise<TransportReply> {
  const { options, sendOptions, request } = sending;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const deadline = startDeadline(
    options.clock,
    { ...limits, totalMs: sendOptions.totalMs ?? limits.totalMs },
    sendOptions.signal,
    (phase) => new AwsTimeoutError(request.url.host, phase),
  );
  try {
    return await sendWithTrust(sending, deadline, limits.bodyBytes);
  } finally {
    deadline.end();
  }
}

/** Tries with the usual trust, then once more with the system's authorities where the issuer is unknown. */
async function sendWithTrust(sending: Sending, deadline: Deadline, bodyBytes: number): Promise<TransportReply> {
  const { way, poolFor, request } = sending;
  const { proxy, trust } = await way(request.url);
  const usual = (await poolFor(trust.usual)).route(request.url, proxy);
  try {
    return await exchangeFresh(request, usual, deadline, bodyBytes);
  } catch (error) {
    const canWiden = isUnknownAuthority(error) && !deadline.signal.aborted && (await trust.widened()) !== undefined;
    if (!canWiden) {
      throw explain(error, request, usual, deadline);
    }
  }
  const widened = (await poolFor(trust.widened)).route(request.url, proxy);
  return exchangeFresh(request, widened, deadline, bodyBytes).catch((error: unknown) => {
    throw explain(error, request, widened, deadline);
  });
}

function explain(error: unknown, request: TransportRequest, route: Route, deadline: Deadline): unknown {
  if (deadline.signal.aborted) {
    return deadline.signal.reason;
  }
  return error instanceof CoreError ? error : networkError(error, request.url.host, route.proxy);
}

/** A kept connection turned out to be closed by the other side (after sleep, say); nothing of the request was answered. */
class StaleConnectionError extends Error {}

const MAX_STALE_CONNECTIONS = 3;

/** Sends; where a kept connection was dead, sends again on another. Source: https://nodejs.org/api/http.html#requestreusedsocket */
async function exchangeFresh(
  request: TransportRequest,
  route: Route,
  deadline: Deadline,
  bodyBytes: number,
): Promise<TransportReply> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await exchange(request, route, deadline, bodyBytes);
    } catch (error) {
      if (!(error instanceof StaleConnectionError) || tries > MAX_STALE_CONNECTIONS || deadline.signal.aborted) {
        throw error instanceof StaleConnectionError ? error.cause : error;
      }
    }
  }
}

function exchange(
  request: TransportRequest,
  route: Route,
  deadline: Deadline,
  bodyBytes: number,
): Promise<TransportReply> {
  const { url, method, headers } = request;
  return new Promise((resolve, reject) => {
    // Node tells of an abort only once the agent has a socket, which a proxy may never give.
    deadline.signal.addEventListener('abort', () => reject(deadline.signal.reason as Error), { once: true });
    const options: CancellableRequestOptions = {
      method,
      headers,
      agent: route.agent,
      signal: deadline.signal,
      cancelled: deadline.signal,
    };
    const outgoing = (url.protocol === 'https:' ? https : http).request(url, options);
    outgoing.once('error', (error) => {
      const isStale =
        outgoing.reusedSocket && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      reject(isStale ? new StaleConnectionError('closed by the other side', { cause: error }) : error);
    });
    outgoing.once('socket', (socket) => {
      const ready = url.protocol === 'https:' ? 'secureConnect' : 'connect';
      return socket.connecting ? socket.once(ready, () => deadline.connected()) : deadline.connected();
    });
    outgoing.once('proxyConnect', (answer: { readonly statusCode?: number }) => {
      if (answer.statusCode !== undefined && answer.statusCode !== 200) {
        reject(proxyRefusal(route.proxy, answer.statusCode));
        outgoing.destroy();
      }
    });
    outgoing.once('response', (incoming) => {
      receive(incoming, route, bodyBytes).then(resolve, reject);
    });
    outgoing.end(request.body);
  });
}

async function receive(incoming: http.IncomingMessage, route: Route, bodyBytes: number): Promise<TransportReply> {
  const status = incoming.statusCode ?? 0;
  if (status === 407) {
    incoming.destroy();
    throw proxyRefusal(route.proxy, status);
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return { status, headers, body: await readBody(incoming, headers['content-encoding'], bodyBytes) };
}

function proxyRefusal(proxy: URL | undefined, status: number): ProxyFailedError {
  const what = status === 407 ? 'asks for a user name and password' : `does not connect to AWS (HTTP ${status})`;
  return new ProxyFailedError(proxy?.host ?? 'in between', what);
}
