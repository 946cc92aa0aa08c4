import { partitionById, partitionOfRegion } from '../../core/model/partition.ts';
import type { AwsError } from '../http/aws-error.ts';
import { headerOf, type SandboxRequest } from '../http/sandbox-request.ts';
import type { CredentialRecord } from '../state/credential-store.ts';
import { principalAccount, type Principal } from '../state/principal.ts';
import type { World } from '../world.ts';
import { parseAuthorizationHeader, type SigV4Authorization } from './authorization-header.ts';
import { verifySignature } from './verify-signature.ts';

/** A request's sender, proven by signature. */
export interface Caller {
  readonly accessKeyId: string;
  readonly principal: Principal;
  /** The region the request was signed for. */
  readonly region: string;
  readonly credentials: CredentialRecord;
}

/** The codes and words with which one protocol family refuses. The Query services and S3 differ in all of them. */
export interface AuthenticationErrors {
  missing(): AwsError;
  incomplete(detail: string): AwsError;
  unknownKey(accessKeyId: string): AwsError;
  badSessionToken(): AwsError;
  expired(): AwsError;
  skewed(detail: string): AwsError;
  mismatch(accessKeyId: string): AwsError;
  wrongScope(detail: string): AwsError;
}

/** Proves who sent a request, or throws as this protocol family does. Notes the use of long-term keys. */
export function authenticate(
  world: World,
  request: SandboxRequest,
  serviceName: string,
  errors: AuthenticationErrors,
): Caller {
  const header = headerOf(request, 'authorization');
  if (header === undefined) {
    throw errors.missing();
  }
  const authorization = parseAuthorizationHeader(header);
  if (authorization === undefined) {
    throw errors.incomplete('Authorization header requires Credential, SignedHeaders and Signature.');
  }
  const credentials = findCredentials(world, request, authorization, errors);
  const principal: Principal =
    credentials.kind === 'temporary' ? credentials.principal : { kind: 'user', user: credentials.user };
  const verdict = verifySignature(request, authorization, credentials.secretAccessKey, world.now());
  if (verdict.kind === 'incomplete') {
    throw errors.incomplete(verdict.detail);
  }
  if (verdict.kind === 'skewed') {
    throw errors.skewed(verdict.detail);
  }
  if (verdict.kind === 'mismatch') {
    throw errors.mismatch(authorization.accessKeyId);
  }
  checkScope(request, authorization, serviceName, principal, errors);
  if (credentials.kind === 'long-term') {
    credentials.lastUsed = { at: world.now(), serviceName, region: authorization.region };
  }
  return { accessKeyId: credentials.accessKeyId, principal, region: authorization.region, credentials };
}

function findCredentials(
  world: World,
  request: SandboxRequest,
  authorization: SigV4Authorization,
  errors: AuthenticationErrors,
): CredentialRecord {
  const found = world.credentials.find(authorization.accessKeyId);
  const sessionToken = headerOf(request, 'x-amz-security-token');
  if (found === undefined) {
    throw errors.unknownKey(authorization.accessKeyId);
  }
  if (found.kind === 'long-term') {
    if (found.status === 'Inactive' || found.usableFrom > world.now()) {
      throw errors.unknownKey(found.accessKeyId);
    }
    if (sessionToken !== undefined) {
      throw errors.badSessionToken();
    }
    return found;
  }
  if (sessionToken !== found.sessionToken) {
    throw sessionToken === undefined ? errors.unknownKey(found.accessKeyId) : errors.badSessionToken();
  }
  if (found.expiresAt <= world.now()) {
    throw errors.expired();
  }
  return found;
}

/** The signature must be scoped to this service, to the host's region, and the key must belong to the host's partition. */
function checkScope(
  request: SandboxRequest,
  authorization: SigV4Authorization,
  serviceName: string,
  principal: Principal,
  errors: AuthenticationErrors,
): void {
  if (authorization.service !== serviceName) {
    throw errors.wrongScope(`Credential should be scoped to correct service: '${serviceName}'. `);
  }
  const { partition } = principalAccount(principal);
  const { endpoint } = request;
  if (endpoint.kind === 'aws' && endpoint.partition !== partition) {
    throw errors.unknownKey(authorization.accessKeyId);
  }
  const expected =
    endpoint.kind === 'aws' ? (endpoint.region ?? partitionById(endpoint.partition)?.defaultRegion) : undefined;
  const right =
    expected === undefined
      ? partitionOfRegion(authorization.region)?.id === partition
      : expected === authorization.region;
  if (!right) {
    throw errors.wrongScope('Credential should be scoped to a valid region. ');
  }
}
