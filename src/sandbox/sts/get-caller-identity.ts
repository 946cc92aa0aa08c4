import type { SignedOperation } from '../http/query-service.ts';
import { principalAccount, principalArn, principalUserId } from '../state/principal.ts';

/**
 * Needs no permission: not even an explicit deny stops it.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const getCallerIdentity: SignedOperation = ({ caller }) => ({
  Arn: principalArn(caller.principal),
  UserId: principalUserId(caller.principal),
  Account: principalAccount(caller.principal).accountId,
});
