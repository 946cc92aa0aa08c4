import { createHmac, timingSafeEqual } from 'node:crypto';
import { headerOf, type SandboxRequest } from '../http/sandbox-request.ts';
import type { SigV4Authorization } from './authorization-header.ts';
import { canonicalRequest, sha256Hex } from './canonical-request.ts';

/** How far a signature's time may be from ours: 15 minutes either way. */
const MAX_SKEW_MS = 15 * 60_000;

/** Why a signature is not accepted. `detail` is AWS's sentence, where it has one. */
export type SignatureVerdict =
  | { readonly kind: 'valid' }
  | { readonly kind: 'incomplete'; readonly detail: string }
  | { readonly kind: 'skewed'; readonly detail: string }
  | { readonly kind: 'mismatch' };

/** Checks a request's SigV4 signature against the secret key it should have been made with. */
export function verifySignature(
  request: SandboxRequest,
  authorization: SigV4Authorization,
  secretAccessKey: string,
  now: Date,
): SignatureVerdict {
  const amzDate = headerOf(request, 'x-amz-date') ?? '';
  const signedAt = parseAmzDate(amzDate);
  if (signedAt === undefined || amzDate.slice(0, 8) !== authorization.date) {
    return { kind: 'incomplete', detail: "Date must be in ISO-8601 'basic format', and match the credential scope." };
  }
  const unsigned = unsignedHeader(request, authorization);
  if (unsigned !== undefined) {
    return { kind: 'incomplete', detail: `'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.` };
  }
  const skew = skewOf(signedAt, now);
  if (skew !== undefined) {
    return { kind: 'skewed', detail: skew };
  }
  const payloadHash = payloadHashOf(request);
  const expected =
    payloadHash === undefined ? undefined : signatureOf(request, authorization, secretAccessKey, payloadHash);
  return expected !== undefined && equalText(expected, authorization.signature)
    ? { kind: 'valid' }
    : { kind: 'mismatch' };
}

function signatureOf(
  request: SandboxRequest,
  authorization: SigV4Authorization,
  secretAccessKey: string,
  payloadHash: string,
): string {
  const { date, region, service, signedHeaders } = authorization;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const canonical = canonicalRequest(request, signedHeaders, payloadHash);
  const toSign = ['AWS4-HMAC-SHA256', headerOf(request, 'x-amz-date'), scope, sha256Hex(canonical)].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<Buffer>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  return createHmac('sha256', key).update(toSign).digest('hex');
}

/** Said instead of the body's hash by those who leave its integrity to TLS, or to a checksum that follows it. */
const UNSIGNED = new Set(['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']);

/** What the client says of the body (S3 demands it), if true; else what we see. Undefined where the client's word is false. */
function payloadHashOf(request: SandboxRequest): string | undefined {
  const actual = sha256Hex(request.body);
  const claimed = headerOf(request, 'x-amz-content-sha256');
  return claimed === undefined || claimed === actual || UNSIGNED.has(claimed) ? (claimed ?? actual) : undefined;
}

/** A header that must be signed and is not: the host, and every `x-amz-…` that is there. */
function unsignedHeader(request: SandboxRequest, authorization: SigV4Authorization): string | undefined {
  const needed = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))];
  return needed.find((name) => !authorization.signedHeaders.includes(name));
}

function parseAmzDate(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const [, year, month, day, hour, minute, second] = match ?? [];
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return match === null || Number.isNaN(date.getTime()) ? undefined : date;
}

function skewOf(signedAt: Date, now: Date): string | undefined {
  const server = formatAmzDate(now);
  const signed = formatAmzDate(signedAt);
  if (now.getTime() - signedAt.getTime() > MAX_SKEW_MS) {
    const earliest = formatAmzDate(new Date(now.getTime() - MAX_SKEW_MS));
    return `Signature expired: ${signed} is now earlier than ${earliest} (${server} - 15 min.)`;
  }
  if (signedAt.getTime() - now.getTime() > MAX_SKEW_MS) {
    const latest = formatAmzDate(new Date(now.getTime() + MAX_SKEW_MS));
    return `Signature not yet current: ${signed} is still later than ${latest} (${server} + 15 min.)`;
  }
  return undefined;
}

function formatAmzDate(date: Date): string {
  return `${date.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function equalText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
