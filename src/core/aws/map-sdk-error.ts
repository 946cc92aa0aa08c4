import { CoreError } from '../model/errors.ts';
import {
  AwsRefusedError,
  AwsUnavailableError,
  ClockWrongError,
  MalformedReplyError,
  ThrottledError,
} from './aws-errors.ts';
import type { TransportReply } from './http-transport.ts';

/** An error of AWS's as the SDK threw it, reduced to what may be kept: no reply, no request. */
export interface SdkFailure {
  /** AWS's name for it, such as `AuthorizationPendingException`; empty where the reply was not understood. */
  readonly awsCode: string;
  /** HTTP status; 0 where there was no reply. */
  readonly status: number;
  /** AWS's words, without control characters, bounded. */
  readonly message: string;
  readonly retryAfterMs: number | undefined;
}

const CLOCK_CODES = new Set(['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture']);
const THROTTLING_CODES = /^(?:Throttl|TooManyRequests|RequestLimitExceeded|SlowDown$|PriorRequestNotComplete)/;
const MAX_MESSAGE_LENGTH = 300;

/** Where an SDK call goes, and what may stop it. */
export interface SdkCall {
  readonly host: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs an SDK call. `expected` may turn a refusal into a value; anything else becomes a CoreError. Cancelling throws the
 * signal's reason.
 *
 * The SDK's own error is never kept as `cause`: it drags along the whole reply, which can hold secrets.
 */
export async function callSdk<T>(
  { host, signal }: SdkCall,
  call: () => Promise<T>,
  expected?: (failure: SdkFailure) => T | undefined,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    // The SDK makes an error of its own of it, and of a reply that was cut off by it.
    signal?.throwIfAborted();
    if (error instanceof CoreError) {
      throw error;
    }
    const failure = readSdkError(error);
    const value = expected?.(failure);
    if (value === undefined) {
      throw sdkFailureError(failure, host);
    }
    return value;
  }
}

/** Reads what the SDK threw. */
export function readSdkError(error: unknown): SdkFailure {
  const fields = isRecord(error) ? error : {};
  const metadata = isRecord(fields['$metadata']) ? fields['$metadata'] : {};
  const status = typeof metadata['httpStatusCode'] === 'number' ? metadata['httpStatusCode'] : 0;
  const isException = '$fault' in fields;
  return {
    awsCode: isException && typeof fields['name'] === 'string' ? cleanText(fields['name'].replace(/[:#].*$/, '')) : '',
    status,
    message: isException ? awsMessage(fields) : '',
    retryAfterMs: parseRetryAfter((name) => responseHeader(fields, name)),
  };
}

/** The CoreError for a failure nobody expected. */
export function sdkFailureError(failure: SdkFailure, host: string): CoreError {
  const { awsCode, status, retryAfterMs, message } = failure;
  if (status === 429 || THROTTLING_CODES.test(awsCode)) {
    return new ThrottledError(retryAfterMs);
  }
  if (CLOCK_CODES.has(awsCode) || /^Signature (?:expired|not yet current)/.test(message)) {
    return new ClockWrongError();
  }
  if (status >= 500) {
    return new AwsUnavailableError(host, status, retryAfterMs);
  }
  return awsCode === ''
    ? new MalformedReplyError('not in the expected form')
    : new AwsRefusedError(awsCode, status, message);
}

/**
 * How long a reply asks us to wait, by its `Retry-After`: seconds, or a date, which is told from the reply's own so that neither clock need
 * be right. Undefined for absent, negative or unreadable ones. Callers cap it.
 * Source: https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
function parseRetryAfter(header: (name: 'retry-after' | 'date') => string | undefined): number | undefined {
  const text = header('retry-after') ?? '';
  if (/^\d{1,9}$/.test(text)) {
    return Number(text) * 1000;
  }
  const waitMs = httpDateMs(text) - httpDateMs(header('date') ?? '');
  return Number.isNaN(waitMs) ? undefined : Math.max(waitMs, 0);
}

/** Throws ThrottledError or AwsUnavailableError where a reply that no SDK has read asks to come again later. */
export function refuseBusyReply({ status, headers }: Pick<TransportReply, 'status' | 'headers'>, host: string): void {
  const retryAfterMs = parseRetryAfter((name) => headers[name]);
  if (status === 429) {
    throw new ThrottledError(retryAfterMs);
  }
  if (status >= 500) {
    throw new AwsUnavailableError(host, status, retryAfterMs);
  }
}

/** Epoch milliseconds, or NaN for what is no date in the form that servers send. */
function httpDateMs(text: string): number {
  return /^[A-Z][a-z]{2}, .* GMT$/.test(text) ? Date.parse(text) : Number.NaN;
}

/** Without control and format characters, at most 300 characters: fit for one line of text anywhere. */
export function cleanText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ')
    .slice(0, MAX_MESSAGE_LENGTH)
    .trim();
}

function awsMessage(fields: Readonly<Record<string, unknown>>): string {
  const texts = [fields['error_description'], fields['message']].filter((text) => typeof text === 'string');
  return cleanText(texts.find((text) => text !== '' && text !== 'UnknownError') ?? '');
}

function responseHeader(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const response = isRecord(fields['$response']) ? fields['$response'] : {};
  const headers = isRecord(response['headers']) ? response['headers'] : {};
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
