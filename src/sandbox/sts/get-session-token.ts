import { AwsError } from '../http/aws-error.ts';
import { integerParam } from '../http/query-params.ts';
import type { SignedOperation } from '../http/query-service.ts';
import { accessDenied, callerContext, identityVerdict } from '../policy/authorize.ts';
import { after } from '../world.ts';
import { checkMfa } from './mfa-check.ts';
import { credentialsXml } from './session-policies.ts';

/**
 * No policy is needed to call it, but an explicit deny holds, and it is judged without the MFA of the call itself: that is why a "deny
 * unless MFA" statement whose NotAction lacks `sts:GetSessionToken` refuses it.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export const getSessionToken: SignedOperation = (call) => {
  const { params, world, now, caller } = call;
  const durationSeconds = integerParam(params, 'DurationSeconds', { min: 900, max: 129_600 }, 43_200);
  const { principal } = caller;
  if (principal.kind !== 'user') {
    throw new AwsError(403, 'AccessDenied', 'Cannot call GetSessionToken with session credentials');
  }
  const context = callerContext(principal, now);
  if (identityVerdict(principal, 'sts:GetSessionToken', principal.user.arn, context) === 'explicit-deny') {
    throw accessDenied(principal, 'sts:GetSessionToken', principal.user.arn, 'explicit-deny');
  }
  const usedMfa = checkMfa(call, principal);
  const issued = world.credentials.issue(
    { kind: 'user-session', user: principal.user, ...(usedMfa ? { mfaAuthenticatedAt: now } : {}) },
    after(now, durationSeconds),
  );
  return { Credentials: credentialsXml(issued) };
};
