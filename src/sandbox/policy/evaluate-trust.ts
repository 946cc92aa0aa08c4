import { conditionsHold } from './conditions.ts';
import { actionApplies, verdictOf, type PolicyRequest, type Verdict } from './evaluate.ts';
import { listOf, type PolicyDocument, type PrincipalElement } from './policy-document.ts';

/** Who asks to assume a role, as a trust policy can name them. */
export interface TrustSubject {
  readonly accountId: string;
  /** Every ARN that names the caller: the user's, or the role's and the role session's. */
  readonly arns: readonly string[];
  /** The identity provider's ARN, for AssumeRoleWithWebIdentity. */
  readonly federatedArn?: string;
}

/** How a trust policy judged the caller. `delegated`: allowed through the account, so the caller's own policy must allow it too. */
export interface TrustVerdict {
  readonly verdict: Verdict;
  readonly delegated: boolean;
}

/**
 * Evaluates a role's trust policy for one caller.
 *
 * Naming the account (`arn:aws:iam::111122223333:root`, the bare id) hands the decision to that account's own policies; naming the user
 * or role itself is enough within one account.
 */
export function evaluateTrust(policy: PolicyDocument, subject: TrustSubject, request: PolicyRequest): TrustVerdict {
  const applying = listOf(policy.Statement)
    .filter((statement) => principalKind(statement.Principal, subject) !== 'none' && actionApplies(statement, request))
    .filter((statement) => conditionsHold(statement.Condition, request.context));
  const named = applying.some(
    (statement) => statement.Effect === 'Allow' && principalKind(statement.Principal, subject) === 'named',
  );
  return { verdict: verdictOf(applying), delegated: !named };
}

function principalKind(principal: PrincipalElement | undefined, subject: TrustSubject): 'none' | 'account' | 'named' {
  if (principal === undefined) {
    return 'none';
  }
  if (subject.federatedArn !== undefined) {
    const federated = principal === '*' ? [] : listOf(principal.Federated);
    return federated.includes(subject.federatedArn) ? 'named' : 'none';
  }
  const entries = principal === '*' ? ['*'] : listOf(principal.AWS);
  if (entries.some((entry) => subject.arns.includes(entry))) {
    return 'named';
  }
  return entries.some((entry) => entry === '*' || namesAccount(entry, subject.accountId)) ? 'account' : 'none';
}

function namesAccount(entry: string, accountId: string): boolean {
  return entry === accountId || new RegExp(`^arn:aws[a-z-]*:iam::${accountId}:root$`).test(entry);
}
