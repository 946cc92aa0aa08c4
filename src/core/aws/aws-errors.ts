import { CoreError } from '../model/errors.ts';

/** No network, or the name of the host cannot be found. */
export class OfflineError extends CoreError {
  readonly code = 'offline';

  constructor(host: string, cause?: unknown) {
    super(`${host} cannot be reached.`, 'Check the network connection and VPN, then try again.', cause);
  }
}

/** The configured proxy does not let us through. Its user name and password are never part of the text. */
export class ProxyFailedError extends CoreError {
  readonly code = 'offline';

  constructor(
    readonly proxyHost: string,
    what: string,
    cause?: unknown,
  ) {
    super(
      `The proxy ${proxyHost} ${what}.`,
      'Check the proxy in the settings, or HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and the user name and password for it.',
      cause,
    );
  }
}

/** The other side's certificate is signed by nobody we trust: usually a company's inspecting proxy. */
export class UntrustedCertificateError extends CoreError {
  readonly code = 'aws-unavailable';

  constructor(host: string, what: string, cause?: unknown) {
    super(
      `The certificate of ${host} cannot be trusted: ${what}.`,
      "If your company inspects traffic, name a file with its certificate authority's certificate in the settings, or set AWS_CA_BUNDLE to it.",
      cause,
    );
  }
}

/** The file of extra certificate authorities cannot be used. */
export class CaBundleError extends CoreError {
  readonly code = 'file-failed';

  constructor(namedBy: string, file: string, cause?: unknown) {
    super(
      `The certificate authorities in ${file} (named by ${namedBy}) cannot be read.`,
      `Correct ${namedBy}, or the file: it must hold certificates in PEM form.`,
      cause,
    );
  }
}

/** Something in between answered in AWS's place: a hotel's log-in page, or a proxy's block page. */
export class CaptivePortalError extends CoreError {
  readonly code = 'offline';

  constructor(host: string) {
    super(
      `A web page came back instead of an answer from ${host}.`,
      'Open any web page to see whether this network wants you to log in or blocks AWS, then try again.',
    );
  }
}

/** No answer within the time limit. */
export class AwsTimeoutError extends CoreError {
  readonly code = 'aws-unavailable';

  constructor(
    host: string,
    readonly phase: 'connect' | 'total',
  ) {
    super(
      phase === 'connect' ? `${host} could not be connected to in time.` : `${host} did not answer in time.`,
      'Try again; if it stays so, check the network, VPN and proxy.',
    );
  }
}

/** AWS itself fails for the moment. `status` is the HTTP status, 0 where the connection broke. */
export class AwsUnavailableError extends CoreError {
  readonly code = 'aws-unavailable';

  constructor(
    host: string,
    readonly status: number,
    readonly retryAfterMs?: number,
    cause?: unknown,
  ) {
    super(
      status === 0 ? `The connection to ${host} broke.` : `${host} answers with an error of its own (HTTP ${status}).`,
      'Try again in a minute.',
      cause,
    );
  }
}

/** What came back is no answer of AWS's: cut off, of the wrong shape, or too large. Its text is not shown. */
export class MalformedReplyError extends CoreError {
  readonly code = 'aws-unavailable';

  constructor(
    readonly what: string,
    cause?: unknown,
  ) {
    super(
      `The answer from AWS could not be understood (${what}).`,
      'Try again; if it stays so, check for a proxy that changes answers.',
      cause,
    );
  }
}

/** Too many requests. `retryAfterMs` is what AWS asked us to wait, where it did. */
export class ThrottledError extends CoreError {
  readonly code = 'throttled';

  constructor(
    readonly retryAfterMs?: number,
    cause?: unknown,
  ) {
    super('AWS asks for fewer requests at the moment.', 'Wait a minute, then try again.', cause);
  }
}

/** This machine's clock is so far off that AWS, or a certificate, is refused. */
export class ClockWrongError extends CoreError {
  readonly code = 'clock-wrong';

  constructor(cause?: unknown) {
    super(
      'The clock of this machine is too far off for AWS.',
      'Set the date and time (best by itself, over the network), then try again.',
      cause,
    );
  }
}

/** AWS understood and said no. `awsCode` is its own name for the reason (`AccessDenied`, ...). */
export class AwsRefusedError extends CoreError {
  readonly code = 'aws-refused';

  constructor(
    readonly awsCode: string,
    readonly status: number,
    awsMessage: string,
    cause?: unknown,
  ) {
    super(
      awsMessage === '' ? `AWS refused: ${awsCode}.` : `AWS refused: ${awsMessage} (${awsCode})`,
      'Check what was asked for, or ask your administrator.',
      cause,
    );
  }
}

/** The access token is no longer good (HTTP 401 from the portal): renew it or sign in again. */
export class SsoTokenExpiredError extends CoreError {
  readonly code = 'sign-in-needed';

  constructor(cause?: unknown) {
    super('The sign-in is no longer valid at AWS.', 'Sign in again.', cause);
  }
}
