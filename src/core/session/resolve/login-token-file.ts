import { join } from 'node:path';
import * as v from 'valibot';
import { writeFileAtomic } from '../../files/atomic-file.ts';
import { formatAwsDate, parseAwsDate } from '../../files/aws-date.ts';
import { loginCacheName } from '../../files/cli-cache.ts';
import { readJsonObject } from '../../files/sso-token-cache.ts';
import type { RefreshedLogin } from '../../aws/signin.ts';
import type { Clock } from '../../model/clock.ts';
import type { TemporaryCredentials } from '../../model/credentials.ts';
import { Secret } from '../../model/secret.ts';

/** Where `aws login` keeps its tokens. */
export interface LoginCache {
  readonly dir: string;
  readonly clock: Clock;
}

/** What `aws login` left for one session. */
export interface LoginToken {
  readonly credentials: TemporaryCredentials;
  readonly clientId: string;
  readonly refreshToken: Secret;
  readonly dpopKey: Secret;
  /** Where the user signed in, as the JS SDK notes it. */
  readonly signInRegion: string | undefined;
}

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(65_536));
const TokenSchema = v.object({
  accessToken: v.object({
    accessKeyId: text,
    secretAccessKey: text,
    sessionToken: text,
    accountId: v.pipe(v.string(), v.regex(/^\d{12}$/)),
    expiresAt: text,
  }),
  clientId: text,
  refreshToken: text,
  dpopKey: text,
  signInRegion: v.optional(v.string()),
});
const PRIVATE_FILE = 0o600;

/** The path of a session's file. */
export function loginTokenPath(cache: LoginCache, loginSession: string): string {
  return join(cache.dir, loginCacheName(loginSession));
}

/** The token of a session; undefined when there is none, or what is there is none. Throws FileFailedError. */
export async function readLoginToken(cache: LoginCache, loginSession: string): Promise<LoginToken | undefined> {
  const parsed = v.safeParse(TokenSchema, await readJsonObject(loginTokenPath(cache, loginSession), cache.clock));
  const expiresAt = parsed.success ? parseAwsDate(parsed.output.accessToken.expiresAt) : undefined;
  if (!parsed.success || expiresAt === undefined) {
    return undefined;
  }
  const { accessToken, clientId, refreshToken, dpopKey, signInRegion } = parsed.output;
  return {
    credentials: {
      accessKeyId: accessToken.accessKeyId,
      secretAccessKey: new Secret(accessToken.secretAccessKey),
      sessionToken: new Secret(accessToken.sessionToken),
      expiresAt,
      accountId: accessToken.accountId,
    },
    clientId,
    refreshToken: new Secret(refreshToken),
    dpopKey: new Secret(dpopKey),
    signInRegion,
  };
}

/**
 * Writes refreshed credentials as the AWS CLI does, but atomically; keys of other tools stay. Writes nothing where the file no longer holds
 * the refresh token that was used: the user has logged in anew since, with another key, or out. Throws FileFailedError.
 */
export async function writeLoginToken(
  cache: LoginCache,
  loginSession: string,
  used: Secret,
  refreshed: RefreshedLogin,
  expiresAt: Date,
): Promise<void> {
  const path = loginTokenPath(cache, loginSession);
  const before = (await readJsonObject(path, cache.clock)) ?? {};
  if (before['refreshToken'] !== used.reveal()) {
    return;
  }
  const accessToken = {
    ...(before['accessToken'] as object | undefined),
    accessKeyId: refreshed.accessKeyId,
    secretAccessKey: refreshed.secretAccessKey.reveal(),
    sessionToken: refreshed.sessionToken.reveal(),
    expiresAt: formatAwsDate(expiresAt),
  };
  const content = JSON.stringify({ ...before, accessToken, refreshToken: refreshed.refreshToken.reveal() });
  await writeFileAtomic(path, content, { mode: PRIVATE_FILE, clock: cache.clock });
}
