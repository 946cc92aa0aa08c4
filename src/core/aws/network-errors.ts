import type { CoreError } from '../model/errors.ts';
import {
  AwsUnavailableError,
  ClockWrongError,
  MalformedReplyError,
  OfflineError,
  ProxyFailedError,
  UntrustedCertificateError,
} from './aws-errors.ts';

const UNREACHABLE = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ECONNREFUSED',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
]);

const UNKNOWN_AUTHORITY = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'CERT_CHAIN_TOO_LONG',
  'INVALID_CA',
]);

/** Whether a failure means that the certificate's issuer is unknown here, so that wider trust may help. */
export function isUnknownAuthority(error: unknown): boolean {
  return UNKNOWN_AUTHORITY.has(errorCode(error));
}

/** Whether the network cannot be reached, or the proxy that leads to it: it may come back by itself. A proxy that refuses has no cause. */
export function isNetworkLost(error: unknown): boolean {
  return error instanceof OfflineError || (error instanceof ProxyFailedError && error.cause !== undefined);
}

/** What a failed connection means to the user. `proxy` is the proxy the request went through, if any. */
export function networkError(error: unknown, host: string, proxy: URL | undefined): CoreError {
  const code = errorCode(error);
  if (UNREACHABLE.has(code)) {
    return proxy === undefined
      ? new OfflineError(host, error)
      : new ProxyFailedError(proxy.host, 'cannot be reached', error);
  }
  return certificateError(code, host, error) ?? protocolError(code, host, error);
}

function certificateError(code: string, host: string, error: unknown): CoreError | undefined {
  if (UNKNOWN_AUTHORITY.has(code)) {
    return new UntrustedCertificateError(host, 'it is issued by an authority this machine does not know', error);
  }
  switch (code) {
    case 'CERT_NOT_YET_VALID':
      return new ClockWrongError(error);
    case 'CERT_HAS_EXPIRED':
      return new UntrustedCertificateError(host, "it has expired, or this machine's clock is wrong", error);
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return new UntrustedCertificateError(host, 'it is made for another host', error);
    case 'CERT_REVOKED':
    case 'CERT_REJECTED':
    case 'CERT_SIGNATURE_FAILURE':
      return new UntrustedCertificateError(host, 'it is not valid', error);
    default:
      return undefined;
  }
}

function protocolError(code: string, host: string, error: unknown): CoreError {
  return code.startsWith('HPE_')
    ? new MalformedReplyError('not HTTP', error)
    : new AwsUnavailableError(host, 0, undefined, error);
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
