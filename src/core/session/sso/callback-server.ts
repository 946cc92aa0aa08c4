import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cleanText } from '../../aws/map-sdk-error.ts';
import { Secret } from '../../model/secret.ts';
import { CALLBACK_HEADERS, callbackPage, type CallbackPage } from './callback-page.ts';

/** The one path that is answered; AWS knows it without the port. */
export const CALLBACK_PATH = '/oauth/callback';

/** What came back from AWS's page by way of the browser. */
export type CallbackResult =
  | { readonly kind: 'code'; readonly code: Secret }
  | { readonly kind: 'denied' }
  /** `error` is OAuth's name for what went wrong at AWS. */
  | { readonly kind: 'failed'; readonly error: string };

/** A listener for the end of one sign-in. */
export interface CallbackServer {
  readonly port: number;
  /** With the port: what AWS sends the browser to. */
  readonly redirectUri: string;
  /** Resolves with the first request that knows the state; all others are ignored. */
  readonly result: Promise<CallbackResult>;
  /** Answers the browser that brought the result, and stops listening. */
  close(page: CallbackPage): void;
}

const CODE = /^[\x21-\x7e]{1,4096}$/;

/**
 * Listens on 127.0.0.1 for the redirect that ends a sign-in.
 *
 * Any page, and on many machines any user, can send requests here: those with a wrong path, state or form, and errors that do not
 * know the state, are answered and forgotten; they end nothing. `port` 0 takes a free one.
 */
export async function startCallbackServer(state: Secret, port = 0): Promise<CallbackServer> {
  let settle: (result: CallbackResult) => void = () => undefined;
  const result = new Promise<CallbackResult>((resolve) => {
    settle = resolve;
  });
  let waiting: ServerResponse | undefined;
  const server = createServer(LIMITS, (request, response) => {
    const found = readCallback(request, state, (server.address() as AddressInfo).port);
    if (found === undefined || waiting !== undefined) {
      answer(response, 404, 'not-ours');
      return;
    }
    waiting = response;
    settle(found);
  });
  server.maxConnections = 64;
  await listen(server, port);
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    redirectUri: `http://127.0.0.1:${bound}${CALLBACK_PATH}`,
    result,
    close(page) {
      server.close();
      if (waiting === undefined || waiting.writableEnded || waiting.destroyed) {
        server.closeAllConnections();
        return;
      }
      waiting.once('close', () => server.closeAllConnections());
      answer(waiting, 200, page);
    },
  };
}

/** Nobody needs more to say one line; slow ones are cut off. */
const LIMITS = { maxHeaderSize: 16_384, headersTimeout: 5_000, requestTimeout: 5_000, keepAliveTimeout: 1 };

/** Reads a request that ends the sign-in; undefined for every other. */
function readCallback(request: IncomingMessage, state: Secret, port: number): CallbackResult | undefined {
  // The Host check keeps out pages whose name was bent to point here.
  if (request.method !== 'GET' || request.headers.host !== `127.0.0.1:${port}`) {
    return undefined;
  }
  const [path, query = ''] = (request.url ?? '').split('?', 2);
  const parameters = new URLSearchParams(query);
  const [givenState, ...otherStates] = parameters.getAll('state');
  if (path !== CALLBACK_PATH || givenState === undefined || otherStates.length > 0 || !isSame(givenState, state)) {
    return undefined;
  }
  const error = parameters.get('error');
  if (error !== null) {
    return error === 'access_denied' ? { kind: 'denied' } : { kind: 'failed', error: cleanText(error) };
  }
  const [code, ...otherCodes] = parameters.getAll('code');
  return code !== undefined && otherCodes.length === 0 && CODE.test(code)
    ? { kind: 'code', code: new Secret(code) }
    : undefined;
}

/** Compares hashes, so that neither length nor place of a difference can be told from the time it takes. */
function isSame(given: string, state: Secret): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(hash(given), hash(state.reveal()));
}

function answer(response: ServerResponse, status: number, page: CallbackPage): void {
  response.writeHead(status, CALLBACK_HEADERS);
  response.end(callbackPage(page));
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
