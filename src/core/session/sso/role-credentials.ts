import type { SsoRoleTarget } from '../../../shared/role-target.ts';
import { AwsRefusedError } from '../../aws/aws-errors.ts';
import { INTERACTIVE_RETRIES } from '../../aws/retry.ts';
import { getRoleCredentials } from '../../aws/sso.ts';
import type { TemporaryCredentials } from '../../model/credentials.ts';
import { NoAccessError } from '../errors.ts';
import { PortalCaller, type PortalPorts } from './portal-caller.ts';
import type { PortalLimiters } from './portal-limiters.ts';
import type { SsoSession } from './sso-session.ts';

/** What fetching role credentials needs. */
export interface RoleCredentialsPorts extends Omit<PortalPorts, 'limiter'> {
  readonly limiters: PortalLimiters;
  findSession(id: string): Promise<SsoSession>;
}

/**
 * Fetches the credentials of permission sets, ahead of whatever else asks the portal.
 *
 * The function throws SignInNeededError where only a sign-in helps, NoAccessError where the role is not assigned, else what the call
 * throws.
 */
export function ssoRoleSource(
  ports: RoleCredentialsPorts,
): (target: SsoRoleTarget, signal: AbortSignal) => Promise<TemporaryCredentials> {
  return async (target, signal) => {
    const session = await ports.findSession(target.ssoSession);
    const portal = new PortalCaller(
      { ...ports, limiter: ports.limiters.of(session) },
      session,
      { priority: 'now', policy: INTERACTIVE_RETRIES },
      signal,
    );
    try {
      return await portal.ask((request, accessToken) => getRoleCredentials(request, accessToken, target));
    } catch (error) {
      if (error instanceof AwsRefusedError && (error.status === 403 || error.status === 404)) {
        throw new NoAccessError(target.accountId, target.roleName, error);
      }
      throw error;
    }
  };
}
