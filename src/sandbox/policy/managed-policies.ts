import type { PolicyDocument } from './policy-document.ts';

const allow = (...actions: readonly string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: actions, Resource: '*' },
});

/**
 * AWS's managed policies that the sandbox knows, cut to the services it plays.
 * Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const MANAGED: Readonly<Record<string, PolicyDocument>> = {
  AdministratorAccess: allow('*'),
  PowerUserAccess: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      { Effect: 'Allow', Action: ['iam:ListRoles', 'account:GetAccountInformation'], Resource: '*' },
    ],
  },
  ReadOnlyAccess: allow(
    's3:Get*',
    's3:List*',
    'iam:Get*',
    'iam:List*',
    'iam:Simulate*',
    'ec2:Describe*',
    'ssm:Describe*',
    'sts:Get*',
  ),
  SecurityAudit: allow('s3:ListAllMyBuckets', 's3:GetBucket*', 'iam:Get*', 'iam:List*', 'iam:Simulate*'),
  ViewOnlyAccess: allow('s3:ListAllMyBuckets', 'iam:List*', 'ec2:Describe*'),
  'job-function/Billing': allow('aws-portal:*', 'billing:*', 'budgets:*', 'ce:*'),
  'job-function/DatabaseAdministrator': allow('rds:*', 's3:ListAllMyBuckets'),
  'job-function/NetworkAdministrator': allow('ec2:Describe*', 'ec2:*Vpc*', 'route53:*'),
  AmazonS3ReadOnlyAccess: allow('s3:Get*', 's3:List*'),
  AmazonS3FullAccess: allow('s3:*'),
  IAMReadOnlyAccess: allow('iam:Get*', 'iam:List*', 'iam:Simulate*'),
  SignInLocalDevelopmentAccess: allow('signin:AuthorizeOAuth2Access', 'signin:CreateOAuth2Token'),
};

/** The managed policy with this ARN (any partition), or undefined. */
export function awsManagedPolicy(policyArn: string): PolicyDocument | undefined {
  const name = /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(policyArn)?.[1];
  return name !== undefined && Object.hasOwn(MANAGED, name) ? MANAGED[name] : undefined;
}
