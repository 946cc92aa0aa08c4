import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../core/model/clock.ts';
import type { Secret } from '../core/model/secret.ts';

const LIFETIME_MS = 30_000;

/**
 * A loopback address that leads to `target` once, within 30 seconds. For handing a long or signed address to a program without
 * putting it where others can read it: the short one is worth nothing afterwards.
 */
export async function createOneShotRedirect(target: Secret, clock: Clock): Promise<string> {
  const path = `/${randomBytes(16).toString('hex')}`;
  const server = http.createServer((request, response) => {
    const host = `127.0.0.1:${portOf(server)}`;
    if (request.method !== 'GET' || request.url !== path || request.headers.host !== host) {
      response.writeHead(404, { connection: 'close' }).end();
      return;
    }
    response.writeHead(302, {
      location: target.reveal(),
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      connection: 'close',
    });
    response.end();
    end();
  });
  const cancelTimer = clock.setTimer(LIFETIME_MS, () => end());
  const end = (): void => {
    cancelTimer();
    server.close();
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, resolve);
  });
  server.unref();
  return `http://127.0.0.1:${portOf(server)}${path}`;
}

function portOf(server: http.Server): number {
  return (server.address() as AddressInfo | null)?.port ?? 0;
}
