import type { DocumentForms } from './document-forms.ts';
import type { GuideFacts } from './guide-facts.ts';
import { hclString, startingPolicyArn } from './template-text.ts';

/** ISO 8601. */
const SESSION_DURATION = 'PT1H';

/** A permission set and its assignment to the user in the work account. CloudFormation cannot look up the ids of instance and person: the reader puts them in. */
export const permissionSetForms: DocumentForms = {
  title: 'A permission set of the Identity Center',
  fileName: 'permission-set',
  json: (facts) => ({ InstanceArn: 'INSTANCE_ARN', Name: facts.permissionSetName, SessionDuration: SESSION_DURATION }),
  cloudformation: (facts) => ({
    PermissionSet: {
      Type: 'AWS::SSO::PermissionSet',
      Properties: {
        InstanceArn: 'INSTANCE_ARN',
        Name: facts.permissionSetName,
        SessionDuration: SESSION_DURATION,
        ManagedPolicies: [startingPolicyArn(facts)],
      },
    },
    Assignment: {
      Type: 'AWS::SSO::Assignment',
      Properties: {
        InstanceArn: 'INSTANCE_ARN',
        PermissionSetArn: { 'Fn::GetAtt': ['PermissionSet', 'PermissionSetArn'] },
        PrincipalType: 'USER',
        PrincipalId: 'PRINCIPAL_ID',
        TargetType: 'AWS_ACCOUNT',
        TargetId: facts.workAccountId,
      },
    },
  }),
  terraform: terraformPermissionSet,
};

function terraformPermissionSet(facts: GuideFacts): string {
  return [
    `data "aws_ssoadmin_instances" "this" {}`,
    ``,
    `locals {`,
    `  instance_arn      = tolist(data.aws_ssoadmin_instances.this.arns)[0]`,
    `  identity_store_id = tolist(data.aws_ssoadmin_instances.this.identity_store_ids)[0]`,
    `}`,
    ``,
    `data "aws_identitystore_user" "member" {`,
    `  identity_store_id = local.identity_store_id`,
    `  alternate_identifier {`,
    `    unique_attribute {`,
    `      attribute_path  = "UserName"`,
    `      attribute_value = ${hclString(facts.userName)}`,
    `    }`,
    `  }`,
    `}`,
    ``,
    `resource "aws_ssoadmin_permission_set" "this" {`,
    `  name             = ${hclString(facts.permissionSetName)}`,
    `  instance_arn     = local.instance_arn`,
    `  session_duration = "${SESSION_DURATION}"`,
    `}`,
    ``,
    `resource "aws_ssoadmin_managed_policy_attachment" "this" {`,
    `  instance_arn       = local.instance_arn`,
    `  permission_set_arn = aws_ssoadmin_permission_set.this.arn`,
    `  managed_policy_arn = ${hclString(startingPolicyArn(facts))}`,
    `}`,
    ``,
    `resource "aws_ssoadmin_account_assignment" "this" {`,
    `  instance_arn       = local.instance_arn`,
    `  permission_set_arn = aws_ssoadmin_permission_set.this.arn`,
    `  principal_type     = "USER"`,
    `  principal_id       = data.aws_identitystore_user.member.user_id`,
    `  target_type        = "AWS_ACCOUNT"`,
    `  target_id          = ${hclString(facts.workAccountId)}`,
    `}`,
    ``,
  ].join('\n');
}
