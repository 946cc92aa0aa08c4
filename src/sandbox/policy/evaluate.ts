import { conditionsHold } from './conditions.ts';
import { matchesAction, matchesResource, type RequestContext } from './match.ts';
import { listOf, type PolicyDocument, type PolicyStatement } from './policy-document.ts';

/** What policies say of one request. An explicit deny beats every allow. */
export type Verdict = 'allow' | 'implicit-deny' | 'explicit-deny';

/** One action on one resource, with what is known of the request. */
export interface PolicyRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
}

/**
 * Evaluates identity-based policies.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluatePolicies(policies: readonly PolicyDocument[], request: PolicyRequest): Verdict {
  const applying = policies
    .flatMap((policy) => listOf(policy.Statement))
    .filter((statement) => actionApplies(statement, request) && resourceApplies(statement, request))
    .filter((statement) => conditionsHold(statement.Condition, request.context));
  return verdictOf(applying);
}

/** The verdict of statements that are known to apply. */
export function verdictOf(applying: readonly PolicyStatement[]): Verdict {
  if (applying.some((statement) => statement.Effect === 'Deny')) {
    return 'explicit-deny';
  }
  return applying.length > 0 ? 'allow' : 'implicit-deny';
}

/** Both must allow (a session policy narrows what the identity has): the stricter of the two. */
export function intersect(first: Verdict, second: Verdict): Verdict {
  const order: readonly Verdict[] = ['explicit-deny', 'implicit-deny', 'allow'];
  return order[Math.min(order.indexOf(first), order.indexOf(second))] ?? 'implicit-deny';
}

/** Whether a statement speaks of this action. */
export function actionApplies(statement: PolicyStatement, request: PolicyRequest): boolean {
  return statement.NotAction === undefined
    ? matchesAction(listOf(statement.Action), request.action)
    : !matchesAction(listOf(statement.NotAction), request.action);
}

function resourceApplies(statement: PolicyStatement, request: PolicyRequest): boolean {
  return statement.NotResource === undefined
    ? matchesResource(listOf(statement.Resource), request.resource, request.context)
    : !matchesResource(listOf(statement.NotResource), request.resource, request.context);
}
