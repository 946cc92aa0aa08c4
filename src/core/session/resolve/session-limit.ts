import type { SessionLimit } from '../../../shared/session-limit.ts';
import type { ChainPlan } from './chain-plan.ts';

/** What is known of a target's credentials before they are fetched. */
export interface SessionFacts {
  readonly limit: SessionLimit;
  /** The Identity Center whose token fetches them, where one does. */
  readonly ssoSession: string | undefined;
}

/**
 * What decides how long one set of credentials lasts at most, and which sign-in is behind it.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html
 */
export function sessionFacts({ source, hops }: Pick<ChainPlan, 'source' | 'hops'>): SessionFacts {
  const ssoSession = source.kind === 'sso-role' ? source.target.ssoSession : undefined;
  if (hops.length === 0) {
    return { limit: ssoSession === undefined ? 'source' : 'permission-set', ssoSession };
  }
  const isLongTerm = source.kind === 'stored-key' || (source.kind === 'static-key' && !source.isTemporary);
  return { limit: hops.length === 1 && isLongTerm ? 'role' : 'chained', ssoSession };
}
