import { requiredParam } from '../http/query-params.ts';
import type { SignedOperation } from '../http/query-service.ts';
import { requireAllowed } from '../policy/authorize.ts';
import type { NamedPolicy } from '../organization.ts';
import { principalAccount } from '../state/principal.ts';
import { noSuchEntity, requireUser, type IamCall } from './iam-call.ts';
import { iamPage } from './iam-page.ts';

const POLICY_NAME = { min: 1, max: 128, pattern: /^[\w+=,.@-]+$/ };
const ROLE_NAME = { min: 1, max: 64, pattern: /^[\w+=,.@-]+$/ };
const ARN = { min: 20, max: 2048 };

/** Inline policies. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html */
export const listUserPolicies: SignedOperation = (call) => {
  const user = requireUser(call, 'iam:ListUserPolicies');
  const inline = user.policies.filter((policy) => policy.policyArn === undefined);
  return iamPage(
    call.params,
    'PolicyNames',
    inline.map((policy) => policy.policyName),
  );
};

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html */
export const listAttachedUserPolicies: SignedOperation = (call) => {
  const user = requireUser(call, 'iam:ListAttachedUserPolicies');
  const attached = user.policies.flatMap((policy) =>
    policy.policyArn === undefined ? [] : [{ PolicyName: policy.policyName, PolicyArn: policy.policyArn }],
  );
  return iamPage(call.params, 'AttachedPolicies', attached);
};

/** The document is percent-encoded, as IAM gives it. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html */
export const getUserPolicy: SignedOperation = (call) => {
  const user = requireUser(call, 'iam:GetUserPolicy');
  const policyName = requiredParam(call.params, 'PolicyName', POLICY_NAME);
  const policy = user.policies.find(
    (candidate) => candidate.policyArn === undefined && candidate.policyName === policyName,
  );
  if (policy === undefined) {
    throw noSuchEntity(`The user policy with name ${policyName} cannot be found.`);
  }
  return { UserName: user.userName, PolicyName: policyName, PolicyDocument: encodeDocument(policy) };
};

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export const getPolicy: SignedOperation = (call) => {
  const policy = requireAttachable(call, 'iam:GetPolicy');
  return {
    Policy: { PolicyName: policy.policyName, Arn: policy.policyArn, DefaultVersionId: 'v1', IsAttachable: true },
  };
};

/** Every policy has its one version, v1. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export const getPolicyVersion: SignedOperation = (call) => {
  const policy = requireAttachable(call, 'iam:GetPolicyVersion');
  if (call.params.get('VersionId') !== 'v1') {
    throw noSuchEntity(
      `Policy ${policy.policyArn ?? ''} version ${call.params.get('VersionId') ?? ''} does not exist.`,
    );
  }
  return { PolicyVersion: { Document: encodeDocument(policy), VersionId: 'v1', IsDefaultVersion: true } };
};

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export const getRole: SignedOperation = ({ params, world, now, caller }) => {
  const roleName = requiredParam(params, 'RoleName', ROLE_NAME);
  const { accountId, partition } = principalAccount(caller.principal);
  const configured = world.directory.account(accountId)?.roles?.find((role) => role.roleName === roleName);
  const arn = `arn:${partition}:iam::${accountId}:role${configured?.path ?? '/'}${roleName}`;
  requireAllowed(caller.principal, 'iam:GetRole', arn, now);
  const role = world.directory.role(arn);
  if (role === undefined) {
    throw noSuchEntity(`The role with name ${roleName} cannot be found.`);
  }
  return {
    Role: {
      Path: configured?.path ?? '/',
      RoleName: roleName,
      RoleId: role.roleId,
      Arn: arn,
      AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trustPolicy)),
      MaxSessionDuration: role.maxSessionSeconds,
    },
  };
};

/** A policy that some user or role of the account has attached. */
function requireAttachable(call: IamCall, action: string): NamedPolicy {
  const policyArn = requiredParam(call.params, 'PolicyArn', ARN);
  requireAllowed(call.caller.principal, action, policyArn, call.now);
  const account = call.world.directory.account(principalAccount(call.caller.principal).accountId);
  const policies = [...(account?.users ?? []), ...(account?.roles ?? [])].flatMap((entity) => entity.policies);
  const found = policies.find((policy) => policy.policyArn === policyArn);
  if (found === undefined) {
    throw noSuchEntity(`Policy ${policyArn} does not exist or is not attachable.`);
  }
  return found;
}

function encodeDocument(policy: NamedPolicy): string {
  return encodeURIComponent(JSON.stringify(policy.document));
}
