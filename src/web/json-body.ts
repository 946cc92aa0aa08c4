import type { IncomingMessage } from 'node:http';

/** What came in a request's body: JSON, or the status to refuse it with. */
export type JsonBody =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly status: 400 | 413 | 415 };

/** Reads a JSON body of at most `maxBytes`. Anything but plain `application/json` is refused: forms of other sites cannot send that. */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<JsonBody> {
  if (!/^application\/json(?:; ?charset=utf-8)?$/i.test(request.headers['content-type'] ?? '')) {
    return { ok: false, status: 415 };
  }
  const bytes = await readBytes(request, maxBytes);
  if (bytes === undefined) {
    return { ok: false, status: 413 };
  }
  try {
    // `fatal` refuses bytes that are no UTF-8, instead of putting replacement characters into names.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    // SyntaxError, TypeError of the decoder, or RangeError for a hundred thousand nested brackets.
    return { ok: false, status: 400 };
  }
}

/** The body's bytes, or undefined when there are more than `maxBytes`; then reading stops. */
export async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    return undefined;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
