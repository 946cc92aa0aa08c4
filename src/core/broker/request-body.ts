import type { IncomingMessage } from 'node:http';
import { BadInputError } from '../model/errors.ts';

/** No request of ours comes near this. */
const MAX_BODY_BYTES = 16 * 1024;

/** Reads a small body: a form, as `curl -d` sends it, or JSON. Throws BadInputError for what is neither, too large, or says a thing twice. */
export async function readRequestBody(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request);
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  switch (type.trim().toLowerCase()) {
    case 'application/x-www-form-urlencoded':
      return fieldsOf(text);
    case 'application/json':
      return parseJson(text);
    default:
      throw unusable();
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new BadInputError('The request is too large.', 'Update the rolecall command and the app.');
    }
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw unusable();
  }
}

function fieldsOf(text: string): unknown {
  const fields = [...new URLSearchParams(text)];
  const names = new Set(fields.map(([name]) => name));
  if (names.size !== fields.length) {
    throw unusable();
  }
  return Object.fromEntries(fields);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unusable();
  }
}

function unusable(): BadInputError {
  return new BadInputError('The request cannot be understood.', 'Update the rolecall command and the app.');
}
