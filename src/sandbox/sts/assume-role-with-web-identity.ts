import { AwsError } from '../http/aws-error.ts';
import { integerParam, requiredParam } from '../http/query-params.ts';
import type { QueryCall, UnsignedOperation } from '../http/query-service.ts';
import { evaluateTrust } from '../policy/evaluate-trust.ts';
import { requestContext } from '../policy/match.ts';
import type { RoleState } from '../state/directory.ts';
import type { WebIdentityClaims } from '../state/web-identity-issuer.ts';
import { principalArn, type Principal } from '../state/principal.ts';
import { after } from '../world.ts';
import { credentialsXml, sessionPolicies } from './session-policies.ts';
import { STS_CONSTRAINTS } from './sts-constraints.ts';

const ACTION = 'sts:AssumeRoleWithWebIdentity';

/** Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export const assumeRoleWithWebIdentity: UnsignedOperation = (call) => {
  const { params, world, now } = call;
  const roleArn = requiredParam(params, 'RoleArn', STS_CONSTRAINTS.roleArn);
  const roleSessionName = requiredParam(params, 'RoleSessionName', STS_CONSTRAINTS.roleSessionName);
  const token = requiredParam(params, 'WebIdentityToken', STS_CONSTRAINTS.webIdentityToken);
  const durationSeconds = integerParam(params, 'DurationSeconds', { min: 900, max: 43_200 }, 3600);
  const policies = sessionPolicies(call);
  const claims = requireClaims(call, token);
  const role = requireTrustedIdentity(call, roleArn, claims);
  if (durationSeconds > role.maxSessionSeconds) {
    throw new AwsError(
      400,
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  const principal: Principal = {
    kind: 'role',
    role,
    roleSessionName,
    origin: 'web-identity',
    sessionPolicies: policies,
  };
  return {
    Credentials: credentialsXml(world.credentials.issue(principal, after(now, durationSeconds))),
    SubjectFromWebIdentityToken: claims.sub,
    AssumedRoleUser: { AssumedRoleId: `${role.roleId}:${roleSessionName}`, Arn: principalArn(principal) },
    Provider: providerArn(role, claims),
    Audience: claims.aud,
  };
};

function requireClaims(call: QueryCall, token: string): WebIdentityClaims {
  const verdict = call.world.webIdentity.check(token, call.now);
  switch (verdict.kind) {
    case 'valid':
      return verdict.claims;
    case 'expired':
      throw new AwsError(400, 'ExpiredTokenException', 'Token expired: the current time is after its expiration');
    case 'bad-signature':
      throw new AwsError(400, 'InvalidIdentityToken', 'Provided token signature is invalid');
    case 'malformed':
      throw new AwsError(400, 'InvalidIdentityToken', 'The ID Token provided is not a valid JWT.');
  }
}

function requireTrustedIdentity(call: QueryCall, roleArn: string, claims: WebIdentityClaims): RoleState {
  const role = call.world.directory.role(roleArn);
  const providers = role === undefined ? [] : (call.world.directory.account(role.accountId)?.oidcProviders ?? []);
  if (role !== undefined && !providers.includes(claims.iss)) {
    throw new AwsError(
      400,
      'InvalidIdentityToken',
      `No OpenIDConnect provider found in your account for ${claims.iss}`,
    );
  }
  const provider = providerName(claims);
  const context = requestContext({ [`${provider}:aud`]: claims.aud, [`${provider}:sub`]: claims.sub });
  const subject = { accountId: '', arns: [], federatedArn: role === undefined ? '' : providerArn(role, claims) };
  const request = { action: ACTION, resource: roleArn, context };
  const trusted =
    role?.trustPolicy !== undefined && evaluateTrust(role.trustPolicy, subject, request).verdict === 'allow';
  if (role === undefined || !trusted) {
    throw new AwsError(403, 'AccessDenied', `Not authorized to perform ${ACTION}`);
  }
  return role;
}

function providerName(claims: WebIdentityClaims): string {
  return claims.iss.replace(/^https:\/\//, '');
}

function providerArn(role: RoleState, claims: WebIdentityClaims): string {
  return `arn:${role.partition}:iam::${role.accountId}:oidc-provider/${providerName(claims)}`;
}
