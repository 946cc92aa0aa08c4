import { WEB_IDENTITY_ISSUER } from './state/web-identity-issuer.ts';
import type { NamedPolicy } from './organization.ts';
import { awsManagedPolicy } from './policy/managed-policies.ts';
import type { ConditionBlock, PolicyDocument } from './policy/policy-document.ts';

const VERSION = '2012-10-17';

/** An AWS managed policy, attached. */
export function managed(name: string): NamedPolicy {
  const policyArn = `arn:aws:iam::aws:policy/${name}`;
  const document = awsManagedPolicy(policyArn) ?? { Version: VERSION, Statement: [] };
  return { policyName: name.split('/').at(-1) ?? name, policyArn, document };
}

/** The trust policy of a role that whoever another account allows may assume. */
export function trustAccount(accountId: string): PolicyDocument {
  return {
    Version: VERSION,
    Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:AssumeRole' },
  };
}

/** The trust policy of a role that an account's users may assume, with MFA. */
export function trustAccountWithMfa(accountId: string, more: ConditionBlock = {}): PolicyDocument {
  return {
    Version: VERSION,
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'sts:AssumeRole',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, ...more },
    },
  };
}

/** The trust policy of a role that only another role may assume. */
export function trustRole(roleArn: string): PolicyDocument {
  return {
    Version: VERSION,
    Statement: { Effect: 'Allow', Principal: { AWS: roleArn }, Action: 'sts:AssumeRole' },
  };
}

/** The trust policy of a role for one subject of the sandbox's identity provider. */
export function trustWebIdentity(accountId: string, subject: string): PolicyDocument {
  const provider = WEB_IDENTITY_ISSUER.replace('https://', '');
  return {
    Version: VERSION,
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${provider}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${provider}:aud`]: 'sts.amazonaws.com', [`${provider}:sub`]: subject } },
    },
  };
}

/** All that a member may do: assume these roles, with MFA. */
export function allowAssumeRole(roleArns: readonly string[]): NamedPolicy {
  return {
    policyName: 'AllowAssumeRole',
    document: {
      Version: VERSION,
      Statement: {
        Sid: 'AssumeWorkRolesWithMfa',
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource: roleArns,
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
    },
  };
}

/**
 * Lets users look after their own MFA devices and keys, and denies all else without MFA.
 * `getSessionToken: false` leaves `sts:GetSessionToken` out of the exceptions, which makes it unusable.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage-mfa-only.html
 */
export function manageOwnMfa(options: { readonly getSessionToken: boolean }): NamedPolicy {
  const own = ['arn:aws:iam::*:user/${aws:username}'];
  const devices = ['arn:aws:iam::*:mfa/${aws:username}*'];
  const withoutMfa = [
    'iam:CreateVirtualMFADevice',
    'iam:DeleteVirtualMFADevice',
    'iam:EnableMFADevice',
    'iam:GetUser',
    'iam:ListMFADevices',
    'iam:ListVirtualMFADevices',
    'iam:ResyncMFADevice',
    ...(options.getSessionToken ? ['sts:GetSessionToken'] : []),
  ];
  return {
    policyName: 'ManageOwnMfa',
    document: {
      Version: VERSION,
      Statement: [
        { Sid: 'ListDevices', Effect: 'Allow', Action: 'iam:ListVirtualMFADevices', Resource: '*' },
        {
          Sid: 'OwnVirtualDevice',
          Effect: 'Allow',
          Action: ['iam:CreateVirtualMFADevice', 'iam:DeleteVirtualMFADevice'],
          Resource: devices,
        },
        {
          Sid: 'OwnUser',
          Effect: 'Allow',
          Action: [
            'iam:GetUser',
            'iam:EnableMFADevice',
            'iam:ResyncMFADevice',
            'iam:DeactivateMFADevice',
            'iam:ListMFADevices',
            'iam:CreateAccessKey',
            'iam:UpdateAccessKey',
            'iam:DeleteAccessKey',
            'iam:ListAccessKeys',
            'iam:GetAccessKeyLastUsed',
          ],
          Resource: own,
        },
        {
          Sid: 'DenyAllButTheseWithoutMfa',
          Effect: 'Deny',
          NotAction: withoutMfa,
          Resource: '*',
          Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
        },
      ],
    },
  };
}
