import type { DocumentForms } from './document-forms.ts';
import type { GuideFacts } from './guide-facts.ts';
import { permissionSetForms } from './permission-set-forms.ts';
import {
  allowAssumeRolePolicy,
  manageOwnMfaPolicy,
  roleTrustPolicy,
  rotateOwnKeyPolicy,
  type PolicyDocument,
} from './policies.ts';
import { cloudFormation, hclJson, hclString, hclTag, startingPolicyArn } from './template-text.ts';

/** The forms in which a document can be had. */
export const GUIDE_FORMATS = ['json', 'cloudformation', 'terraform'] as const;
export type GuideFormat = (typeof GUIDE_FORMATS)[number];

/** Something to copy into AWS. */
export type GuideDocumentId =
  'allow-assume-role' | 'manage-own-mfa' | 'rotate-own-key' | 'role' | 'user' | 'permission-set';

/** A document, filled in. */
export interface GuideDocument {
  readonly id: GuideDocumentId;
  readonly title: string;
  readonly format: GuideFormat;
  readonly fileName: string;
  readonly text: string;
}

const SESSION_SECONDS = 3600;

/** A document in one form, as it is pasted into the IAM console, CloudFormation or Terraform. */
export function guideDocument(id: GuideDocumentId, format: GuideFormat, facts: GuideFacts): GuideDocument {
  const forms = DOCUMENTS[id];
  const { title } = forms;
  switch (format) {
    case 'json':
      return { id, title, format, fileName: `${forms.fileName}.json`, text: json(forms.json(facts)) };
    case 'cloudformation':
      return {
        id,
        title,
        format,
        fileName: `${forms.fileName}.template.json`,
        text: json(cloudFormation(title, forms.cloudformation(facts))),
      };
    case 'terraform':
      return { id, title, format, fileName: `${forms.fileName}.tf`, text: forms.terraform(facts) };
  }
}

function policyForms(
  title: string,
  fileName: string,
  policyName: string,
  make: (facts: GuideFacts) => PolicyDocument,
): DocumentForms {
  return {
    title,
    fileName,
    json: make,
    cloudformation: (facts) => ({
      [policyName]: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: {
          ManagedPolicyName: policyName,
          Users: [facts.userName],
          PolicyDocument: make(facts),
        },
      },
    }),
    terraform: (facts) => terraformPolicy(policyName, make(facts), facts.userName),
  };
}

const DOCUMENTS: Readonly<Record<GuideDocumentId, DocumentForms>> = {
  'allow-assume-role': policyForms(
    'Policy of the user: assume the role with MFA',
    'allow-assume-role',
    'AllowAssumeRole',
    allowAssumeRolePolicy,
  ),
  'manage-own-mfa': policyForms(
    'Policy of the user: manage the own MFA device, nothing else without MFA',
    'manage-own-mfa',
    'ManageOwnMfa',
    manageOwnMfaPolicy,
  ),
  'rotate-own-key': policyForms(
    'Policy of the user: rotate the own access key with MFA',
    'rotate-own-key',
    'RotateOwnKey',
    rotateOwnKeyPolicy,
  ),
  role: {
    title: 'The role in the work account, with its trust policy',
    fileName: 'work-role',
    json: roleTrustPolicy,
    cloudformation: (facts) => ({
      WorkRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: facts.roleName,
          MaxSessionDuration: SESSION_SECONDS,
          AssumeRolePolicyDocument: roleTrustPolicy(facts),
          ManagedPolicyArns: [startingPolicyArn(facts)],
        },
      },
    }),
    terraform: (facts) =>
      [
        `resource "aws_iam_role" "work" {`,
        `  name                 = ${hclString(facts.roleName)}`,
        `  max_session_duration = ${SESSION_SECONDS}`,
        `  assume_role_policy   = ${hclJson(roleTrustPolicy(facts), 2)}`,
        `}`,
        ``,
        `resource "aws_iam_role_policy_attachment" "work" {`,
        `  role       = aws_iam_role.work.name`,
        `  policy_arn = ${hclString(startingPolicyArn(facts))}`,
        `}`,
        ``,
      ].join('\n'),
  },
  user: {
    title: 'The user, who may only assume the role',
    fileName: 'assume-only-user',
    json: (facts) => ({ UserName: facts.userName }),
    cloudformation: (facts) => ({
      AssumeOnlyUser: {
        Type: 'AWS::IAM::User',
        Properties: {
          UserName: facts.userName,
          Policies: userPolicies(facts).map(([PolicyName, document]) => ({
            PolicyName,
            PolicyDocument: document,
          })),
        },
      },
    }),
    terraform: (facts) =>
      [
        `resource "aws_iam_user" "assume_only" {`,
        `  name = ${hclString(facts.userName)}`,
        `}`,
        ``,
        ...userPolicies(facts).flatMap(([name, document]) => [
          `resource "aws_iam_user_policy" "${hclTag(name)}" {`,
          `  name   = ${hclString(name)}`,
          `  user   = aws_iam_user.assume_only.name`,
          `  policy = ${hclJson(document, 2)}`,
          `}`,
          ``,
        ]),
      ].join('\n'),
  },
  'permission-set': permissionSetForms,
};

function terraformPolicy(policyName: string, document: PolicyDocument, userName: string): string {
  const tag = hclTag(policyName);
  return [
    `resource "aws_iam_policy" "${tag}" {`,
    `  name   = ${hclString(policyName)}`,
    `  policy = ${hclJson(document, 2)}`,
    `}`,
    ``,
    `resource "aws_iam_user_policy_attachment" "${tag}" {`,
    `  user       = ${hclString(userName)}`,
    `  policy_arn = aws_iam_policy.${tag}.arn`,
    `}`,
    ``,
  ].join('\n');
}

function userPolicies(facts: GuideFacts): readonly (readonly [string, PolicyDocument])[] {
  return [
    ['AllowAssumeRole', allowAssumeRolePolicy(facts)],
    ['ManageOwnMfa', manageOwnMfaPolicy(facts)],
    ['RotateOwnKey', rotateOwnKeyPolicy(facts)],
  ];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
