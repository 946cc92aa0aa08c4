import { AwsError } from '../http/aws-error.ts';
import { requiredParam } from '../http/query-params.ts';
import type { SignedOperation } from '../http/query-service.ts';
import { requireAllowed } from '../policy/authorize.ts';
import { principalAccount } from '../state/principal.ts';

/** Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html */
export const getAccessKeyInfo: SignedOperation = ({ params, world, now, caller }) => {
  const accessKeyId = requiredParam(params, 'AccessKeyId', { min: 16, max: 128, pattern: /^\w*$/ });
  requireAllowed(caller.principal, 'sts:GetAccessKeyInfo', '*', now);
  const found = world.credentials.find(accessKeyId);
  if (found === undefined) {
    throw new AwsError(400, 'ValidationError', 'Access key id is not valid.');
  }
  const owner = found.kind === 'long-term' ? found.user : principalAccount(found.principal);
  return { Account: owner.accountId };
};
