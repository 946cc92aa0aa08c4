import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BadInputError, toFailure } from '../../model/errors.ts';
import type { Clock } from '../../model/clock.ts';
import type { TemporaryCredentials } from '../../model/credentials.ts';
import { Secret } from '../../model/secret.ts';

/** Where the credentials come from, each time a program asks. */
export type CredentialSource = (signal: AbortSignal) => Promise<TemporaryCredentials>;

/** A running endpoint. */
export interface ContainerEndpoint {
  readonly url: string;
  readonly port: number;
  /** What programs must send as their `Authorization`. */
  readonly token: Secret;
  close(): Promise<void>;
}

const PATH = '/v1/credentials';
const HEADERS_TIMEOUT_MS = 5000;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_CONNECTIONS = 100;
const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' };
/** botocore gives up after two seconds without a byte; a person who has to sign in first takes longer. */
const STILL_HERE_EVERY_MS = 1000;

/**
 * Serves one role's credentials the way ECS and EKS do, for programs that run longer than credentials live.
 *
 * Only on 127.0.0.1; every request needs the token and the exact Host, and none that a browser sent is answered, so that neither a web page
 * (by DNS rebinding or otherwise) nor another user of the machine gets them. Through `ssh -R PORT:127.0.0.1:PORT` it serves a remote
 * machine under the same address.
 *
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export async function openContainerEndpoint(
  source: CredentialSource,
  clock: Clock,
  port = 0,
): Promise<ContainerEndpoint> {
  const token = new Secret(randomBytes(32).toString('base64url'));
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    void answer(request, response, { source, clock, token, port: portOf(server) });
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = HEADERS_TIMEOUT_MS;
  server.maxConnections = MAX_CONNECTIONS;
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${portOf(server)}${PATH}`,
    port: portOf(server),
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new BadInputError(
          `Port ${port} cannot be used here.`,
          'Choose another one, or none to take any that is free.',
          error,
        ),
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

interface Endpoint {
  readonly source: CredentialSource;
  readonly clock: Clock;
  readonly token: Secret;
  readonly port: number;
}

async function answer(request: IncomingMessage, response: ServerResponse, endpoint: Endpoint): Promise<void> {
  const refused = refusal(request, endpoint);
  if (refused !== undefined) {
    send(response, refused, { code: 'AccessDenied', message: 'This request is not allowed.' });
    return;
  }
  const left = new AbortController();
  response.once('close', () => left.abort());
  const stopBlanks = sendBlanks(response, endpoint.clock);
  try {
    const credentials = await endpoint.source(left.signal);
    stopBlanks();
    send(response, 200, {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey.reveal(),
      Token: credentials.sessionToken.reveal(),
      Expiration: credentials.expiresAt.toISOString(),
    });
  } catch (error) {
    stopBlanks();
    const { message, hint } = toFailure(error);
    send(response, 503, { code: 'CredentialsUnavailable', message: `${message} ${hint}` });
  }
}

/**
 * Sends blanks, with which JSON may begin, for as long as somebody has to be asked: the program waits on as long as the user takes.
 * Returns what ends it.
 */
function sendBlanks(response: ServerResponse, clock: Clock): () => void {
  let cancel: () => void;
  const next = (): void => {
    cancel = clock.setTimer(STILL_HERE_EVERY_MS, () => {
      if (!response.headersSent) {
        response.writeHead(200, HEADERS);
      }
      response.write(' ');
      next();
    });
  };
  next();
  response.once('close', () => cancel());
  return () => cancel();
}

function refusal(request: IncomingMessage, { token, port }: Endpoint): number | undefined {
  const hosts = request.rawHeaders.filter(
    (_, index) => index % 2 === 1 && request.rawHeaders[index - 1]?.toLowerCase() === 'host',
  );
  if (hosts.length !== 1 || hosts[0] !== `127.0.0.1:${port}`) {
    return 421;
  }
  // No SDK sends these; every browser sends one of them on what a page could do here.
  if (
    request.headers.origin !== undefined ||
    Object.keys(request.headers).some((name) => name.startsWith('sec-fetch-'))
  ) {
    return 403;
  }
  if (!sameText(request.headers.authorization ?? '', token.reveal())) {
    return 401;
  }
  if (request.method !== 'GET') {
    return 405;
  }
  return request.url === PATH ? undefined : 404;
}

/** Compares in constant time, also over texts of different length. */
function sameText(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function send(response: ServerResponse, status: number, body: Readonly<Record<string, string>>): void {
  if (response.destroyed) {
    return;
  }
  if (!response.headersSent) {
    response.writeHead(status, HEADERS);
  } else if (status !== 200) {
    // Too late to say so. SDKs take a cut reply for a fault of the network and ask again; that reply then tells them.
    response.destroy();
    return;
  }
  response.end(JSON.stringify(body));
}
