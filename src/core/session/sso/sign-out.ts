import type { AwsNetwork } from '../../aws/client-config.ts';
import { createToken } from '../../aws/sso-oidc.ts';
import { logout } from '../../aws/sso.ts';
import { forgetSsoRoleCredentials } from '../../files/cli-cache.ts';
import type { Clock } from '../../model/clock.ts';
import type { Secret } from '../../model/secret.ts';
import type { ClientRecords } from './client-records.ts';
import type { SsoSession } from './sso-session.ts';
import type { TokenKeeper } from './token-keeper.ts';
import { isRenewable, type StoredToken } from './token-store.ts';

/** What signing out touches. */
export interface SignOutPorts {
  readonly network: AwsNetwork;
  readonly clock: Clock;
  readonly keeper: TokenKeeper;
  readonly records: ClientRecords;
  /** `~/.aws/cli/cache`. */
  readonly cliCacheDir: string;
  /** Every role that credentials may have been kept for: of the directory and of the profiles. */
  rolesOf(session: SsoSession): Promise<readonly { readonly accountId: string; readonly roleName: string }[]>;
  /** Takes back what commands left for one another. */
  forgetSharedRoles(): Promise<void>;
  readonly log: (line: string) => void;
}

/** AWS has that long to hear of it; what is kept here is gone already by then. */
const LOGOUT_MS = 5_000;

/**
 * Signs out: takes away the token, the registration and what the AWS CLI and our own commands kept of its roles, then tells AWS, which ends
 * the token for all who may have a copy. Without a network the first part is done all the same.
 *
 * Throws where something kept here could not be removed, after everything else was done.
 */
export async function signOut(ports: SignOutPorts, session: SsoSession, signal: AbortSignal): Promise<void> {
  const [token, ...rest] = await Promise.allSettled([
    ports.keeper.take(session),
    ports.records.forget(session),
    forgetRoles(ports, session),
    ports.forgetSharedRoles(),
  ]);
  const taken = token.status === 'fulfilled' ? token.value : await ports.keeper.read(session).catch(() => undefined);
  if (taken !== undefined) {
    await tellAws(ports, session, taken, signal);
  }
  const failed = [token, ...rest].find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    throw failed.reason;
  }
}

async function forgetRoles(ports: SignOutPorts, session: SsoSession): Promise<void> {
  const roles = await ports.rolesOf(session);
  const owner = { kind: session.form === 'legacy' ? 'legacy' : 'named', name: session.cacheKey } as const;
  await forgetSsoRoleCredentials(
    ports.cliCacheDir,
    ports.clock,
    roles.map((role) => ({ ...role, session: owner })),
  );
}

/** Best effort: AWS may be out of reach. */
async function tellAws(
  ports: SignOutPorts,
  session: SsoSession,
  token: StoredToken,
  signal: AbortSignal,
): Promise<void> {
  const deadline = new AbortController();
  const cancel = ports.clock.setTimer(LOGOUT_MS, () => deadline.abort(new Error('AWS did not answer in time')));
  const request = {
    network: ports.network,
    region: session.region,
    signal: AbortSignal.any([signal, deadline.signal]),
  };
  try {
    await logout(request, await liveToken(ports, request, token));
  } catch (error) {
    ports.log(`signed out here; AWS was not told: ${error instanceof Error ? error.message : 'unknown error'}`);
  } finally {
    cancel();
  }
}

/** Logout takes only a token that still holds; behind one that has run out, the sign-in may live on by its refresh token. */
async function liveToken(
  ports: SignOutPorts,
  request: Parameters<typeof createToken>[0],
  token: StoredToken,
): Promise<Secret> {
  const now = ports.clock.now();
  if (token.expiresAt > now || !isRenewable(token, now)) {
    return token.accessToken;
  }
  const outcome = await createToken(request, token, { kind: 'refresh-token', refreshToken: token.refreshToken });
  return outcome.kind === 'token' ? outcome.token.accessToken : token.accessToken;
}
