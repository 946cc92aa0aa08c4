import { AwsError } from '../http/aws-error.ts';
import { principalArn, principalAccount, principalUserId, type Principal } from '../state/principal.ts';
import { evaluatePolicies, intersect, type Verdict } from './evaluate.ts';
import { requestContext, type RequestContext } from './match.ts';

/** What is known of the request beside who sent it. Keys as AWS writes them. */
export type ContextExtras = Readonly<Record<string, string | undefined>>;

/**
 * The request context of a caller.
 *
 * `aws:MultiFactorAuthPresent` is absent for long-term keys, true or false for GetSessionToken credentials, false for role sessions
 * (a role session does not carry the MFA of the call that assumed it).
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function callerContext(principal: Principal, now: Date, extras: ContextExtras = {}): RequestContext {
  const isUser = principal.kind === 'user' || principal.kind === 'user-session';
  return requestContext({
    'aws:PrincipalArn': principal.kind === 'role' ? principal.role.arn : principalArn(principal),
    'aws:PrincipalAccount': principalAccount(principal).accountId,
    'aws:PrincipalType': isUser ? 'User' : principal.kind === 'role' ? 'AssumedRole' : 'FederatedUser',
    'aws:username': isUser ? principal.user.userName : undefined,
    'aws:userid': principalUserId(principal),
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
    'aws:SourceIp': '127.0.0.1',
    ...mfaContext(principal, now),
    ...extras,
  });
}

/** What the caller's own policies say. */
export function identityVerdict(
  principal: Principal,
  action: string,
  resource: string,
  context: RequestContext,
): Verdict {
  const request = { action, resource, context };
  const policies = principal.kind === 'role' ? principal.role.policies : principal.user.policies;
  const own = evaluatePolicies(
    policies.map((policy) => policy.document),
    request,
  );
  if (principal.kind === 'federated-user') {
    return intersect(own, evaluatePolicies(principal.sessionPolicies, request));
  }
  return principal.kind === 'role' && principal.sessionPolicies.length > 0
    ? intersect(own, evaluatePolicies(principal.sessionPolicies, request))
    : own;
}

/** Throws AccessDenied (403) in AWS's words unless the caller's own policies allow the action. */
export function requireAllowed(
  principal: Principal,
  action: string,
  resource: string,
  now: Date,
  extras: ContextExtras = {},
): void {
  const verdict = identityVerdict(principal, action, resource, callerContext(principal, now, extras));
  if (verdict !== 'allow') {
    throw accessDenied(principal, action, resource, verdict);
  }
}

/** The refusal by policy, worded as AWS does. */
export function accessDenied(principal: Principal, action: string, resource: string, verdict: Verdict): AwsError {
  const reason =
    verdict === 'explicit-deny'
      ? ' with an explicit deny in an identity-based policy'
      : action.startsWith('sts:')
        ? ''
        : ` because no identity-based policy allows the ${action} action`;
  return new AwsError(
    403,
    'AccessDenied',
    `User: ${principalArn(principal)} is not authorized to perform: ${action} on resource: ${resource}${reason}`,
  );
}

function mfaContext(principal: Principal, now: Date): ContextExtras {
  if (principal.kind === 'user') {
    return {};
  }
  const authenticatedAt = principal.kind === 'user-session' ? principal.mfaAuthenticatedAt : undefined;
  const ageSeconds = authenticatedAt && Math.floor((now.getTime() - authenticatedAt.getTime()) / 1000);
  return {
    'aws:MultiFactorAuthPresent': String(authenticatedAt !== undefined),
    'aws:MultiFactorAuthAge': ageSeconds === undefined ? undefined : String(ageSeconds),
  };
}
