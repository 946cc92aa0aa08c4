import { join } from 'node:path';
import type { SsoSessionConfig } from '../../model/profile.ts';
import {
  jsonFileNames,
  readJsonObject,
  readSsoToken,
  ssoTokenCacheName,
  type SsoTokenCache,
} from '../../files/sso-token-cache.ts';
import type { Finding } from './finding.ts';

/** What is in the AWS CLI's cache of tokens: broken files, tokens that ended, registrations that ended. `now` is AWS's. */
export async function checkCaches(
  cache: SsoTokenCache,
  ssoSessions: readonly SsoSessionConfig[],
  now: Date,
): Promise<readonly Finding[]> {
  const broken = await brokenFiles(cache);
  const stale = await Promise.all(ssoSessions.map((session) => checkToken(cache, session, now)));
  return [...broken, ...stale.flat()];
}

async function brokenFiles(cache: SsoTokenCache): Promise<readonly Finding[]> {
  const names = await jsonFileNames(cache.dir);
  const values = await Promise.all(
    names.map(async (name) => ({
      name,
      value: await readJsonObject(join(cache.dir, name), cache.clock).catch(() => undefined),
    })),
  );
  return values
    .filter(({ value }) => value === undefined)
    .map(({ name }) => ({
      id: `cache-broken:${name}`,
      severity: 'warning',
      title: `${join(cache.dir, name)} cannot be read as JSON.`,
      why: 'It was cut while two programs wrote it; AWS tools behave as if you were signed out.',
      hint: 'Set it aside and sign in again.',
      file: join(cache.dir, name),
      fix: { kind: 'set-aside-cache-file', path: join(cache.dir, name) },
    }));
}

async function checkToken(cache: SsoTokenCache, session: SsoSessionConfig, now: Date): Promise<readonly Finding[]> {
  const token = await readSsoToken(cache, session.cacheKey).catch(() => undefined);
  if (token === undefined) {
    return [];
  }
  const file = join(cache.dir, ssoTokenCacheName(session.cacheKey));
  const findings: Finding[] = [];
  if (session.startUrl !== undefined && token.startUrl !== session.startUrl) {
    findings.push({
      id: `cache-other-portal:${session.name}`,
      severity: 'warning',
      title: `The token kept for ${session.name} belongs to another start URL.`,
      why: 'AWS tools send it to the wrong Identity Center and are refused.',
      hint: 'Sign in again, or give the two Identity Centers different names.',
      file,
    });
  }
  const renews = token.refreshToken !== undefined;
  if (token.expiresAt <= now && !renews) {
    findings.push({
      id: `cache-expired:${session.name}`,
      severity: 'info',
      title: `The sign-in to ${session.name} has ended.`,
      why:
        session.kind === 'legacy'
          ? 'Legacy profiles (sso_start_url without sso_session) cannot renew it.'
          : 'AWS gave no token to renew it with.',
      hint:
        session.kind === 'legacy' ? 'Sign in again; an [sso-session] section would renew by itself.' : 'Sign in again.',
      file,
    });
  }
  if (renews && token.registrationExpiresAt !== undefined && token.registrationExpiresAt <= now) {
    findings.push({
      id: `registration-expired:${session.name}`,
      severity: 'warning',
      title: `The client registration behind the sign-in to ${session.name} has ended.`,
      why: 'The token cannot be renewed with it, so access ends when the token does.',
      hint: 'Sign in again: that makes a new registration.',
      file,
    });
  }
  return findings;
}
