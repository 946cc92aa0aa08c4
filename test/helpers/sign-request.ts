import { createHash, createHmac } from 'node:crypto';
import type { SdkCredentials } from './sandbox-clients.ts';

/** What of a request may be bent for a test of the signature check. */
export interface SigningChoices {
  readonly service: string;
  readonly region: string;
  readonly at?: Date;
  readonly payloadHash?: string;
  /** GET where absent. */
  readonly method?: string;
}

/** The headers of a signed request without a body (SigV4), for services that have no SDK client here. The path and query must need no encoding. */
export function signedRequest(
  url: string,
  credentials: SdkCredentials,
  choices: SigningChoices,
): Record<string, string> {
  const { host, pathname, search } = new URL(url);
  const amzDate = `${(choices.at ?? new Date()).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const payloadHash = choices.payloadHash ?? createHash('sha256').update('').digest('hex');
  const headers: Record<string, string> = {
    host,
    'x-amz-content-sha256': payloadHash,
    'x-amz-date': amzDate,
    ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    choices.method ?? 'GET',
    pathname,
    search.slice(1),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    payloadHash,
  ].join('\n');
  const scope = [amzDate.slice(0, 8), choices.region, choices.service, 'aws4_request'];
  const digest = createHash('sha256').update(canonical).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', amzDate, scope.join('/'), digest].join('\n');
  const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const signature = hmac(scope.reduce(hmac, Buffer.from(`AWS4${credentials.secretAccessKey}`)), toSign).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...headers, authorization };
}
