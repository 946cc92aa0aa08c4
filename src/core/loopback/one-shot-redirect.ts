import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../model/clock.ts';
import { Secret } from '../model/secret.ts';
import { mayBelongToUser } from './peer-owner.ts';
import { refusalOf } from './request-gate.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** A local address that leads to another one once. */
export interface OneShotRedirect {
  readonly address: Secret;
  /** Resolves to whether the address was followed, once it was, or its time is over, or `close` was called. */
  readonly followed: Promise<boolean>;
  close(): void;
}

const LIFETIME_MS = 30_000;

/**
 * Serves a redirect to `url` on 127.0.0.1, for a browser that is started with its address: so the signed URL is in nobody's
 * arguments. Good once, for 30 seconds, for this user, under the exact Host and path; other requests get nothing and use nothing up.
 */
export async function serveOneShotRedirect(url: Secret, clock: Clock): Promise<OneShotRedirect> {
  const path = `/${randomBytes(32).toString('base64url')}`;
  const settled = settleOnce();
  const server = createServer({ maxHeaderSize: 16 * 1024, headersTimeout: 10_000 }, (request, response) => {
    void answer(request, response, path, url, settled).catch(() => response.destroy());
  });
  server.maxConnections = 32;
  server.on('upgrade', (_request, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, resolve);
  });
  const cancelTimer = clock.setTimer(LIFETIME_MS, () => settled.settle(false));
  void settled.promise.then((followed) => endServer(server, followed)).finally(cancelTimer);
  const { port } = server.address() as AddressInfo;
  return {
    address: new Secret(`http://127.0.0.1:${port}${path}`),
    followed: settled.promise,
    close: () => settled.settle(false),
  };
}

/** The answer to the browser may still be on its way; other connections are cut. */
function endServer(server: Server, followed: boolean): void {
  server.close();
  if (followed) {
    server.closeIdleConnections();
  } else {
    server.closeAllConnections();
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  url: Secret,
  settled: Settled,
): Promise<void> {
  const { method = '', url: target = '', rawHeaders } = request;
  const fits = refusalOf({ method, target, rawHeaders }, request.socket.localPort ?? 0) === undefined;
  const allowed = fits && method === 'GET' && target === path && (await mayBelongToUser(request.socket));
  if (!allowed || !settled.settle(true)) {
    response.writeHead(404, { ...SECURITY_HEADERS, Connection: 'close' });
    response.end();
    return;
  }
  response.writeHead(303, { ...SECURITY_HEADERS, Location: url.reveal(), Connection: 'close' });
  response.end();
}

interface Settled {
  readonly promise: Promise<boolean>;
  /** Whether this call was the first. */
  settle(value: boolean): boolean;
}

function settleOnce(): Settled {
  const state = { done: false, resolve: (_value: boolean): void => {} };
  const promise = new Promise<boolean>((resolve) => {
    state.resolve = resolve;
  });
  return {
    promise,
    settle(value) {
      const first = !state.done;
      state.done = true;
      state.resolve(value);
      return first;
    },
  };
}
