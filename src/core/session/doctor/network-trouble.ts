import type { FindingCode } from '../../../shared/finding-codes.ts';
import {
  AwsTimeoutError,
  AwsUnavailableError,
  CaptivePortalError,
  OfflineError,
  ProxyFailedError,
  UntrustedCertificateError,
} from '../../aws/aws-errors.ts';
import { systemErrorCode } from '../../files/file-errors.ts';
import { toFailure } from '../../model/errors.ts';

/** What keeps a host from being reached, in words: what is so, and what to do. */
export interface NetworkTrouble {
  readonly code: FindingCode;
  readonly title: string;
  readonly hint: string;
}

type Reason = 'name' | 'refused' | 'no-way' | 'silent' | 'broken';

const REASONS: Readonly<Record<string, Reason>> = {
  ENOTFOUND: 'name',
  EAI_AGAIN: 'name',
  EAI_NODATA: 'name',
  ECONNREFUSED: 'refused',
  ENETUNREACH: 'no-way',
  ENETDOWN: 'no-way',
  EHOSTUNREACH: 'no-way',
  EHOSTDOWN: 'no-way',
  EADDRNOTAVAIL: 'no-way',
  ETIMEDOUT: 'silent',
  ECONNRESET: 'broken',
  EPIPE: 'broken',
};

/**
 * Why a host could not be reached. Names that cannot be found, refused connections, missing ways and silence come apart here, as each
 * is mended elsewhere; certificates, proxies that say no, web pages in AWS's place and time limits are told by their own errors.
 */
export function networkTrouble(error: unknown, host: string): NetworkTrouble {
  if (error instanceof ProxyFailedError) {
    return ofProxy(error) ?? asTold(error);
  }
  if (error instanceof OfflineError || (error instanceof AwsUnavailableError && error.status === 0)) {
    return ofHost(REASONS[systemErrorCode(error.cause) ?? ''], host) ?? asTold(error);
  }
  return asTold(error);
}

function asTold(error: unknown): NetworkTrouble {
  const { message, hint } = toFailure(error);
  return { code: codeOf(error), title: message, hint };
}

function codeOf(error: unknown): FindingCode {
  if (error instanceof ProxyFailedError) {
    return 'proxy-says-no';
  }
  if (error instanceof UntrustedCertificateError) {
    return 'network-certificate';
  }
  if (error instanceof CaptivePortalError) {
    return 'network-web-page';
  }
  return error instanceof AwsTimeoutError ? 'network-time-out' : 'network-other';
}

function ofHost(reason: Reason | undefined, host: string): NetworkTrouble | undefined {
  switch (reason) {
    case 'name':
      return {
        code: 'network-name',
        title: `The name ${host} cannot be found (DNS).`,
        hint: 'Check the network, the VPN and its name server. Where only a proxy knows outside names, set HTTPS_PROXY.',
      };
    case 'refused':
      return {
        code: 'network-refused',
        title: `${host} refuses the connection.`,
        hint: 'A firewall on the way says no, or an endpoint variable leads to where nothing listens. Check both.',
      };
    case 'no-way':
      return {
        code: 'network-no-way',
        title: `There is no way from this network to ${host}.`,
        hint: 'Check the network connection and the VPN.',
      };
    case 'silent':
      return {
        code: 'network-silent',
        title: `${host} does not answer the attempt to connect.`,
        hint: 'A firewall on the way may swallow it. Check the VPN, and whether this network wants a proxy (HTTPS_PROXY).',
      };
    case 'broken':
      return {
        code: 'network-broken',
        title: `The connection to ${host} is cut while it is made.`,
        hint: 'A firewall that inspects traffic does so. Check whether this network wants a proxy (HTTPS_PROXY).',
      };
    case undefined:
      return undefined;
  }
}

/** Undefined for a proxy that was reached and said no: its error tells what it said. */
function ofProxy({ proxyHost, cause }: ProxyFailedError): NetworkTrouble | undefined {
  const hint = 'Check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, and whether you need the VPN to reach the proxy.';
  switch (REASONS[systemErrorCode(cause) ?? '']) {
    case 'name':
      return { code: 'proxy-name', title: `The name of the proxy ${proxyHost} cannot be found (DNS).`, hint };
    case 'refused':
      return {
        code: 'proxy-refused',
        title: `The proxy ${proxyHost} refuses the connection: nothing listens there.`,
        hint,
      };
    case undefined:
      return undefined;
    default:
      return { code: 'proxy-unreachable', title: `The proxy ${proxyHost} cannot be reached.`, hint };
  }
}
