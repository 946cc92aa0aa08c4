import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { writeFileAtomic } from '../files/atomic-file.ts';
import { MAX_TIMER_MS, type Clock } from '../model/clock.ts';
import { Secret } from '../model/secret.ts';
import type { Surroundings } from '../session/ports.ts';
import { answerBrokerRequest, type BrokerParts } from './broker-routes.ts';
import { listenAlone } from './listen-alone.ts';
import { processTable } from './process-table.ts';
import { PIPE_KEY_FILE, socketPlace, type SocketPlace } from './socket-place.ts';

/** Requests are some hundred bytes from the same machine. */
const REQUEST_TIMEOUT_MS = 5_000;

/** What a broker is started with. */
export interface BrokerOptions extends Pick<BrokerParts, 'version' | 'credentials' | 'show'> {
  readonly surroundings: Surroundings;
  /** The system's processes when left out. */
  readonly processes?: BrokerParts['processes'];
}

/** A running broker. */
export interface Broker {
  readonly path: string;
  /** Hangs up on everybody and removes the socket. */
  close(): Promise<void>;
}

/**
 * Serves credentials to the user's programs on the user's socket. Undefined when another process serves there already.
 *
 * Throws SocketUnsafeError, FileFailedError, or what listening throws.
 */
export async function startBroker(options: BrokerOptions): Promise<Broker | undefined> {
  const { surroundings, version, credentials, show } = options;
  const { clock, platform, log } = surroundings;
  const place = socketPlace(surroundings);
  const key = platform === 'win32' ? new Secret(randomBytes(32).toString('base64url')) : undefined;
  const processes = options.processes ?? processTable(clock, platform);
  const server = createBrokerServer({ clock, log, version, credentials, show, processes, key });
  if (!(await listenAlone(server, place, clock))) {
    return undefined;
  }
  await writeKey(place, key);
  return {
    path: place.path,
    async close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

async function writeKey({ folder }: SocketPlace, key: Secret | undefined): Promise<void> {
  if (key !== undefined) {
    await writeFileAtomic(join(folder, PIPE_KEY_FILE), key.reveal(), { mode: 0o600 });
  }
}

/** The broker's HTTP server. Slow, large and idle callers are cut off; the others do not notice them. */
export function createBrokerServer(parts: BrokerParts): Server {
  const server = createServer(
    {
      maxHeaderSize: 8 * 1024,
      // Node's own look at all connections, each so often, would wake an app that nobody asks anything.
      connectionsCheckingInterval: MAX_TIMER_MS,
      // Anybody may speak HTTP/1.1 without a Host to a socket; there is no name to rebind.
      requireHostHeader: false,
    },
    (request, response) => void answerBrokerRequest(request, response, parts),
  );
  server.maxConnections = 1024;
  cutOffSlow(server, parts.clock);
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('connect', (_request, socket) => socket.destroy());
  server.on('clientError', (_error, socket) => {
    if (socket.writable) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    }
  });
  return server;
}

/** Hangs up on those whose request is not whole in time. Who then waits for the answer may wait. */
function cutOffSlow(server: Server, clock: Clock): void {
  const cancels = new Map<Socket, () => void>();
  const isWhole = (socket: Socket): void => {
    cancels.get(socket)?.();
    cancels.delete(socket);
  };
  server.on('connection', (socket) => {
    cancels.set(
      socket,
      clock.setTimer(REQUEST_TIMEOUT_MS, () => socket.destroy()),
    );
    socket.once('close', () => isWhole(socket));
  });
  server.on('request', (request) => {
    request.once('end', () => isWhole(request.socket));
  });
}
