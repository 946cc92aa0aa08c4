import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CoreError } from '../core/model/errors.ts';
import { answerRequest, refuse, type HostParts } from './host-routes.ts';

/** The port that was asked for cannot be had. */
export class PortTakenError extends CoreError {
  readonly code = 'busy';

  constructor(port: number, cause: unknown) {
    super(`Port ${port} cannot be used.`, 'Choose another with --port, or leave it out to get a free one.', cause);
  }
}

/** Listens on 127.0.0.1 alone; port 0 takes a free one. Throws PortTakenError. */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new PortTakenError(port, error)));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** The host's HTTP server, with limits that slow or idle clients run into. */
export function createHostServer(parts: HostParts): Server {
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 10_000,
      requestTimeout: 20_000,
      connectionsCheckingInterval: 2_000,
      keepAliveTimeout: 30_000,
    },
    (request, response) => {
      answerRequest(request, response, parts).catch(() => {
        if (response.headersSent) {
          response.destroy();
        } else {
          refuse(response, 500, 'internal');
        }
      });
    },
  );
  server.maxConnections = 256;
  // No WebSocket here, and a tunnel to nowhere: closed without a word.
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('connect', (_request, socket) => socket.destroy());
  server.on('clientError', (_error, socket) => {
    if (socket.writable) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    }
  });
  return server;
}
