import { createHash } from 'node:crypto';
import type { HttpTransport, TransportReply } from '../../aws/http-transport.ts';
import type { Env } from '../../aws/endpoints.ts';
import { readSmallFile } from '../../files/small-file.ts';
import { BadInputError, NotFoundError } from '../../model/errors.ts';
import { MAX_SET_UP_BYTES, parseSetUp, type SetUp } from './set-up.ts';

/** A set-up as it was read. `sha256` is that of the bytes, in hex: two people can tell by it that they have the same. */
export interface LoadedSetUp {
  readonly setUp: SetUp;
  readonly sha256: string;
  /** The path, or the address it came from in the end. */
  readonly source: string;
}

/** What reading needs. */
export interface SetUpReaderParts {
  readonly transport: HttpTransport;
  readonly env: Env;
}

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const LONGEST_URL = 2048;
const FINGERPRINT = /^#sha256=([0-9a-f]{64})$/i;

/**
 * Reads a set-up from a file or an https address. An address is followed to other paths of its host only. `expectedSha256`, and the one an
 * address ends in (`#sha256=…`), have to be that of the content. Throws BadInputError, NotFoundError, FileFailedError, and what the transport
 * throws.
 */
export async function loadSetUp(
  parts: SetUpReaderParts,
  source: string,
  options: { readonly signal?: AbortSignal; readonly expectedSha256?: string } = {},
): Promise<LoadedSetUp> {
  const address = isAddress(source) ? parseAddress(source) : undefined;
  const { bytes, from } =
    address === undefined
      ? { bytes: await readBytes(source), from: source }
      : await fetchBytes(parts.transport, address.url, options.signal);
  for (const expected of [options.expectedSha256, address?.sha256]) {
    requireSha256(sha256Of(bytes), expected);
  }
  return readSetUpBytes(parts, bytes, from);
}

/** Reads a set-up that is here already; `source` says where it is from. Throws BadInputError. */
export function readSetUpBytes({ env }: Pick<SetUpReaderParts, 'env'>, bytes: Uint8Array, source: string): LoadedSetUp {
  return { setUp: parseSetUp(bytes, env), sha256: sha256Of(bytes), source };
}

/** The SHA-256 of some bytes, in hex: two people can tell by it that they have the same. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function requireSha256(sha256: string, expected: string | undefined): void {
  if (expected !== undefined && expected.toLowerCase() !== sha256) {
    throw new BadInputError(
      'The set-up is not the one that was expected: its SHA-256 differs.',
      'Ask for the right address or SHA-256. Nothing has been changed.',
    );
  }
}

/** Whether this is meant as an address: a scheme of more than one letter (one is a drive). */
function isAddress(source: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(source);
}

function parseAddress(source: string): { readonly url: URL; readonly sha256: string | undefined } {
  const url =
    /^https:\/\/[\x21-\x7e]+$/i.test(source) && source.length <= LONGEST_URL && URL.canParse(source)
      ? new URL(source)
      : undefined;
  if (
    url === undefined ||
    url.protocol !== 'https:' ||
    url.username !== '' ||
    url.password !== '' ||
    source.includes('\\')
  ) {
    throw new BadInputError(
      'A set-up is read from https addresses only.',
      'Give an address that begins with https:// and holds no user name, or a file.',
    );
  }
  const { hash } = url;
  const [, sha256] = FINGERPRINT.exec(hash) ?? [];
  if (hash !== '' && sha256 === undefined) {
    throw new BadInputError(
      'The address ends in something that is no fingerprint.',
      'It has to be #sha256= and 64 hexadecimal digits, or nothing.',
    );
  }
  url.hash = '';
  return { url, sha256 };
}

async function readBytes(path: string): Promise<Uint8Array> {
  const bytes = await readSmallFile(path, MAX_SET_UP_BYTES);
  if (bytes === undefined) {
    throw new NotFoundError(`There is no file ${path}.`, 'Check the path.');
  }
  return bytes;
}

async function fetchBytes(
  transport: HttpTransport,
  address: URL,
  signal: AbortSignal | undefined,
): Promise<{ readonly bytes: Uint8Array; readonly from: string }> {
  let url = address;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const reply = await transport.send({ method: 'GET', url, headers: { accept: 'application/json' } }, { signal });
    if (!REDIRECTS.has(reply.status)) {
      return { bytes: bodyOf(reply, url), from: url.href };
    }
    url = nextAddress(url, reply.headers['location'] ?? '');
  }
  throw new BadInputError(`${address.host} leads from one address to the next.`, 'Download the file and import that.');
}

function bodyOf({ status, body }: TransportReply, url: URL): Uint8Array {
  if (status !== 200) {
    throw new BadInputError(
      `${url.host} answered with HTTP ${status} instead of the set-up.`,
      'Check the address. If it needs a log-in, download the file and import that.',
    );
  }
  return body;
}

/** What one host vouches for, another does not. */
function nextAddress(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  if (
    to === undefined ||
    to.protocol !== 'https:' ||
    to.host !== from.host ||
    to.username !== '' ||
    to.password !== ''
  ) {
    throw new BadInputError(
      `${from.host} leads to another host, which is not followed.`,
      'Give the address where the file is in the end, or download it.',
    );
  }
  return to;
}
