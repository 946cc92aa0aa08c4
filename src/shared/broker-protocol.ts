import * as v from 'valibot';
import type { FailureCode } from './reply.ts';

/**
 * How programs ask the running app for credentials: HTTP/1.1 over a socket that only the user can open, so that
 * `curl --unix-socket SOCKET http://localhost/v1/credentials -d profile=NAME` is all a helper needs.
 *
 * The answer to a good request is the JSON of `credential_process` and nothing else; to any other it is one line of plain text that
 * says what to do, with the failure's code in the header `Rolecall-Failure`.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export const BROKER_PROTOCOL = 1;

/** What can be asked for. The version is the first part of each. */
export const BROKER_PATHS = {
  /** POST a form or JSON of `CredentialsRequestSchema`. */
  credentials: '/v1/credentials',
  /** GET what serves here: `BrokerStatus`. */
  status: '/v1/status',
  /** POST to have the app show its window. */
  show: '/v1/show',
} as const;

/** The header of a refusal that holds its `FailureCode`. */
export const FAILURE_HEADER = 'Rolecall-Failure';

/**
 * The status, without that header, where a person has to be asked and nobody sees this app: the caller then does the work by itself, as it
 * would without an app. "Misdirected Request", RFC 9110 section 15.5.20.
 */
export const ASK_YOURSELF_STATUS = 421;

/** How long a request waits for the user when it does not say. */
export const DEFAULT_WAIT_SECONDS = 55;

/** What a caller takes credentials for; `credentials` where it does not say. */
export const CREDENTIAL_USES = ['credentials', 'export', 'exec', 'console'] as const;
export type CredentialUse = (typeof CREDENTIAL_USES)[number];

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(512));

/** A whole number as JSON has it, or the digits that a form has. */
const positiveNumber = (max: number) =>
  v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,10}$/))]),
    v.transform(Number),
    v.number(),
    v.integer(),
    v.minValue(1),
    v.maxValue(max),
  );

/** A request for credentials. Other fields are refused, so that a misspelt one is not taken for none. */
export const CredentialsRequestSchema = v.strictObject({
  /** A profile's name, or the id that stands for it in a helper line. This, or the three that follow. */
  profile: v.optional(text),
  ssoSession: v.optional(text),
  account: v.optional(v.pipe(v.string(), v.regex(/^\d{12}$/))),
  role: v.optional(v.pipe(v.string(), v.regex(/^[\w+=,.@-]{1,64}$/))),
  /** The process of the helper; who started it is the one that asks. */
  pid: v.optional(positiveNumber(2 ** 31 - 1)),
  /** Where the helper was started, for systems that do not tell. */
  folder: v.optional(v.pipe(v.string(), v.maxLength(4096))),
  /** What the credentials are for, for the activity log. */
  use: v.optional(v.picklist(CREDENTIAL_USES)),
  /** Fetch new ones, although those at hand still hold. */
  fresh: v.optional(
    v.union([
      v.boolean(),
      v.pipe(
        v.picklist(['true', 'false']),
        v.transform((said) => said === 'true'),
      ),
    ]),
  ),
  /** How long the caller waits for the user. */
  wait: v.optional(positiveNumber(600)),
});

export type CredentialsRequest = v.InferOutput<typeof CredentialsRequestSchema>;

/** What serves on the socket. */
export interface BrokerStatus {
  readonly product: 'rolecall';
  readonly protocol: number;
  readonly version: string;
  readonly pid: number;
}

/** The same, as the client reads it. */
export const BrokerStatusSchema = v.object({
  product: v.literal('rolecall'),
  protocol: v.number(),
  version: v.string(),
  pid: v.number(),
});

/** The HTTP status of each failure. A helper decides by the class: 401 needs the user, 403 was refused, 5xx may pass. */
const STATUSES: Readonly<Partial<Record<FailureCode, number>>> = {
  'bad-input': 400,
  'sign-in-needed': 401,
  'sign-in-failed': 401,
  'sign-in-expired': 401,
  'sign-in-denied': 401,
  'mfa-needed': 401,
  'mfa-code-rejected': 401,
  'store-locked': 401,
  'no-access': 403,
  'aws-refused': 403,
  'guard-refused': 403,
  cancelled: 403,
  'not-found': 404,
  'profile-broken': 404,
  throttled: 429,
  busy: 429,
  offline: 503,
  'aws-unavailable': 503,
};

/** The HTTP status that a failure is answered with. */
export function statusOfFailure(code: FailureCode): number {
  return STATUSES[code] ?? 500;
}
