/** An `Authorization: AWS4-HMAC-SHA256 …` header, taken apart. */
export interface SigV4Authorization {
  readonly accessKeyId: string;
  /** YYYYMMDD. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** Lower case, in the order signed. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/**
 * Reads the header; undefined where it is not complete.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export function parseAuthorizationHeader(header: string): SigV4Authorization | undefined {
  const match = /^AWS4-HMAC-SHA256\s+(.*)$/s.exec(header);
  const parts = new Map(
    (match?.[1] ?? '').split(',').map((part): [string, string] => {
      const [name = '', ...value] = part.trim().split('=');
      return [name, value.join('=')];
    }),
  );
  const scope = (parts.get('Credential') ?? '').split('/');
  const [accessKeyId, date, region, service, terminator] = scope;
  const signedHeaders = parts.get('SignedHeaders');
  const signature = parts.get('Signature');
  const complete =
    accessKeyId !== undefined &&
    date !== undefined &&
    region !== undefined &&
    service !== undefined &&
    scope.length === 5 &&
    terminator === 'aws4_request' &&
    signedHeaders !== undefined &&
    signature !== undefined;
  return complete
    ? { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature }
    : undefined;
}
