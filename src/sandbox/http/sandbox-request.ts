import type { IncomingHttpHeaders } from 'node:http';
import type { PartitionId } from '../../core/model/partition.ts';

/** The services that the sandbox plays. `page` is everything a person sees in a browser. */
export type ServiceId = 'sso-oidc' | 'sso' | 'sts' | 'iam' | 'ssm' | 'ec2' | 's3' | 'federation' | 'signin' | 'page';

/**
 * How a request reached the sandbox: by an endpoint override (any service on one loopback address), or by the real host name through
 * the proxy, which then fixes service, partition and mostly region.
 */
export type Endpoint =
  | { readonly kind: 'loopback' }
  | {
      readonly kind: 'aws';
      readonly host: string;
      readonly services: readonly ServiceId[];
      readonly partition: PartitionId;
      /** Absent for global hosts (`sts.amazonaws.com`), whose signatures are scoped to the partition's main region. */
      readonly region?: string;
    };

/** One HTTP request, fully read. */
export interface SandboxRequest {
  /** The id that the answer carries. */
  readonly requestId: string;
  readonly method: string;
  /** The path as sent, not decoded. */
  readonly path: string;
  /** What stood after `?`, as sent. */
  readonly rawQuery: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Header names and values in turn, as received: signatures are checked against these. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly endpoint: Endpoint;
  /** Scheme, host and port as the client sees them. */
  readonly origin: string;
}

/** A header's single value, or undefined. */
export function headerOf(request: SandboxRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The body as form fields, whatever the content type says. */
export function formOf(request: SandboxRequest): URLSearchParams {
  return new URLSearchParams(request.body.toString('utf8'));
}
