/**
 * One way in which an endpoint, a network or a proxy between can fail.
 *
 * Faults that happen before the service answers leave its state alone; those on the way back happen after it did its work, as in life:
 * a token may have been issued although its bytes never arrived.
 */
export type Fault =
  /** Answers late. */
  | { readonly kind: 'latency'; readonly latencyMs: number }
  /** Refuses with the service's own throttling error. */
  | { readonly kind: 'throttle'; readonly retryAfter?: RetryAfter }
  /** Refuses with 5xx. */
  | { readonly kind: 'server-error'; readonly status: 500 | 502 | 503 | 504; readonly retryAfter?: RetryAfter }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang-before-headers' }
  /** Sends the headers and half of the body, then nothing. */
  | { readonly kind: 'hang-mid-body' }
  /** Sends the body slowly. */
  | { readonly kind: 'drip'; readonly bytesPerSecond: number }
  /** Closes the socket with RST, unanswered. */
  | { readonly kind: 'reset' }
  /** Closes the socket after half of the body. */
  | { readonly kind: 'cut-body' }
  /** 200 with a body that is not the promised format. */
  | { readonly kind: 'malformed-body' }
  /** 200 with a web page, as a captive portal gives. */
  | { readonly kind: 'html-body' }
  /** 200 and nothing. */
  | { readonly kind: 'empty-body' }
  /** 200 with a body of this size. */
  | { readonly kind: 'huge-body'; readonly bytes: number }
  /** 200 with a small gzip body that expands to this size. */
  | { readonly kind: 'gzip-bomb'; readonly expandedBytes: number }
  /** 302 to another place. */
  | { readonly kind: 'redirect'; readonly location: string }
  /** The service's own answer, changed: wrong types, missing members, hostile values. */
  | { readonly kind: 'edit-body'; readonly edit: (body: string) => string }
  /** Refuses as for an expired access token or expired credentials. */
  | { readonly kind: 'expired-token' };

/** A `Retry-After`: the header's text, or a date so much later than the reply's own. */
export type RetryAfter = string | { readonly dateInSeconds: number };

/** A fault and the requests it befalls. */
export interface FaultRule {
  /** `sso.GetRoleCredentials`, `sts.*` or `*`. */
  readonly operation: string;
  readonly fault: Fault;
  /** How many requests it befalls; every one where absent. */
  readonly times?: number;
}
