import { gzipSync } from 'node:zlib';
import { AwsError } from '../http/aws-error.ts';
import type { SandboxReply } from '../http/sandbox-reply.ts';
import type { Service } from '../http/service.ts';
import { after } from '../world.ts';
import type { Fault, RetryAfter } from './fault.ts';

const CAPTIVE_PORTAL =
  '<!doctype html><html><head><title>Welcome</title></head><body><h1>Sign in to the network</h1></body></html>';

/**
 * The answer that a fault gives in the service's place; undefined for faults that leave the answer to the service.
 * Throws the service's own refusal for those that refuse.
 */
export function replyInstead(fault: Fault, service: Service, now: Date): SandboxReply | undefined {
  switch (fault.kind) {
    case 'throttle':
      throw withRetryAfter(service.throttled(), fault.retryAfter, now);
    case 'server-error':
      throw withRetryAfter(
        new AwsError(fault.status, 'InternalServerException', 'Internal error', { error: 'server_error' }),
        fault.retryAfter,
        now,
      );
    case 'expired-token':
      throw service.expired();
    case 'malformed-body':
      return json('{"accessToken": "cut in the mid');
    case 'html-body':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: CAPTIVE_PORTAL };
    case 'empty-body':
      return json('');
    case 'gzip-bomb':
      return { ...json(gzipBomb(fault.expandedBytes)), headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } };
    case 'redirect':
      return { status: 302, headers: { location: fault.location }, body: '' };
    default:
      return undefined;
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };

function json(body: string | Buffer): SandboxReply {
  return { status: 200, headers: JSON_TYPE, body };
}

function withRetryAfter(error: AwsError, asked: RetryAfter | undefined, now: Date): AwsError {
  if (asked === undefined) {
    return error;
  }
  const retryAfter = typeof asked === 'string' ? asked : after(now, asked.dateInSeconds).toUTCString();
  return new AwsError(error.status, error.code, error.message, { ...error.fields, retryAfter });
}

/** Gzip members may be strung together, so one small member repeated expands without bound. */
function gzipBomb(expandedBytes: number): Buffer {
  const blockBytes = 1_048_576;
  const member = gzipSync(Buffer.alloc(blockBytes, 0x20));
  return Buffer.concat(Array.from({ length: Math.max(1, Math.ceil(expandedBytes / blockBytes)) }, () => member));
}
