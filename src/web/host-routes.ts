import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import type { Core } from '../core/app/core.ts';
import type { Clock } from '../core/model/clock.ts';
import type { Notice } from '../shared/app-state.ts';
import { HOST_PROOF_HEADER } from '../shared/host-proof.ts';
import { streamState } from './event-stream.ts';
import { readJsonBody, type JsonBody } from './json-body.ts';
import type { PageKeys } from './page-keys.ts';
import { mayBelongToUser } from '../core/loopback/peer-owner.ts';
import { refusalOf } from '../core/loopback/request-gate.ts';
import { SECURITY_HEADERS } from '../core/loopback/security-headers.ts';
import type { StaticFile } from './static-files.ts';

/** What the routes work with. */
export interface HostParts {
  readonly core: Pick<Core, 'state' | 'execute' | 'notify'>;
  readonly clock: Clock;
  readonly keys: PageKeys;
  readonly files: ReadonlyMap<string, StaticFile>;
  /** Event streams that are open, with the key that opened each and the function that ends it. */
  readonly streams: Map<() => void, Buffer>;
  /** Called when a page swapped its code for a key. */
  readonly onPageOpened: () => void;
}

const MAX_COMMAND_BYTES = 1024 * 1024;
const MAX_BOOTSTRAP_BYTES = 1024;
const MAX_STREAMS = 32;

const BootstrapSchema = v.object({ code: v.pipe(v.string(), v.maxLength(128)) });
const CommandSchema = v.object({ name: v.unknown(), input: v.unknown() });

const CODE_REPLAYED: Omit<Notice, 'hint'> = {
  id: 'host-code-replayed',
  code: 'address-used-twice',
  severity: 'error',
  message: 'The one-time address of this window was used a second time.',
  action: undefined,
};

/** Answers one request. Everything is refused that is not exactly what our own page sends. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  parts: HostParts,
): Promise<void> {
  const { method = '', url = '', rawHeaders } = request;
  const refusal = refusalOf({ method, target: url, rawHeaders }, request.socket.localPort ?? 0);
  if (refusal !== undefined) {
    refuse(response, refusal.status, refusal.reason);
    return;
  }
  const [path = ''] = url.split('?');
  if (method !== 'POST') {
    sendFile(response, parts.files.get(path));
  } else if (path === '/api/bootstrap') {
    await bootstrap(request, response, parts);
  } else {
    await answerKeyHolder(path, request, response, parts);
  }
}

function sendFile(response: ServerResponse, file: StaticFile | undefined): void {
  if (file === undefined) {
    refuse(response, 404, 'not found');
    return;
  }
  response.writeHead(200, { ...SECURITY_HEADERS, 'Content-Type': file.type, 'Content-Length': file.bytes.length });
  // Node leaves the body out of answers to HEAD by itself.
  response.end(file.bytes);
}

async function bootstrap(request: IncomingMessage, response: ServerResponse, parts: HostParts): Promise<void> {
  const body = await readJsonBody(request, MAX_BOOTSTRAP_BYTES);
  const parsed = v.safeParse(BootstrapSchema, body.ok ? body.value : undefined);
  if (!parsed.success) {
    refuseBody(response, body);
    return;
  }
  if (!(await mayBelongToUser(request.socket))) {
    // Who knows no code of ours has read nothing, and is not to be heard.
    if (parts.keys.knows(parsed.output.code)) {
      parts.core.notify({ ...CODE_REPLAYED, hint: 'Another user of this machine tried it and was refused.' });
    }
    refuse(response, 403, 'not your code');
    return;
  }
  const open = [...parts.streams.values()];
  const exchange = parts.keys.exchange(parsed.output.code, (key) => open.some((other) => other.equals(key)));
  if (exchange.kind === 'granted') {
    parts.onPageOpened();
    const { token, proof, returnCode } = exchange;
    sendJson(response, { token: token.reveal(), proof: proof.reveal(), returnCode: returnCode.reveal() });
    return;
  }
  if (exchange.kind === 'replayed') {
    parts.core.notify({ ...CODE_REPLAYED, hint: replayHint(exchange.revoked) });
  }
  refuse(response, 403, 'code used or expired');
}

function replayHint(revoked: boolean): string {
  return revoked
    ? 'The window that used it first was shut out, in case it was not yours. Open Rolecall again from the terminal.'
    : 'Nothing was given out. If it was not you, another program on this machine read the address.';
}

async function answerKeyHolder(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  parts: HostParts,
): Promise<void> {
  const key = parts.keys.keyOf(request.headers.authorization);
  if (key === undefined) {
    refuse(response, 401, 'no key');
  } else if (path === '/api/command') {
    await command(request, response, parts);
  } else if (path === '/api/events') {
    await events(request, response, parts, key);
  } else {
    refuse(response, 404, 'not found');
  }
}

async function command(request: IncomingMessage, response: ServerResponse, parts: HostParts): Promise<void> {
  const body = await readJsonBody(request, MAX_COMMAND_BYTES);
  const parsed = v.safeParse(CommandSchema, body.ok ? body.value : undefined);
  if (!parsed.success) {
    refuseBody(response, body);
    return;
  }
  const asker = { program: 'Rolecall', pid: undefined, folder: undefined, parents: [] };
  sendJson(response, await parts.core.execute(parsed.output.name, parsed.output.input, { asker }));
}

async function events(
  request: IncomingMessage,
  response: ServerResponse,
  parts: HostParts,
  key: Buffer,
): Promise<void> {
  const body = await readJsonBody(request, MAX_BOOTSTRAP_BYTES);
  if (!body.ok) {
    refuseBody(response, body);
    return;
  }
  if (parts.streams.size >= MAX_STREAMS) {
    refuse(response, 429, 'too many windows');
    return;
  }
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'Content-Type': 'application/x-ndjson; charset=utf-8',
    [HOST_PROOF_HEADER]: parts.keys.proofFor(key).reveal(),
  });
  const end = streamState(response, parts.core.state, parts.clock);
  parts.streams.set(end, key);
  parts.keys.pageCame(key);
  response.on('close', () => {
    parts.streams.delete(end);
    if (![...parts.streams.values()].some((other) => other.equals(key))) {
      parts.keys.pageLeft(key);
    }
  });
}

function sendJson(response: ServerResponse, value: unknown): void {
  const bytes = Buffer.from(JSON.stringify(value));
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes.length,
  });
  response.end(bytes);
}

function refuseBody(response: ServerResponse, body: JsonBody): void {
  const status = body.ok ? 400 : body.status;
  refuse(response, status, status === 413 ? 'too large' : 'bad request');
}

/** Ends the connection too: what follows a refused request is not read. */
export function refuse(response: ServerResponse, status: number, reason: string): void {
  const bytes = Buffer.from(JSON.stringify({ error: reason }));
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes.length,
    Connection: 'close',
  });
  response.end(bytes);
}
