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
import { S3_AUTHENTICATION_ERRORS } from './s3-errors.ts';

/** Amazon S3, as far as `aws s3 ls` goes: who may list the buckets of the account sees their names. */
export const s3Service: Service = {
  id: 's3',
  identify: identifyS3,
  params: (request) => request.query,
  handle(operation, request, world) {
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

/** On a shared endpoint only the signature's scope tells S3 from other services. */
function identifyS3(request: SandboxRequest): string | undefined {
  const authorization = parseAuthorizationHeader(headerOf(request, 'authorization') ?? '');
  const forS3 = authorization?.service === 's3' || request.endpoint.kind === 'aws';
  if (!forS3) {
    return undefined;
  }
  return request.method === 'GET' && request.path === '/' ? 'ListBuckets' : `${request.method} ${request.path}`;
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
