import { refreshLogin } from '../../aws/signin.ts';
import type { AwsNetwork } from '../../aws/client-config.ts';
import { INTERACTIVE_RETRIES, withRetries, type RetryPorts } from '../../aws/retry.ts';
import { withFileLock } from '../../files/file-lock.ts';
import { CoreError } from '../../model/errors.ts';
import type { TemporaryCredentials } from '../../model/credentials.ts';
import { partitionOfRegion, type Partition } from '../../model/partition.ts';
import {
  loginTokenPath,
  readLoginToken,
  writeLoginToken,
  type LoginCache,
  type LoginToken,
} from './login-token-file.ts';
import { partitionOfKey, regionsOfEnvironment, stsRegion } from './sts-region.ts';

/** The user has to run `aws login` again: there is no session, or AWS has ended it. */
export class LoginNeededError extends CoreError {
  readonly code = 'sign-in-needed';

  constructor(
    readonly profile: string,
    readonly reason: 'never' | 'ended',
    cause?: unknown,
  ) {
    super(
      reason === 'never'
        ? `The profile ${profile} belongs to "aws login", and there is no session of it here.`
        : `The "aws login" session of the profile ${profile} has ended.`,
      `Run: aws login --profile ${profile}`,
      cause,
    );
  }
}

/** What reading `aws login` sessions works with. */
export interface LoginSourceParts {
  readonly cache: LoginCache;
  readonly network: AwsNetwork;
  readonly retry: RetryPorts;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly lockDir: string;
}

/** A session as a profile names it. */
export interface LoginOfProfile {
  readonly profile: string;
  readonly loginSession: string;
  readonly region: string | undefined;
}

/** With less left it is renewed, as the AWS CLI and the SDKs do. */
const REFRESH_BELOW_MS = 5 * 60_000;

/**
 * The credentials of an `aws login` session, for programs that do not know it. Renewed under a lock, after reading the file again: its
 * refresh token is good for one use, and the AWS CLI, which takes no lock, may have used it.
 *
 * Throws LoginNeededError, FileFailedError, and the network's errors unless what is there still holds.
 */
export async function loginCredentials(
  parts: LoginSourceParts,
  login: LoginOfProfile,
  signal: AbortSignal,
): Promise<TemporaryCredentials> {
  const token = await readLoginToken(parts.cache, login.loginSession);
  if (token === undefined) {
    throw new LoginNeededError(login.profile, 'never');
  }
  if (leftMs(parts, token) > REFRESH_BELOW_MS) {
    return token.credentials;
  }
  const path = loginTokenPath(parts.cache, login.loginSession);
  try {
    return await withFileLock(parts.lockDir, `aws-login ${path}`, (locked) => refreshed(parts, login, locked), {
      signal,
    });
  } catch (error) {
    if (signal.aborted || error instanceof LoginNeededError || leftMs(parts, token) <= 0) {
      throw error;
    }
    return token.credentials;
  }
}

async function refreshed(
  parts: LoginSourceParts,
  login: LoginOfProfile,
  signal: AbortSignal,
): Promise<TemporaryCredentials> {
  const token = await readLoginToken(parts.cache, login.loginSession);
  if (token === undefined) {
    throw new LoginNeededError(login.profile, 'never');
  }
  if (leftMs(parts, token) > REFRESH_BELOW_MS) {
    return token.credentials;
  }
  const region = regionOf(parts, login, token);
  // Called off only while nothing is under way: once AWS has the request, the new refresh token is in its answer alone.
  signal.throwIfAborted();
  const outcome = await withRetries(parts.retry, INTERACTIVE_RETRIES, signal, () =>
    refreshLogin(parts.network, region, token),
  );
  if (outcome.kind === 'ended') {
    return afterEnd(parts, login, token);
  }
  const expiresAt = new Date(parts.network.serverClock.now().getTime() + outcome.login.expiresInSeconds * 1000);
  await writeLoginToken(parts.cache, login.loginSession, token.refreshToken, outcome.login, expiresAt);
  const { accessKeyId, secretAccessKey, sessionToken } = outcome.login;
  return { ...token.credentials, accessKeyId, secretAccessKey, sessionToken, expiresAt };
}

/** The refresh token is spent: by another program a moment ago, whose fresh credentials are in the file, or for good. */
async function afterEnd(
  parts: LoginSourceParts,
  login: LoginOfProfile,
  used: LoginToken,
): Promise<TemporaryCredentials> {
  const now = await readLoginToken(parts.cache, login.loginSession);
  if (now !== undefined && now.credentials.accessKeyId !== used.credentials.accessKeyId && leftMs(parts, now) > 0) {
    return now.credentials;
  }
  throw new LoginNeededError(login.profile, 'ended');
}

function leftMs(parts: LoginSourceParts, token: LoginToken): number {
  return token.credentials.expiresAt.getTime() - parts.network.serverClock.now().getTime();
}

function regionOf(parts: LoginSourceParts, login: LoginOfProfile, token: LoginToken): string {
  const wishes = [token.signInRegion, login.region, ...regionsOfEnvironment(parts.env)];
  return stsRegion(partitionOf(login.loginSession, wishes), wishes);
}

function partitionOf(loginSession: string, wishes: readonly (string | undefined)[]): Partition {
  const first = wishes.find((region) => partitionOfRegion(region ?? '') !== undefined);
  // The session's name is an ARN, which says where it belongs.
  return partitionOfKey(loginSession, [first]);
}
