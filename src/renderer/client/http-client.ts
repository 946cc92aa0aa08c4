import type { Client } from '../../shared/client.ts';
import type { Execute } from '../../shared/commands.ts';
import { HOST_PROOF_HEADER } from '../../shared/host-proof.ts';
import type { SentMessage } from '../../shared/sent-message.ts';
import { lines } from './lines.ts';
import { parseReply, parseStateMessage } from './parse-message.ts';

/** What the client needs of the page; tests give their own. */
export interface HttpPage {
  readonly fetch: typeof fetch;
  /** Resolves after `delayMs`. */
  readonly sleep: (delayMs: number) => Promise<void>;
}

/** How an attempt to reach the loopback host ended. */
export type HttpClientOutcome =
  | {
      readonly kind: 'client';
      readonly client: Client;
      /** What the page is let in with when it is loaded anew: good once, while it is there and for some seconds after. */
      readonly returnCode: string | undefined;
    }
  /** No code in the address, or one that was used or has run out. */
  | { readonly kind: 'locked' };

/** The host is gone for longer each time it is tried, up to this. */
const LONGEST_PAUSE_MS = 15_000;
const FIRST_PAUSE_MS = 1_000;

/**
 * Trades the one-shot code for a token and makes a client of it. The token lives in this closure and nowhere else: no cookie, no
 * web storage, so that nobody else on this machine's loopback gets it (security: cookies know no ports).
 */
export async function connectHttpClient(
  page: HttpPage,
  code: string | undefined,
  view: Client['view'],
): Promise<HttpClientOutcome> {
  if (code === undefined) {
    return { kind: 'locked' };
  }
  const response = await post(page, '/api/bootstrap', { code }, undefined).catch(() => undefined);
  const body: unknown = response?.ok === true ? await response.json().catch(() => undefined) : undefined;
  const token = textIn(body, 'token');
  const proof = textIn(body, 'proof');
  return token === undefined || proof === undefined
    ? { kind: 'locked' }
    : {
        kind: 'client',
        client: createHttpClient(page, { token, proof }, view),
        returnCode: textIn(body, 'returnCode'),
      };
}

/** What this page and its host know of each other. */
interface Acquaintance {
  readonly token: string;
  /** Never sent. */
  readonly proof: string;
}

function textIn(body: unknown, name: string): string | undefined {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function createHttpClient(page: HttpPage, host: Acquaintance, view: Client['view']): Client {
  const connections = new Set<(connected: boolean) => void>();
  let isLost = false;
  const onConnection = (connected: boolean): void => {
    isLost = !connected;
    for (const listener of connections) {
      listener(connected);
    }
  };
  return {
    view,
    execute: createExecute(page, host, () => isLost),
    // Each has a stream of its own, which begins with a snapshot; a page has one.
    subscribe(listener) {
      const end = new AbortController();
      void followEvents(page, host, { onMessage: listener, onConnection }, end.signal);
      return () => end.abort();
    },
    onConnection(listener) {
      connections.add(listener);
      return () => connections.delete(listener);
    },
  };
}

/** While the host is gone nothing is sent, codes and passphrases least of all: somebody else may listen in its place. */
function createExecute(page: HttpPage, { token }: Acquaintance, isLost: () => boolean): Execute {
  const execute = async (name: string, input: unknown): Promise<unknown> => {
    const response = isLost()
      ? undefined
      : await post(page, '/api/command', { name, input }, token).catch(() => undefined);
    const reply = parseReply(await response?.json().catch(() => undefined));
    return (
      reply ?? {
        ok: false,
        failure: {
          code: 'internal',
          message: 'Rolecall does not answer.',
          hint: 'Open it again from your terminal: rolecall host',
        },
      }
    );
  };
  // The host answers each command with that command's own reply; the table of commands is the contract.
  return execute as Execute;
}

interface EventSink {
  readonly onMessage: (message: SentMessage) => void;
  readonly onConnection: (connected: boolean) => void;
}

/**
 * Reads the stream of changes, and again when it breaks, until it is ended; or the host refuses the token: then it was started anew;
 * or another answers in its place.
 */
async function followEvents(
  page: HttpPage,
  { token, proof }: Acquaintance,
  sink: EventSink,
  end: AbortSignal,
): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; !end.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const response = await post(page, '/api/events', {}, token, end).catch(() => undefined);
    if (end.aborted) {
      return;
    }
    const isStranger = response?.ok === true && response.headers.get(HOST_PROOF_HEADER) !== proof;
    if (response?.status === 401 || response?.status === 403 || isStranger) {
      sink.onConnection(false);
      return;
    }
    if (response?.ok === true && response.body !== null) {
      pauseMs = FIRST_PAUSE_MS;
      sink.onConnection(true);
      await deliver(response.body, sink).catch(() => undefined);
      if (end.aborted) {
        return;
      }
    }
    sink.onConnection(false);
    await page.sleep(pauseMs);
  }
}

async function deliver(body: ReadableStream<Uint8Array>, sink: EventSink): Promise<void> {
  for await (const line of lines(body)) {
    const message = parseStateMessage(line);
    if (message !== undefined) {
      sink.onMessage(message);
    }
  }
}

function post(
  page: HttpPage,
  path: string,
  body: unknown,
  token: string | undefined,
  signal?: AbortSignal,
): Promise<Response> {
  return page.fetch(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    ...(signal === undefined ? {} : { signal }),
  });
}
