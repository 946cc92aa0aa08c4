import { createHash } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../model/clock.ts';
import { FileFailedError, systemErrorCode } from './file-errors.ts';
import { pythonJson } from './python-json.ts';
import { jsonFileNames, readJsonObject } from './sso-token-cache.ts';

/** What the AWS CLI calls AssumeRole with, as far as its cache is named after it. */
export interface AssumeRoleCacheArguments {
  readonly roleArn: string;
  /** Only when configured: names made up by botocore do not count. */
  readonly roleSessionName?: string;
  readonly externalId?: string;
  readonly mfaSerial?: string;
  readonly durationSeconds?: number;
}

/** One role of Identity Center. `session` is the sso-session's name, or in the legacy form the start URL. */
export interface SsoRoleCacheArguments {
  readonly accountId: string;
  readonly roleName: string;
  readonly session: { readonly kind: 'named' | 'legacy'; readonly name: string };
}

/**
 * The file in `~/.aws/cli/cache` for an assumed role. The source profile is not in the name: two profiles that assume one role from
 * different sources share the file.
 * Source: https://github.com/boto/botocore/blob/1.43.11/botocore/credentials.py (`BaseAssumeRoleCredentialFetcher._create_cache_key`)
 */
export function assumeRoleCacheName(role: AssumeRoleCacheArguments): string {
  const args = {
    RoleArn: role.roleArn,
    RoleSessionName: role.roleSessionName,
    ExternalId: role.externalId,
    SerialNumber: role.mfaSerial,
    DurationSeconds: role.durationSeconds,
  };
  return sha1Name(pythonJson(args, { sortKeys: true }));
}

/** The file for a role of Identity Center. Source: `SSOCredentialFetcher._create_cache_key` in the same module. */
export function ssoRoleCacheName({ accountId, roleName, session }: SsoRoleCacheArguments): string {
  const owner = session.kind === 'named' ? { sessionName: session.name } : { startUrl: session.name };
  return sha1Name(pythonJson({ accountId, roleName, ...owner }, { sortKeys: true, isCompact: true }));
}

/** The file in the login cache for an `aws login` session. Source: botocore/utils.py (`generate_login_cache_key`) */
export function loginCacheName(loginSession: string): string {
  return `${createHash('sha256').update(loginSession).digest('hex')}.json`;
}

/**
 * Removes the credentials that the AWS CLI kept for roles of Identity Center, as `aws sso logout` does: all of them, or those of the
 * roles given. Gives the number of files removed. Throws FileFailedError when one cannot be removed.
 */
export async function forgetSsoRoleCredentials(
  cacheDir: string,
  clock: Clock,
  roles: 'all' | readonly SsoRoleCacheArguments[] = 'all',
): Promise<number> {
  const wanted = roles === 'all' ? undefined : new Set(roles.map(ssoRoleCacheName));
  const names = (await jsonFileNames(cacheDir)).filter((name) => wanted === undefined || wanted.has(name));
  let removed = 0;
  for (const name of names) {
    const path = join(cacheDir, name);
    const content = await readJsonObject(path, clock).catch(() => undefined);
    if (content?.['ProviderType'] === 'sso') {
      removed += (await removeFile(path)) ? 1 : 0;
    }
  }
  return removed;
}

async function removeFile(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return false;
    }
    throw new FileFailedError(path, 'written', error);
  }
}

function sha1Name(text: string): string {
  return `${createHash('sha1').update(text).digest('hex')}.json`;
}
