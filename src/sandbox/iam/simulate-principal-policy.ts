import { memberParams, requiredParam } from '../http/query-params.ts';
import type { SignedOperation } from '../http/query-service.ts';
import type { XmlValue } from '../http/xml.ts';
import { requireAllowed } from '../policy/authorize.ts';
import { evaluatePolicies, type Verdict } from '../policy/evaluate.ts';
import { requestContext } from '../policy/match.ts';
import type { NamedPolicy } from '../organization.ts';
import { noSuchEntity, type IamCall } from './iam-call.ts';

const DECISIONS: Readonly<Record<Verdict, string>> = {
  allow: 'allowed',
  'explicit-deny': 'explicitDeny',
  'implicit-deny': 'implicitDeny',
};

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html */
export const simulatePrincipalPolicy: SignedOperation = (call) => {
  const sourceArn = requiredParam(call.params, 'PolicySourceArn', { min: 20, max: 2048 });
  requireAllowed(call.caller.principal, 'iam:SimulatePrincipalPolicy', sourceArn, call.now);
  const source = policiesOf(call, sourceArn);
  const resources = memberParams(call.params, 'ResourceArns');
  const context = requestContext({ ...source.context, ...contextEntries(call.params) });
  const results = memberParams(call.params, 'ActionNames').flatMap((action) =>
    (resources.length === 0 ? ['*'] : resources).map((resource): XmlValue => {
      const documents = source.policies.map((policy) => policy.document);
      const verdict = evaluatePolicies(documents, { action, resource, context });
      return { EvalActionName: action, EvalResourceName: resource, EvalDecision: DECISIONS[verdict] };
    }),
  );
  return { EvaluationResults: results, IsTruncated: false };
};

function policiesOf(
  call: IamCall,
  sourceArn: string,
): { readonly policies: readonly NamedPolicy[]; readonly context: Readonly<Record<string, string>> } {
  const user = call.world.directory.iamUsers().find((candidate) => candidate.arn === sourceArn);
  if (user !== undefined) {
    return { policies: user.policies, context: { 'aws:username': user.userName, 'aws:PrincipalArn': user.arn } };
  }
  const role = call.world.directory.role(sourceArn);
  if (role === undefined) {
    throw noSuchEntity(`The entity ${sourceArn} cannot be found.`);
  }
  return { policies: role.policies, context: { 'aws:PrincipalArn': role.arn } };
}

/** `ContextEntries.member.N.ContextKeyName` and its first value. */
function contextEntries(params: URLSearchParams): Readonly<Record<string, string>> {
  const entries: Record<string, string> = {};
  memberParams(params, 'ContextEntries', 'ContextKeyName').forEach((name, index) => {
    const value = params.get(`ContextEntries.member.${index + 1}.ContextKeyValues.member.1`);
    if (value !== null) {
      entries[name] = value;
    }
  });
  return entries;
}
