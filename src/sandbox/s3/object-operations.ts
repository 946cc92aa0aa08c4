import { AwsError } from '../http/aws-error.ts';
import { xmlReply, type SandboxReply } from '../http/sandbox-reply.ts';
import { headerOf, type SandboxRequest } from '../http/sandbox-request.ts';
import { escapeXml } from '../http/xml.ts';
import { requireAllowed } from '../policy/authorize.ts';
import { authenticate } from '../sigv4/authenticate.ts';
import { principalAccount } from '../state/principal.ts';
import type { World } from '../world.ts';
import { decodeChunkedBody } from './chunked-body.ts';
import type { StoredObject } from './object-store.ts';
import { S3_AUTHENTICATION_ERRORS } from './s3-errors.ts';
import { s3Place } from './s3-place.ts';

/** What each operation needs to be allowed; HeadObject is GetObject without the body. */
const ACTIONS = {
  ListObjectsV2: 's3:ListBucket',
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  PutObject: 's3:PutObject',
  DeleteObject: 's3:DeleteObject',
} as const;

export type ObjectOperation = keyof typeof ACTIONS;

/** Whether it is one of those below. */
export function isObjectOperation(operation: string): operation is ObjectOperation {
  return Object.hasOwn(ACTIONS, operation);
}

/**
 * Reads and writes objects, for callers of the bucket's own account: there are no bucket policies here. Throws AwsError.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export function objectOperation(operation: ObjectOperation, request: SandboxRequest, world: World): SandboxReply {
  const { bucketName, key } = s3Place(request);
  requireAccess(operation, request, world, bucketName, key);
  switch (operation) {
    case 'ListObjectsV2':
      return listObjects(bucketName, request, world);
    case 'GetObject':
    case 'HeadObject':
      return objectReply(requireObject(world, bucketName, key));
    case 'PutObject':
      return putObject(bucketName, key, request, world);
    case 'DeleteObject':
      world.objects.delete(bucketName, key);
      return { status: 204, headers: {}, body: '' };
  }
}

function requireAccess(
  operation: ObjectOperation,
  request: SandboxRequest,
  world: World,
  bucketName: string,
  key: string,
): void {
  const { principal } = authenticate(world, request, 's3', S3_AUTHENTICATION_ERRORS);
  const { accountId, partition } = principalAccount(principal);
  const hasBucket = (buckets: readonly { readonly bucketName: string }[] | undefined): boolean =>
    buckets?.some((bucket) => bucket.bucketName === bucketName) === true;
  if (!world.directory.accounts.some(({ buckets }) => hasBucket(buckets))) {
    throw new AwsError(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucketName });
  }
  if (!hasBucket(world.directory.account(accountId)?.buckets)) {
    throw new AwsError(403, 'AccessDenied', 'Access Denied');
  }
  const resource = `arn:${partition}:s3:::${key === '' ? bucketName : `${bucketName}/${key}`}`;
  requireAllowed(principal, ACTIONS[operation], resource, world.now());
}

function requireObject(world: World, bucketName: string, key: string): StoredObject {
  const object = world.objects.get(bucketName, key);
  if (object === undefined) {
    throw new AwsError(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key });
  }
  return object;
}

function objectReply({ body, contentType, etag, modifiedAt }: StoredObject): SandboxReply {
  return {
    status: 200,
    headers: { 'content-type': contentType, etag, 'last-modified': modifiedAt.toUTCString() },
    body,
  };
}

function putObject(bucketName: string, key: string, request: SandboxRequest, world: World): SandboxReply {
  if (headerOf(request, 'if-none-match') === '*' && world.objects.get(bucketName, key) !== undefined) {
    throw new AwsError(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
      Condition: 'If-None-Match',
    });
  }
  const contentType = headerOf(request, 'content-type') ?? 'binary/octet-stream';
  const { etag } = world.objects.put(bucketName, {
    key,
    body: decodeChunkedBody(request),
    contentType,
    modifiedAt: world.now(),
  });
  return { status: 200, headers: { etag }, body: '' };
}

function listObjects(bucketName: string, request: SandboxRequest, world: World): SandboxReply {
  const prefix = request.query.get('prefix') ?? '';
  const objects = world.objects.list(bucketName, prefix);
  const rows = objects.map(
    ({ key, body, etag, modifiedAt }) =>
      `<Contents><Key>${escapeXml(key)}</Key><LastModified>${modifiedAt.toISOString()}</LastModified>` +
      `<ETag>${escapeXml(etag)}</ETag><Size>${body.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const head = `<Name>${escapeXml(bucketName)}</Name><Prefix>${escapeXml(prefix)}</Prefix><KeyCount>${objects.length}</KeyCount>`;
  return xmlReply(
    200,
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${head}<MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${rows.join('')}</ListBucketResult>`,
    { 'content-type': 'application/xml' },
  );
}
