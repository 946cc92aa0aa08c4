import { AwsError } from '../http/aws-error.ts';
import { integerParam, requiredParam, textParam } from '../http/query-params.ts';
import type { SignedOperation } from '../http/query-service.ts';
import { accessDenied, callerContext, identityVerdict, type ContextExtras } from '../policy/authorize.ts';
import { evaluateTrust } from '../policy/evaluate-trust.ts';
import type { RoleState } from '../state/directory.ts';
import { principalAccount, principalArn, type Principal } from '../state/principal.ts';
import { after } from '../world.ts';
import { checkMfa } from './mfa-check.ts';
import { credentialsXml, sessionPolicies } from './session-policies.ts';
import { STS_CONSTRAINTS } from './sts-constraints.ts';

/** What role chaining is limited to. */
const CHAINED_MAX_SECONDS = 3600;

/** Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole: SignedOperation = (call) => {
  const { params, world, now, caller } = call;
  const roleArn = requiredParam(params, 'RoleArn', STS_CONSTRAINTS.roleArn);
  const roleSessionName = requiredParam(params, 'RoleSessionName', STS_CONSTRAINTS.roleSessionName);
  const externalId = textParam(params, 'ExternalId', STS_CONSTRAINTS.externalId);
  const sourceIdentity = textParam(params, 'SourceIdentity', STS_CONSTRAINTS.sourceIdentity);
  const durationSeconds = integerParam(params, 'DurationSeconds', { min: 900, max: 43_200 }, 3600);
  const policies = sessionPolicies(call);
  if (caller.principal.kind === 'federated-user') {
    throw accessDenied(caller.principal, 'sts:AssumeRole', roleArn, 'implicit-deny');
  }
  const usedMfa = checkMfa(call, caller.principal);
  const role = requireTrusted(world.directory.role(roleArn), caller.principal, roleArn, now, {
    'sts:ExternalId': externalId,
    'sts:RoleSessionName': roleSessionName,
    'sts:SourceIdentity': sourceIdentity,
    ...(usedMfa ? { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '0' } : {}),
  });
  checkDuration(durationSeconds, role, caller.principal);
  const principal: Principal = {
    kind: 'role',
    role,
    roleSessionName,
    origin: caller.principal.kind === 'user' ? 'iam-user' : 'chained',
    sessionPolicies: policies,
  };
  return {
    Credentials: credentialsXml(world.credentials.issue(principal, after(now, durationSeconds))),
    AssumedRoleUser: { AssumedRoleId: `${role.roleId}:${roleSessionName}`, Arn: principalArn(principal) },
    PackedPolicySize: policies.length > 0 ? 6 : undefined,
    SourceIdentity: sourceIdentity,
  };
};

/**
 * The role, if it lets this caller in: the trust policy must allow, and so must the caller's own policy, unless the trust policy names
 * the caller itself within one account. A role that does not exist is refused in the same words as one that is closed.
 */
export function requireTrusted(
  role: RoleState | undefined,
  principal: Principal,
  roleArn: string,
  now: Date,
  extras: ContextExtras,
): RoleState {
  const action = 'sts:AssumeRole';
  const context = callerContext(principal, now, extras);
  const { accountId } = principalAccount(principal);
  const own = identityVerdict(principal, action, roleArn, context);
  if (role?.trustPolicy === undefined || own === 'explicit-deny') {
    throw accessDenied(principal, action, roleArn, own === 'explicit-deny' ? own : 'implicit-deny');
  }
  const arns = principal.kind === 'role' ? [principal.role.arn, principalArn(principal)] : [principalArn(principal)];
  const trust = evaluateTrust(role.trustPolicy, { accountId, arns }, { action, resource: roleArn, context });
  const ownIsNeeded = trust.delegated || role.accountId !== accountId;
  if (trust.verdict !== 'allow' || (ownIsNeeded && own !== 'allow')) {
    throw accessDenied(principal, action, roleArn, 'implicit-deny');
  }
  return role;
}

function checkDuration(durationSeconds: number, role: RoleState, principal: Principal): void {
  if (principal.kind !== 'user' && durationSeconds > CHAINED_MAX_SECONDS) {
    throw new AwsError(
      400,
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  if (durationSeconds > role.maxSessionSeconds) {
    throw new AwsError(
      400,
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
}
