import { AwsError } from '../http/aws-error.ts';
import { headerOf, type SandboxRequest } from '../http/sandbox-request.ts';

const malformed = (): AwsError => new AwsError(400, 'IncompleteBody', 'The request body terminated unexpectedly');

/**
 * A request's body without the framing that SDKs use to send a checksum after it (`aws-chunked`). Throws IncompleteBody.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function decodeChunkedBody(request: SandboxRequest): Buffer {
  const { body } = request;
  if (headerOf(request, 'content-encoding')?.includes('aws-chunked') !== true) {
    return body;
  }
  const pieces: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = lineEnd < 0 ? Number.NaN : Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (Number.isNaN(size) || lineEnd + 2 + size > body.length) {
      throw malformed();
    }
    if (size === 0) {
      return Buffer.concat(pieces);
    }
    pieces.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
