import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RequestLog } from '../request-log.ts';
import type { World } from '../world.ts';
import { dispatch } from './dispatch.ts';
import { BodyTooLargeError, readRequest } from './read-request.ts';
import type { Endpoint } from './sandbox-request.ts';
import { writeReply } from './write-reply.ts';

/** Longer than the pools of clients keep idle connections, so that none is closed just as it is used again. */
const KEEP_ALIVE_MS = 65_000;

/** Starts listening on 127.0.0.1; port 0 takes a free one. */
export async function listenOnLoopback(world: World, log: RequestLog, port: number): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const hosts = [`127.0.0.1:${portOf(server)}`, `localhost:${portOf(server)}`];
    const host = incoming.headers.host ?? '';
    // A page of another site can reach this port under its own name (DNS rebinding); and we are no forward proxy for plain http.
    if (!hosts.includes(host) || incoming.url?.startsWith('/') !== true) {
      outgoing.writeHead(421).end('This address is not served here.');
      return;
    }
    void serve(incoming, outgoing, { kind: 'loopback' }, `http://${host}`, world, log);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

/** The port a server listens on. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** Answers one request that arrived at `endpoint`. Never rejects. */
export async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  endpoint: Endpoint,
  origin: string,
  world: World,
  log: RequestLog,
): Promise<void> {
  outgoing.on('error', () => undefined);
  try {
    const request = await readRequest(incoming, endpoint, origin);
    const outcome = await dispatch(request, world, log);
    if (outcome.kind === 'reset') {
      reset(incoming.socket);
    } else if (outcome.kind === 'reply' && !outgoing.destroyed) {
      const meta = { date: world.now(), requestId: request.requestId, clock: world.clock };
      writeReply(outgoing, outcome.reply, outcome.faults, meta);
    }
  } catch (error) {
    if (error instanceof BodyTooLargeError) {
      outgoing.writeHead(413, { connection: 'close' }).end();
    } else {
      // The client went away while it was sending.
      outgoing.destroy();
    }
  }
}

/** A TLS socket has no RST of its own; it is destroyed, which the client sees as a closed connection. */
function reset(socket: Socket): void {
  if ('resetAndDestroy' in socket && !('encrypted' in socket)) {
    socket.resetAndDestroy();
  } else {
    socket.destroy();
  }
}
