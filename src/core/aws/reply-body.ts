import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MalformedReplyError } from './aws-errors.ts';

const unzip = promisify(gunzip);

/**
 * Reads a reply's body whole, at most `maxBytes` before and after decompression; closes the connection of a larger one at once.
 *
 * We ask for no compression; gzip is understood for proxies that compress regardless.
 */
export async function readBody(
  incoming: IncomingMessage,
  contentEncoding: string | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const raw = await collect(incoming, maxBytes);
  switch (contentEncoding?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      return raw;
    case 'gzip':
    case 'x-gzip':
      return decompress(raw, maxBytes);
    default:
      throw new MalformedReplyError('compressed in a way that was not asked for');
  }
}

async function collect(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) {
      // Leaving the loop destroys the stream and its connection.
      throw new MalformedReplyError('too large');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function decompress(raw: Buffer, maxBytes: number): Promise<Uint8Array> {
  try {
    return await unzip(raw, { maxOutputLength: maxBytes });
  } catch (cause) {
    throw new MalformedReplyError('too large, or damaged, after decompression', cause);
  }
}
