import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Endpoint, SandboxRequest } from './sandbox-request.ts';

const MAX_BODY_BYTES = 1_048_576;

/** The request's body is larger than any call of these services. */
export class BodyTooLargeError extends Error {}

/** Reads a request whole. Throws BodyTooLargeError beyond 1 MiB. */
export async function readRequest(
  incoming: IncomingMessage,
  endpoint: Endpoint,
  origin: string,
): Promise<SandboxRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new BodyTooLargeError();
    }
    chunks.push(chunk);
  }
  const target = incoming.url ?? '/';
  const queryAt = target.indexOf('?');
  const rawQuery = queryAt < 0 ? '' : target.slice(queryAt + 1);
  return {
    requestId: randomUUID(),
    method: incoming.method ?? 'GET',
    path: queryAt < 0 ? target : target.slice(0, queryAt),
    rawQuery,
    query: new URLSearchParams(rawQuery),
    headers: incoming.headers,
    rawHeaders: incoming.rawHeaders,
    body: Buffer.concat(chunks),
    endpoint,
    origin,
  };
}
