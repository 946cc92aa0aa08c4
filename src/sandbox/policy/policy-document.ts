import { AwsError } from '../http/aws-error.ts';

/** A list, or the single value that JSON policies may write in its place. */
export type OneOrMany<T> = T | readonly T[];

/** Operator -> context key -> accepted values. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, OneOrMany<string>>>>>;

/** Who a trust policy speaks of. */
export type PrincipalElement =
  | '*'
  | {
      readonly AWS?: OneOrMany<string>;
      readonly Federated?: OneOrMany<string>;
      readonly Service?: OneOrMany<string>;
    };

/** One statement of a policy. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PrincipalElement;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: ConditionBlock;
}

/** A JSON policy. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface PolicyDocument {
  readonly Version: '2012-10-17' | '2008-10-17';
  readonly Statement: OneOrMany<PolicyStatement>;
}

/** The condition operators this evaluator knows. A policy with another one is refused, never half understood. */
export const CONDITION_OPERATORS = [
  'Bool',
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'ArnEquals',
  'ArnLike',
  'NumericEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'Null',
] as const;

/** Both forms as a list. */
export function listOf<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** Reads a policy that came over the wire. Throws MalformedPolicyDocument (400) for anything this evaluator cannot honour in full. */
export function parsePolicyDocument(text: string): PolicyDocument {
  const document = parseJson(text);
  if (!isRecord(document) || (document['Version'] !== '2012-10-17' && document['Version'] !== '2008-10-17')) {
    throw malformed('The policy is not in the valid JSON format.');
  }
  const statements = listOf<unknown>(document['Statement']);
  if (statements.length === 0 || !statements.every(isStatement)) {
    throw malformed('Syntax errors in policy.');
  }
  return document as unknown as PolicyDocument;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('The policy is not in the valid JSON format.');
  }
}

function malformed(message: string): AwsError {
  return new AwsError(400, 'MalformedPolicyDocument', message);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStatement(value: unknown): boolean {
  if (!isRecord(value) || (value['Effect'] !== 'Allow' && value['Effect'] !== 'Deny')) {
    return false;
  }
  const oneOf = (a: string, b: string): boolean => (value[a] === undefined) !== (value[b] === undefined);
  return (
    oneOf('Action', 'NotAction') &&
    oneOf('Resource', 'NotResource') &&
    ['Action', 'NotAction', 'Resource', 'NotResource'].every((key) => isStrings(value[key])) &&
    isConditionBlock(value['Condition'])
  );
}

function isStrings(value: unknown): boolean {
  return value === undefined || listOf(value as OneOrMany<unknown>).every((item) => typeof item === 'string');
}

function isConditionBlock(value: unknown): boolean {
  if (value === undefined) {
    return true;
  }
  const known = new Set<string>(CONDITION_OPERATORS);
  return (
    isRecord(value) &&
    Object.entries(value).every(
      ([operator, keys]) =>
        known.has(operator.replace(/IfExists$/, '')) && isRecord(keys) && Object.values(keys).every(isStrings),
    )
  );
}
