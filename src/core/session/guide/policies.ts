import type { GuideFacts } from './guide-facts.ts';

/** One statement of an IAM policy. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: { readonly AWS: string };
  readonly Action?: string | readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** An IAM policy. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

const WITH_MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } as const;

/** What must work before MFA: enrolling a device, and starting the session that MFA is proven with. */
const WITHOUT_MFA = [
  'iam:GetUser',
  'iam:ListMFADevices',
  'iam:ListVirtualMFADevices',
  'iam:CreateVirtualMFADevice',
  'iam:DeleteVirtualMFADevice',
  'iam:EnableMFADevice',
  'iam:ResyncMFADevice',
  'sts:GetSessionToken',
] as const;

/** Lets the user assume the role, with MFA and in no other way. */
export function allowAssumeRolePolicy(facts: GuideFacts): PolicyDocument {
  return policy({
    Sid: 'AssumeTheRoleWithMfa',
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Resource: `arn:${facts.partition.id}:iam::${facts.workAccountId}:role/${facts.roleName}`,
    Condition: WITH_MFA,
  });
}

/**
 * Lets users care for their own MFA device, and denies all else without MFA.
 *
 * `DeleteVirtualMFADevice` is harmless without MFA: AWS deletes only devices that no user has. `DeactivateMFADevice` is not, so it wants
 * MFA. `sts:GetSessionToken` stands in NotAction because AWS judges that call before the code in it counts: without it the deny would
 * refuse the very call that proves MFA, and a code would be asked for with each role instead of once in twelve hours.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage-mfa-only.html
 */
export function manageOwnMfaPolicy(facts: GuideFacts): PolicyDocument {
  const arn = (rest: string): string => `arn:${facts.partition.id}:iam::*:${rest}`;
  return policy(
    { Sid: 'ListDevices', Effect: 'Allow', Action: 'iam:ListVirtualMFADevices', Resource: '*' },
    {
      Sid: 'CreateAndDeleteVirtualDevices',
      Effect: 'Allow',
      Action: ['iam:CreateVirtualMFADevice', 'iam:DeleteVirtualMFADevice'],
      Resource: arn('mfa/*'),
    },
    {
      Sid: 'EnableOwnDevice',
      Effect: 'Allow',
      Action: ['iam:GetUser', 'iam:ListMFADevices', 'iam:EnableMFADevice', 'iam:ResyncMFADevice'],
      Resource: arn('user/${aws:username}'),
    },
    {
      Sid: 'DeactivateOwnDeviceWithMfa',
      Effect: 'Allow',
      Action: 'iam:DeactivateMFADevice',
      Resource: arn('user/${aws:username}'),
      Condition: WITH_MFA,
    },
    {
      Sid: 'DenyAllElseWithoutMfa',
      Effect: 'Deny',
      NotAction: WITHOUT_MFA,
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    },
  );
}

/** Lets users change their own access key, with MFA: what "rotate" needs. */
export function rotateOwnKeyPolicy(facts: GuideFacts): PolicyDocument {
  return policy({
    Sid: 'RotateOwnKeyWithMfa',
    Effect: 'Allow',
    Action: [
      'iam:ListAccessKeys',
      'iam:CreateAccessKey',
      'iam:UpdateAccessKey',
      'iam:DeleteAccessKey',
      'iam:GetAccessKeyLastUsed',
    ],
    Resource: `arn:${facts.partition.id}:iam::*:user/\${aws:username}`,
    Condition: WITH_MFA,
  });
}

/** Who may assume the role in the work account: the one user, with MFA. */
export function roleTrustPolicy(facts: GuideFacts): PolicyDocument {
  return policy({
    Sid: 'TheUserWithMfa',
    Effect: 'Allow',
    Principal: { AWS: `arn:${facts.partition.id}:iam::${facts.homeAccountId}:user/${facts.userName}` },
    Action: 'sts:AssumeRole',
    Condition: WITH_MFA,
  });
}

function policy(...Statement: readonly PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement };
}
