import type { AwsPaths } from '../../files/aws-paths.ts';
import { ssoTokenCacheName } from '../../files/sso-token-cache.ts';
import type { Clock } from '../../model/clock.ts';
import type { SsoSessionConfig } from '../../model/profile.ts';
import { parseStartUrl } from '../sso/start-url.ts';
import { isOver, readCacheEntries, type CacheEntry } from './cache-entry.ts';
import type { Finding } from './finding.ts';

type TokenEntry = Extract<CacheEntry, { kind: 'token' }>;

/** The caches of the AWS CLI and the SDKs, and when it is: `awsNow` by AWS's clock, which dates credentials; tokens are dated by the local one. */
export interface CacheFacts {
  readonly paths: Pick<AwsPaths, 'ssoCacheDir' | 'cliCacheDir' | 'loginCacheDir'>;
  readonly clock: Clock;
  readonly awsNow: Date;
  readonly ssoSessions: readonly SsoSessionConfig[];
}

/** Broken files, sign-ins and registrations that ended, and what is left over of both. */
export async function checkCaches(facts: CacheFacts): Promise<readonly Finding[]> {
  const { paths, clock, awsNow, ssoSessions } = facts;
  const [sso, cli, login] = await Promise.all([
    readCacheEntries(paths.ssoCacheDir, clock),
    readCacheEntries(paths.cliCacheDir, clock),
    readCacheEntries(paths.loginCacheDir, clock),
  ]);
  const now = clock.now();
  const inUse = new Set(ssoSessions.map(({ cacheKey }) => ssoTokenCacheName(cacheKey)));
  const over = [
    ...sso.filter((entry) => isOver(entry, now) && !inUse.has(entry.name)),
    ...cli.filter((entry) => isOver(entry, awsNow)),
  ];
  return [
    ...[...sso, ...cli, ...login].flatMap(checkBroken),
    ...ssoSessions.flatMap((session) => checkToken(session, sso, now)),
    ...leftOver(over),
  ];
}

function checkBroken({ kind, path, name }: CacheEntry): readonly Finding[] {
  return kind !== 'broken'
    ? []
    : [
        {
          id: `cache-broken:${name}`,
          code: 'cache-broken',
          severity: 'warning',
          title: `${path} cannot be read as JSON.`,
          why: 'It was cut while two programs wrote it; AWS tools behave as if you were signed out.',
          hint: 'Set it aside and sign in again.',
          file: path,
          fix: { kind: 'set-aside-file', path },
        },
      ];
}

function checkToken(session: SsoSessionConfig, entries: readonly CacheEntry[], now: Date): readonly Finding[] {
  const name = ssoTokenCacheName(session.cacheKey);
  const token = entries.find((entry): entry is TokenEntry => entry.kind === 'token' && entry.name === name);
  return token === undefined
    ? []
    : [...checkPortal(session, token), ...checkEnded(session, token, now), ...checkRegistration(session, token, now)];
}

function checkPortal({ name, startUrl }: SsoSessionConfig, token: TokenEntry): readonly Finding[] {
  // Tokens of old tools name no portal.
  const isOther = startUrl !== undefined && token.startUrl !== '' && plainUrl(token.startUrl) !== plainUrl(startUrl);
  return isOther
    ? [
        {
          id: `cache-other-portal:${name}`,
          code: 'cache-other-portal',
          severity: 'warning',
          title: `The token kept for ${name} belongs to another start URL.`,
          why: 'AWS tools send it to the wrong Identity Center and are refused.',
          hint: 'Sign in again, or give the two Identity Centers different names.',
          file: token.path,
          about: { kind: 'sso-session', id: name },
        },
      ]
    : [];
}

function checkEnded({ kind, name }: SsoSessionConfig, token: TokenEntry, now: Date): readonly Finding[] {
  if (token.expiresAt > now || token.renews) {
    return [];
  }
  const isLegacy = kind === 'legacy';
  return [
    {
      id: `cache-expired:${name}`,
      code: 'cache-expired',
      severity: 'info',
      title: `The sign-in to ${name} has ended.`,
      why: isLegacy
        ? 'Legacy profiles (sso_start_url without sso_session) cannot renew it.'
        : 'There is nothing to renew it with.',
      hint: isLegacy ? 'Sign in again; an [sso-session] section would renew by itself.' : 'Sign in again.',
      file: token.path,
      about: { kind: 'sso-session', id: name },
    },
  ];
}

function checkRegistration({ name }: SsoSessionConfig, token: TokenEntry, now: Date): readonly Finding[] {
  const { renews, registrationExpiresAt } = token;
  return renews && registrationExpiresAt !== undefined && registrationExpiresAt <= now
    ? [
        {
          id: `registration-expired:${name}`,
          code: 'registration-expired',
          severity: 'warning',
          title: `The client registration behind the sign-in to ${name} has ended.`,
          why: 'The token cannot be renewed with it, so access ends when the token does.',
          hint: 'Sign in again: that makes a new registration.',
          file: token.path,
          about: { kind: 'sso-session', id: name },
        },
      ]
    : [];
}

/** All of them together: they hurt nobody, and there may be hundreds. */
function leftOver(entries: readonly CacheEntry[]): readonly Finding[] {
  const [first] = entries;
  if (first === undefined) {
    return [];
  }
  const count =
    entries.length === 1 ? 'One cached credential or sign-in' : `${entries.length} cached credentials or sign-ins`;
  return [
    {
      id: 'cache-left-over',
      code: 'cache-left-over',
      severity: 'info',
      title: `${count} in ~/.aws ${entries.length === 1 ? 'has' : 'have'} ended, and nothing uses ${entries.length === 1 ? 'it' : 'them'}.`,
      why: 'Old tools may still pick one up and be refused; they also tell whoever reads them which roles you have.',
      hint: 'Remove them. What still holds is not touched.',
      file: first.path,
      fix: { kind: 'remove-expired-files', paths: entries.map(({ path }) => path) },
    },
  ];
}

/** Written with or without what portals add at the end. */
function plainUrl(startUrl: string): string {
  try {
    return parseStartUrl(startUrl).url.replace(/\/$/, '');
  } catch {
    return startUrl.replace(/[#/]+$/, '');
  }
}
