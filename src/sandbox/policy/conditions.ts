import { expandVariables, matchesPattern, type RequestContext } from './match.ts';
import { listOf, type ConditionBlock } from './policy-document.ts';

type Compare = (actual: string, expected: string) => boolean;

const numeric =
  (test: (actual: number, expected: number) => boolean): Compare =>
  (actual, expected) =>
    test(Number(actual), Number(expected));

const COMPARISONS: Readonly<Record<string, Compare>> = {
  Bool: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
  StringEquals: (actual, expected) => actual === expected,
  StringEqualsIgnoreCase: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
  StringLike: (actual, expected) => matchesPattern(expected, actual),
  ArnEquals: (actual, expected) => matchesPattern(expected, actual),
  ArnLike: (actual, expected) => matchesPattern(expected, actual),
  NumericEquals: numeric((actual, expected) => actual === expected),
  NumericLessThan: numeric((actual, expected) => actual < expected),
  NumericLessThanEquals: numeric((actual, expected) => actual <= expected),
  NumericGreaterThan: numeric((actual, expected) => actual > expected),
  NumericGreaterThanEquals: numeric((actual, expected) => actual >= expected),
};

const NEGATED: Readonly<Record<string, string>> = { StringNotEquals: 'StringEquals', StringNotLike: 'StringLike' };

/**
 * Whether every operator and key of the block holds for this request.
 *
 * A key the request does not have fails a positive operator, passes a negated one and passes any `…IfExists`.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function conditionsHold(block: ConditionBlock | undefined, context: RequestContext): boolean {
  return Object.entries(block ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) =>
      operatorHolds(
        operator,
        context.get(key.toLowerCase()),
        listOf(values).map((value) => expandVariables(value, context)),
      ),
    ),
  );
}

function operatorHolds(
  operator: string,
  actual: string | undefined,
  expected: readonly (string | undefined)[],
): boolean {
  if (operator === 'Null') {
    return expected.some((value) => (value === 'true') === (actual === undefined));
  }
  const base = operator.replace(/IfExists$/, '');
  if (actual === undefined) {
    return operator.endsWith('IfExists') || base in NEGATED;
  }
  const compare = COMPARISONS[NEGATED[base] ?? base];
  if (compare === undefined) {
    return false;
  }
  const some = expected.some((value) => value !== undefined && compare(actual, value));
  return base in NEGATED ? !some : some;
}
