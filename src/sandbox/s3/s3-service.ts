import { AwsError } from '../http/aws-error.ts';
import { xmlReply, type SandboxReply } from '../http/sandbox-reply.ts';
import { headerOf, type SandboxRequest } from '../http/sandbox-request.ts';
import type { Service } from '../http/service.ts';
import { escapeXml, xmlContent } from '../http/xml.ts';
import { requireAllowed } from '../policy/authorize.ts';
import { parseAuthorizationHeader } from '../sigv4/authorization-header.ts';
import { authenticate } from '../sigv4/authenticate.ts';
import { principalAccount } from '../state/principal.ts';
import type { World } from '../world.ts';
import { isObjectOperation, objectOperation } from './object-operations.ts';
import { S3_AUTHENTICATION_ERRORS } from './s3-errors.ts';
import { s3Place } from './s3-place.ts';

/** Amazon S3, as far as `aws s3 ls` and the state of Terraform go. */
export const s3Service: Service = {
  id: 's3',
  identify: identifyS3,
  params: (request) => request.query,
  handle(operation, request, world) {
    if (isObjectOperation(operation)) {
      return objectOperation(operation, request, world);
    }
    if (operation !== 'ListBuckets') {
      throw new AwsError(501, 'NotImplemented', 'A header you provided implies functionality that is not implemented.');
    }
    return listBuckets(request, world);
  },
  renderError(error, request) {
    const fields = { Code: error.code, Message: error.message, ...error.fields, RequestId: request.requestId };
    const reply = xmlReply(error.status, `<Error>${xmlContent(fields)}</Error>`);
    return { ...reply, headers: { 'content-type': 'application/xml' } };
  },
  throttled: () => new AwsError(503, 'SlowDown', 'Please reduce your request rate.'),
  expired: () => S3_AUTHENTICATION_ERRORS.expired(),
};

/** Any other name in the query is a part of S3 that is not played here (`?acl`, `?versioning`). */
const QUERY_OF_OBJECTS = new Set(['x-id', 'list-type', 'prefix', 'delimiter', 'max-keys', 'encoding-type']);

/** On a shared endpoint only the signature's scope tells S3 from other services. */
function identifyS3(request: SandboxRequest): string | undefined {
  const authorization = parseAuthorizationHeader(headerOf(request, 'authorization') ?? '');
  const forS3 = authorization?.service === 's3' || request.endpoint.kind === 'aws';
  if (!forS3) {
    return undefined;
  }
  return operationOf(request) ?? `${request.method} ${request.path}`;
}

/** By method, place and query; undefined for what is not played here. */
function operationOf(request: SandboxRequest): string | undefined {
  const { method, query } = request;
  const { bucketName, key } = s3Place(request);
  const asked = [...query.keys()].filter((name) => !QUERY_OF_OBJECTS.has(name));
  if (asked.length > 0) {
    return undefined;
  }
  if (bucketName === '') {
    return method === 'GET' ? 'ListBuckets' : undefined;
  }
  if (key === '') {
    return method === 'GET' && query.get('list-type') === '2' ? 'ListObjectsV2' : undefined;
  }
  return { GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject', DELETE: 'DeleteObject' }[method];
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
function listBuckets(request: SandboxRequest, world: World): SandboxReply {
  const caller = authenticate(world, request, 's3', S3_AUTHENTICATION_ERRORS);
  const { accountId, partition } = principalAccount(caller.principal);
  requireAllowed(caller.principal, 's3:ListAllMyBuckets', `arn:${partition}:s3:::*`, world.now());
  const buckets = (world.directory.account(accountId)?.buckets ?? [])
    .map(
      (bucket) =>
        `<Bucket><Name>${escapeXml(bucket.bucketName)}</Name><CreationDate>${bucket.createdAt.toISOString()}</CreationDate></Bucket>`,
    )
    .join('');
  const owner = `<Owner><ID>${accountId.padStart(64, '0')}</ID></Owner>`;
  return xmlReply(
    200,
    `<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${owner}<Buckets>${buckets}</Buckets></ListAllMyBucketsResult>`,
    { 'content-type': 'application/xml' },
  );
}
