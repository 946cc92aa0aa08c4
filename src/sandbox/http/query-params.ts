import { AwsError } from './aws-error.ts';

/** What a parameter must look like. Lengths are in characters. */
export interface TextConstraint {
  readonly min: number;
  readonly max: number;
  readonly pattern?: RegExp;
}

/** A parameter's text, checked; undefined where it is absent. Throws ValidationError worded as AWS does. */
export function textParam(params: URLSearchParams, name: string, constraint: TextConstraint): string | undefined {
  const value = params.get(name);
  if (value === null) {
    return undefined;
  }
  const { min, max, pattern } = constraint;
  if (value.length < min) {
    throw constraintError(name, value, `Member must have length greater than or equal to ${min}`);
  }
  if (value.length > max) {
    throw constraintError(name, value, `Member must have length less than or equal to ${max}`);
  }
  if (pattern !== undefined && !pattern.test(value)) {
    throw constraintError(name, value, `Member must satisfy regular expression pattern: ${pattern.source}`);
  }
  return value;
}

/** A parameter that must be there. */
export function requiredParam(params: URLSearchParams, name: string, constraint: TextConstraint): string {
  const value = textParam(params, name, constraint);
  if (value === undefined) {
    throw validationError(`Value null at '${memberName(name)}' failed to satisfy constraint: Member must not be null`);
  }
  return value;
}

/** A whole number within bounds; `fallback` where it is absent. */
export function integerParam(
  params: URLSearchParams,
  name: string,
  bounds: { readonly min: number; readonly max: number },
  fallback: number,
): number {
  const text = params.get(name);
  if (text === null) {
    return fallback;
  }
  const value = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) {
    throw new AwsError(400, 'MalformedInput', 'Invalid Argument');
  }
  if (value < bounds.min) {
    throw constraintError(name, text, `Member must have value greater than or equal to ${bounds.min}`);
  }
  if (value > bounds.max) {
    throw constraintError(name, text, `Member must have value less than or equal to ${bounds.max}`);
  }
  return value;
}

/** The members of a list parameter: `PolicyArns.member.1.arn` -> `memberParams(params, 'PolicyArns', 'arn')`. */
export function memberParams(params: URLSearchParams, name: string, field?: string): readonly string[] {
  const suffix = field === undefined ? '' : `.${field}`;
  const values: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = params.get(`${name}.member.${index}${suffix}`);
    if (value === null) {
      return values;
    }
    values.push(value);
  }
}

/** A ValidationError (400). */
export function validationError(detail: string): AwsError {
  return new AwsError(400, 'ValidationError', `1 validation error detected: ${detail}`);
}

function constraintError(name: string, value: string, rule: string): AwsError {
  return validationError(`Value '${value}' at '${memberName(name)}' failed to satisfy constraint: ${rule}`);
}

/** AWS names members with a small first letter in these messages. */
function memberName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
