import type { SandboxRequest } from '../http/sandbox-request.ts';

/** Which bucket and key a request is about; empty where it names none. Only addresses of the path style are known. */
export interface S3Place {
  readonly bucketName: string;
  readonly key: string;
}

/** Reads it from the path. */
export function s3Place(request: SandboxRequest): S3Place {
  const [, bucketName = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(request.path) ?? [];
  return { bucketName: decoded(bucketName), key: decoded(key) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
