import { createHash } from 'node:crypto';
import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { sleep, type Clock } from '../model/clock.ts';
import { Secret } from '../model/secret.ts';
import { ensurePrivateFolder, writeFileAtomic } from './atomic-file.ts';
import { formatAwsDate, parseAwsDate } from './aws-date.ts';
import { FileFailedError, systemErrorCode } from './file-errors.ts';
import { pythonJson } from './python-json.ts';
import { readSmallFile } from './small-file.ts';

/** The AWS CLI's cache of access tokens: `AwsPaths.ssoCacheDir`. */
export interface SsoTokenCache {
  readonly dir: string;
  readonly clock: Clock;
}

/** A token of Identity Center as the AWS CLI keeps it, with the client registration by which it can be renewed. */
export interface CachedSsoToken {
  /** As configured, also where AWS redirects from it. */
  readonly startUrl: string;
  readonly region: string;
  readonly accessToken: Secret;
  readonly expiresAt: Date;
  readonly clientId?: string;
  readonly clientSecret?: Secret;
  readonly registrationExpiresAt?: Date;
  /** Without it the token ends when it ends. */
  readonly refreshToken?: Secret;
  /** What other tools keep in the same file. Kept when it is written again. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A token with the file it stands in. */
export interface CachedSsoTokenFile {
  readonly fileName: string;
  readonly token: CachedSsoToken;
}

const MAX_TOKEN_BYTES = 1024 * 1024;
const PRIVATE_FILE = 0o600;
const RETRY_MS = 25;
/** A broken file that nobody is writing is looked at this often. */
const RETRIES = 5;
/** How long a program may stand still between emptying a file and filling it, as on a busy machine: 2 s. */
const WRITER_PAUSE_MS = 2_000;
const KNOWN_KEYS = [
  'startUrl',
  'region',
  'accessToken',
  'expiresAt',
  'clientId',
  'clientSecret',
  'registrationExpiresAt',
  'refreshToken',
];

/**
 * The file in which a token is kept: named after the sso-session's name, or in the legacy form after the start URL as written.
 * Source: https://github.com/boto/botocore/blob/1.43.11/botocore/utils.py (`SSOTokenLoader._generate_cache_key`)
 */
export function ssoTokenCacheName(sessionNameOrStartUrl: string): string {
  return `${createHash('sha1').update(sessionNameOrStartUrl).digest('hex')}.json`;
}

/**
 * The token kept under a name. Undefined when there is none, or when what is there is no token.
 *
 * AWS's tools write the file in place, so one that is empty or broken is read again before it is given up: for about 0.1 s, or for up
 * to 2 s when it was touched just now. Throws FileFailedError when the file cannot be read.
 */
export async function readSsoToken(cache: SsoTokenCache, name: string): Promise<CachedSsoToken | undefined> {
  const path = join(cache.dir, ssoTokenCacheName(name));
  const value = await readJsonObject(path, cache.clock);
  return value === undefined ? undefined : parseCachedSsoToken(value);
}

/**
 * Writes a token as the AWS CLI does: same keys, order, separators and dates; but atomically, and 0600 whatever the file was before.
 * Keys of other tools stay. Throws FileFailedError.
 */
export async function writeSsoToken(cache: SsoTokenCache, name: string, token: CachedSsoToken): Promise<void> {
  const path = join(cache.dir, ssoTokenCacheName(name));
  await ensurePrivateFolder(cache.dir);
  const before = (await readJsonObject(path, cache.clock)) ?? {};
  const unknown = Object.fromEntries(Object.entries(before).filter(([key]) => !KNOWN_KEYS.includes(key)));
  const content = pythonJson({ ...tokenMembers(token), ...unknown, ...token.extra });
  await writeFileAtomic(path, content, { mode: PRIVATE_FILE, clock: cache.clock });
}

/** Removes a token. Whether there was one. Throws FileFailedError. */
export async function deleteSsoToken(cache: SsoTokenCache, name: string): Promise<boolean> {
  const path = join(cache.dir, ssoTokenCacheName(name));
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

/** Every token in the cache, whoever put it there. What cannot be read is left out. */
export async function listSsoTokens(cache: SsoTokenCache): Promise<readonly CachedSsoTokenFile[]> {
  const names = await jsonFileNames(cache.dir);
  const tokens = await Promise.all(
    names.map(async (fileName) => {
      const value = await readJsonObject(join(cache.dir, fileName), cache.clock).catch(() => undefined);
      const token = value === undefined ? undefined : parseCachedSsoToken(value);
      return token === undefined ? [] : [{ fileName, token }];
    }),
  );
  return tokens.flat();
}

/** The `.json` files of a cache folder; none when there is no folder. Throws FileFailedError. */
export async function jsonFileNames(dir: string): Promise<readonly string[]> {
  try {
    return (await readdir(dir)).filter((name) => name.endsWith('.json')).sort();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return [];
    }
    throw new FileFailedError(dir, 'read', error);
  }
}

/** The JSON object in a cache file, read again for a moment while it is torn. Undefined without one; throws FileFailedError. */
export async function readJsonObject(
  path: string,
  clock: Clock,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const bytes = await readSmallFile(path, MAX_TOKEN_BYTES);
    const value = bytes === undefined ? undefined : parseObject(bytes);
    if (bytes === undefined || value !== undefined) {
      return value;
    }
    const isLast = attempt > WRITER_PAUSE_MS / RETRY_MS || (attempt > RETRIES && !(await isBeingWritten(path, clock)));
    if (isLast) {
      return undefined;
    }
    await sleep(clock, RETRY_MS);
  }
}

/** Whether a file was touched so lately that who emptied it may yet fill it. */
async function isBeingWritten(path: string, clock: Clock): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  const ageMs = stats === undefined ? Number.POSITIVE_INFINITY : clock.now().getTime() - stats.mtimeMs;
  return ageMs >= 0 && ageMs < WRITER_PAUSE_MS;
}

function parseObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

function parseCachedSsoToken(value: Readonly<Record<string, unknown>>): CachedSsoToken | undefined {
  const text = (key: string): string | undefined => {
    const member = Object.hasOwn(value, key) ? value[key] : undefined;
    return typeof member === 'string' && member !== '' ? member : undefined;
  };
  const accessToken = text('accessToken');
  const expiresAt = parseAwsDate(text('expiresAt'));
  if (accessToken === undefined || expiresAt === undefined) {
    return undefined;
  }
  const clientSecret = text('clientSecret');
  const refreshToken = text('refreshToken');
  return {
    startUrl: text('startUrl') ?? '',
    region: text('region') ?? '',
    accessToken: new Secret(accessToken),
    expiresAt,
    clientId: text('clientId'),
    clientSecret: clientSecret === undefined ? undefined : new Secret(clientSecret),
    registrationExpiresAt: parseAwsDate(text('registrationExpiresAt')),
    refreshToken: refreshToken === undefined ? undefined : new Secret(refreshToken),
    extra: Object.fromEntries(Object.entries(value).filter(([key]) => !KNOWN_KEYS.includes(key))),
  };
}

/** In the order in which the AWS CLI writes them. */
function tokenMembers(token: CachedSsoToken): Readonly<Record<string, string | undefined>> {
  return {
    startUrl: token.startUrl,
    region: token.region,
    accessToken: token.accessToken.reveal(),
    expiresAt: formatAwsDate(token.expiresAt),
    clientId: token.clientId,
    clientSecret: token.clientSecret?.reveal(),
    registrationExpiresAt:
      token.registrationExpiresAt === undefined ? undefined : formatAwsDate(token.registrationExpiresAt),
    refreshToken: token.refreshToken?.reveal(),
  };
}
