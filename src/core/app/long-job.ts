import type { LongJobFacts } from '../../shared/session-limit.ts';
import type { RoleTarget } from '../../shared/role-target.ts';
import { SignInNeededError } from '../session/errors.ts';
import type { CallContext } from '../session/ports.ts';
import type { Services } from './services.ts';

type LongJobServices = Pick<Services, 'credentials' | 'sessionFacts' | 'ssoSessions'>;

/**
 * Makes everything as fresh as it can be without the user: the SSO token behind a role, then its credentials. Throws SignInNeededError
 * where nothing can be had without signing in, and what fetching credentials throws. A token that holds but cannot be renewed stays:
 * its end is in the answer.
 */
export async function renewForLongJob(
  services: LongJobServices,
  target: RoleTarget,
  call: CallContext,
): Promise<LongJobFacts> {
  const { limit, ssoSession } = await services.sessionFacts(target);
  if (ssoSession !== undefined) {
    await renewToken(services, ssoSession, call);
  }
  const { expiresAt } = await services.credentials.get(target, call, { fresh: true });
  return {
    expiresAt: expiresAt.toISOString(),
    limit,
    ssoToken: ssoSession === undefined ? undefined : await tokenFacts(services, ssoSession),
  };
}

async function renewToken({ ssoSessions }: LongJobServices, ssoSession: string, call: CallContext): Promise<void> {
  try {
    await ssoSessions.renew(ssoSession, call.signal);
  } catch (error) {
    // One that still holds is good enough to fetch credentials, which say themselves when it is not.
    if (!(error instanceof SignInNeededError)) {
      throw error;
    }
  }
}

async function tokenFacts({ ssoSessions }: LongJobServices, ssoSession: string): Promise<LongJobFacts['ssoToken']> {
  const access = await ssoSessions.access(ssoSession);
  return access.kind === 'signed-in'
    ? { ssoSession, expiresAt: access.tokenExpiresAt, renewsByItself: access.renewsByItself }
    : undefined;
}
