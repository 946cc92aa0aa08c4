import { join } from 'node:path';
import { parseAwsDate } from '../../files/aws-date.ts';
import { jsonFileNames, readJsonObject } from '../../files/sso-token-cache.ts';
import type { Clock } from '../../model/clock.ts';

/**
 * A file of one of the AWS CLI's caches. `broken`: no JSON object. `token`: an access token; `renews` tells whether it can be renewed.
 * `registration`: a client that no token stands with. `credentials`: of a role.
 */
export type CacheEntry = { readonly path: string; readonly name: string } & (
  | { readonly kind: 'broken' | 'other' }
  | {
      readonly kind: 'token';
      readonly expiresAt: Date;
      readonly startUrl: string;
      readonly renews: boolean;
      readonly registrationExpiresAt: Date | undefined;
    }
  | { readonly kind: 'registration' | 'credentials'; readonly expiresAt: Date }
);

type Value = Readonly<Record<string, unknown>>;

/** The entries of a cache folder; none without a folder, or where it cannot be read. */
export async function readCacheEntries(dir: string, clock: Clock): Promise<readonly CacheEntry[]> {
  const names = await jsonFileNames(dir).catch(() => []);
  return Promise.all(names.map((name) => readCacheEntry(join(dir, name), name, clock)));
}

/** One entry as it is now. */
export async function readCacheEntry(path: string, name: string, clock: Clock): Promise<CacheEntry> {
  const value = await readJsonObject(path, clock).catch(() => undefined);
  return { path, name, ...(value === undefined ? { kind: 'broken' } : parseEntry(value)) };
}

/** Whether nothing in this entry is of use to anybody any more. */
export function isOver(entry: CacheEntry, now: Date): boolean {
  switch (entry.kind) {
    case 'token': {
      const { registrationExpiresAt, renews } = entry;
      const canRenew = renews && (registrationExpiresAt === undefined || registrationExpiresAt > now);
      return entry.expiresAt <= now && !canRenew;
    }
    case 'registration':
    case 'credentials':
      return entry.expiresAt <= now;
    case 'broken':
    case 'other':
      return false;
  }
}

type Parsed = CacheEntry extends infer Entry
  ? Entry extends CacheEntry
    ? Omit<Entry, 'path' | 'name'>
    : never
  : never;

function parseEntry(value: Value): Parsed {
  const expiresAt = parseAwsDate(value['expiresAt']);
  if (expiresAt !== undefined && typeof value['accessToken'] === 'string') {
    return {
      kind: 'token',
      expiresAt,
      startUrl: typeof value['startUrl'] === 'string' ? value['startUrl'] : '',
      renews: typeof value['refreshToken'] === 'string' && typeof value['clientId'] === 'string',
      registrationExpiresAt: parseAwsDate(value['registrationExpiresAt']),
    };
  }
  if (expiresAt !== undefined && typeof value['clientId'] === 'string') {
    return { kind: 'registration', expiresAt };
  }
  const expiration = parseAwsDate(memberOf(value['Credentials'], 'Expiration'));
  return expiration === undefined ? { kind: 'other' } : { kind: 'credentials', expiresAt: expiration };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Value)[name] : undefined;
}
