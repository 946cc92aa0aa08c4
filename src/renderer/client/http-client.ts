import type { AppState } from '../../shared/app-state.ts';
import type { Client } from '../../shared/client.ts';
import type { Execute } from '../../shared/commands.ts';
import { applyStateMessage, type StateMessage } from '../../shared/state-message.ts';
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
  | { readonly kind: 'client'; readonly client: Client }
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
  const token =
    typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string'
      ? body.token
      : undefined;
  return token === undefined ? { kind: 'locked' } : { kind: 'client', client: createHttpClient(page, token, view) };
}

function createHttpClient(page: HttpPage, token: string, view: Client['view']): Client {
  const messages = new Set<(message: StateMessage) => void>();
  const connections = new Set<(connected: boolean) => void>();
  let state: AppState | undefined;
  const stream = followEvents(page, token, {
    onMessage(message) {
      state =
        message.kind === 'snapshot'
          ? message.state
          : state === undefined
            ? undefined
            : applyStateMessage(state, message);
      for (const listener of messages) {
        listener(message);
      }
    },
    onConnection(connected) {
      for (const listener of connections) {
        listener(connected);
      }
    },
  });
  void stream;
  return {
    view,
    execute: createExecute(page, token),
    subscribe(listener) {
      messages.add(listener);
      if (state !== undefined) {
        listener({ kind: 'snapshot', state });
      }
      return () => messages.delete(listener);
    },
    onConnection(listener) {
      connections.add(listener);
      return () => connections.delete(listener);
    },
  };
}

function createExecute(page: HttpPage, token: string): Execute {
  const execute = async (name: string, input: unknown): Promise<unknown> => {
    const response = await post(page, '/api/command', { name, input }, token).catch(() => undefined);
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
  readonly onMessage: (message: StateMessage) => void;
  readonly onConnection: (connected: boolean) => void;
}

/** Reads the stream of changes, and again when it breaks, until the host refuses the token: then it was started anew. */
async function followEvents(page: HttpPage, token: string, sink: EventSink): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const response = await post(page, '/api/events', {}, token).catch(() => undefined);
    if (response?.status === 401 || response?.status === 403) {
      sink.onConnection(false);
      return;
    }
    if (response?.ok === true && response.body !== null) {
      pauseMs = FIRST_PAUSE_MS;
      sink.onConnection(true);
      await deliver(response.body, sink).catch(() => undefined);
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

function post(page: HttpPage, path: string, body: unknown, token: string | undefined): Promise<Response> {
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
  });
}
