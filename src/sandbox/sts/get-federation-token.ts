import { AwsError } from '../http/aws-error.ts';
import { integerParam, requiredParam } from '../http/query-params.ts';
import type { SignedOperation } from '../http/query-service.ts';
import { requireAllowed } from '../policy/authorize.ts';
import { principalArn, principalUserId, type Principal } from '../state/principal.ts';
import { after } from '../world.ts';
import { credentialsXml, sessionPolicies } from './session-policies.ts';
import { STS_CONSTRAINTS } from './sts-constraints.ts';

/**
 * The session has what both the user and the policies passed allow; without a policy it has nothing.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
export const getFederationToken: SignedOperation = (call) => {
  const { params, world, now, caller } = call;
  const federatedName = requiredParam(params, 'Name', STS_CONSTRAINTS.federatedName);
  const durationSeconds = integerParam(params, 'DurationSeconds', { min: 900, max: 129_600 }, 43_200);
  const policies = sessionPolicies(call);
  if (caller.principal.kind !== 'user') {
    throw new AwsError(403, 'AccessDenied', 'Cannot call GetFederationToken with session credentials');
  }
  const { user } = caller.principal;
  const principal: Principal = { kind: 'federated-user', user, federatedName, sessionPolicies: policies };
  requireAllowed(caller.principal, 'sts:GetFederationToken', principalArn(principal), now);
  return {
    Credentials: credentialsXml(world.credentials.issue(principal, after(now, durationSeconds))),
    FederatedUser: { FederatedUserId: principalUserId(principal), Arn: principalArn(principal) },
    PackedPolicySize: policies.length > 0 ? 6 : undefined,
  };
};
