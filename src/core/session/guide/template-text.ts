import type { GuideFacts } from './guide-facts.ts';

/** The ARN of AWS's own policy for a role that may look at everything and change nothing: a safe start. */
export function startingPolicyArn(facts: GuideFacts): string {
  return `arn:${facts.partition.id}:iam::aws:policy/ReadOnlyAccess`;
}

/** A CloudFormation template of these resources. */
export function cloudFormation(description: string, resources: Readonly<Record<string, unknown>>): unknown {
  return { AWSTemplateFormatVersion: '2010-09-09', Description: description, Resources: resources };
}

/** A text in Terraform's language; nothing in it is a template. */
export function hclString(text: string): string {
  return escapeTemplates(JSON.stringify(text));
}

/** `jsonencode(…)` of a value: JSON is an expression of Terraform's language once its templates are escaped. */
export function hclJson(value: unknown, indent: number): string {
  const lines = JSON.stringify(value, undefined, 2).split('\n');
  const indented = lines.map((line, index) => (index === 0 ? line : `${' '.repeat(indent)}${line}`));
  return `jsonencode(${escapeTemplates(indented.join('\n'))})`;
}

/** A resource's own name: `AllowAssumeRole` becomes `allow_assume_role`. */
export function hclTag(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, '_$&').toLowerCase();
}

function escapeTemplates(text: string): string {
  return text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
}
