import { AwsError } from '../http/aws-error.ts';
import { requiredParam } from '../http/query-params.ts';
import type { SignedOperation } from '../http/query-service.ts';
import { requireAllowed } from '../policy/authorize.ts';
import type { AccessKeyRecord } from '../state/credential-store.ts';
import { principalAccount } from '../state/principal.ts';
import { noSuchEntity, requireUser, type IamCall } from './iam-call.ts';
import { iamPage } from './iam-page.ts';

const MAX_KEYS_PER_USER = 2;
const ACCESS_KEY_ID = { min: 16, max: 128, pattern: /^\w+$/ };

/** The key works only after the sandbox's `accessKeyDelayMs`. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
export const createAccessKey: SignedOperation = (call) => {
  const { world, now } = call;
  const user = requireUser(call, 'iam:CreateAccessKey');
  if (world.credentials.accessKeysOf(user.arn).length >= MAX_KEYS_PER_USER) {
    throw new AwsError(409, 'LimitExceeded', `Cannot exceed quota for AccessKeysPerUser: ${MAX_KEYS_PER_USER}`);
  }
  const usableFrom = new Date(now.getTime() + world.settings.accessKeyDelayMs);
  const key = world.credentials.createAccessKey(user, now, usableFrom);
  return {
    AccessKey: {
      UserName: user.userName,
      AccessKeyId: key.accessKeyId,
      Status: key.status,
      SecretAccessKey: key.secretAccessKey,
      CreateDate: key.createdAt,
    },
  };
};

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
export const updateAccessKey: SignedOperation = (call) => {
  const key = requireKey(call, 'iam:UpdateAccessKey');
  const status = requiredParam(call.params, 'Status', { min: 1, max: 8, pattern: /^(?:Active|Inactive)$/ });
  key.status = status === 'Active' ? 'Active' : 'Inactive';
  return undefined;
};

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html */
export const deleteAccessKey: SignedOperation = (call) => {
  call.world.credentials.deleteAccessKey(requireKey(call, 'iam:DeleteAccessKey').accessKeyId);
  return undefined;
};

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html */
export const listAccessKeys: SignedOperation = (call) => {
  const user = requireUser(call, 'iam:ListAccessKeys');
  const keys = call.world.credentials.accessKeysOf(user.arn).map((key) => ({
    UserName: user.userName,
    AccessKeyId: key.accessKeyId,
    Status: key.status,
    CreateDate: key.createdAt,
  }));
  return iamPage(call.params, 'AccessKeyMetadata', keys);
};

/** A key that was never used has no date and `N/A` for the rest. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html */
export const getAccessKeyLastUsed: SignedOperation = ({ params, world, now, caller }) => {
  const accessKeyId = requiredParam(params, 'AccessKeyId', ACCESS_KEY_ID);
  const found = world.credentials.find(accessKeyId);
  const { accountId, partition } = principalAccount(caller.principal);
  const key = found?.kind === 'long-term' && found.user.accountId === accountId ? found : undefined;
  const resource = key?.user.arn ?? `arn:${partition}:iam::${accountId}:user/*`;
  requireAllowed(caller.principal, 'iam:GetAccessKeyLastUsed', resource, now);
  if (key === undefined) {
    throw noSuchKey(accessKeyId);
  }
  return {
    UserName: key.user.userName,
    AccessKeyLastUsed: {
      LastUsedDate: key.lastUsed?.at,
      ServiceName: key.lastUsed?.serviceName ?? 'N/A',
      Region: key.lastUsed?.region ?? 'N/A',
    },
  };
};

function requireKey(call: IamCall, action: string): AccessKeyRecord {
  const user = requireUser(call, action);
  const accessKeyId = requiredParam(call.params, 'AccessKeyId', ACCESS_KEY_ID);
  const key = call.world.credentials.accessKeysOf(user.arn).find((candidate) => candidate.accessKeyId === accessKeyId);
  if (key === undefined) {
    throw noSuchKey(accessKeyId);
  }
  return key;
}

function noSuchKey(accessKeyId: string): AwsError {
  return noSuchEntity(`The Access Key with id ${accessKeyId} cannot be found.`);
}
