import * as http from 'node:http';
import * as https from 'node:https';
import type { SecureContext } from 'node:tls';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';

/** How one request leaves this machine. */
export interface Route {
  readonly agent: http.Agent;
  readonly proxy: URL | undefined;
}

/** Node keeps a request's `signal` from the agent, so it comes under this name too. */
export interface CancellableRequestOptions extends https.RequestOptions {
  readonly cancelled?: AbortSignal;
}

/** Keeps connections open between requests, directly or through the user's proxy. */
export interface AgentPool {
  /** The way to a URL, through this proxy where one is given. */
  route(url: URL, proxy: URL | undefined): Route;
  close(): void;
}

/** A pool whose TLS connections trust `secureContext`, or Node's default roots. */
export function createAgentPool(secureContext: SecureContext | undefined): AgentPool {
  const trust = secureContext === undefined ? {} : { secureContext };
  const agents = new Map<string, http.Agent>();
  return {
    route(url, proxy) {
      const key = `${url.protocol} ${proxy?.href ?? ''}`;
      const agent = agents.get(key) ?? createAgent(url.protocol === 'https:', proxy, trust);
      agents.set(key, agent);
      return { agent, proxy };
    },
    close() {
      agents.forEach((agent) => agent.destroy());
      agents.clear();
    },
  };
}

interface TlsTrust {
  readonly secureContext?: SecureContext;
}

/** Idle connections are closed after `timeout` milliseconds: those older are often dead already, which shows only in use. */
const KEEP_ALIVE = { keepAlive: true, scheduling: 'lifo', timeout: 4_000 } as const;

function createAgent(isHttps: boolean, proxy: URL | undefined, trust: TlsTrust): http.Agent {
  if (proxy === undefined) {
    return isHttps ? new https.Agent({ ...KEEP_ALIVE, ...trust }) : new http.Agent(KEEP_ALIVE);
  }
  return isHttps ? new TunnelAgent(proxy, trust) : new HttpProxyAgent(proxy, { ...KEEP_ALIVE, ...trust });
}

/**
 * HttpsProxyAgent with two things it lacks: the trust given here also holds inside the tunnel, and a request that ends
 * before the tunnel stands closes the socket to the proxy instead of leaving it open.
 */
class TunnelAgent extends HttpsProxyAgent<string> {
  readonly #trust: TlsTrust;

  constructor(proxy: URL, trust: TlsTrust) {
    super(proxy.href, { ...KEEP_ALIVE, ...trust });
    this.#trust = trust;
  }

  override async connect(
    request: http.ClientRequest,
    options: Parameters<HttpsProxyAgent<string>['connect']>[1],
  ): ReturnType<HttpsProxyAgent<string>['connect']> {
    const abandoned = new AbortController();
    const abandon = (): void => abandoned.abort();
    const { cancelled } = options as CancellableRequestOptions;
    cancelled?.addEventListener('abort', abandon, { once: true });
    // Read by the base class before its first await, so requests side by side do not mix.
    this.connectOpts = { ...this.connectOpts, signal: abandoned.signal };
    try {
      return await super.connect(request, { ...options, ...this.#trust });
    } finally {
      cancelled?.removeEventListener('abort', abandon);
    }
  }
}
