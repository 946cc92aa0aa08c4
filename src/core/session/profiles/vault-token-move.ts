import { readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePrivateFolder, writeFileAtomic } from '../../files/atomic-file.ts';
import { BusyError, FileFailedError, systemErrorCode } from '../../files/file-errors.ts';
import { readSsoToken, ssoTokenCacheName, writeSsoToken, type SsoTokenCache } from '../../files/sso-token-cache.ts';
import { Secret } from '../../model/secret.ts';
import type { SecretName } from '../../secrets/secret-name.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';
import { sharedTokenStore } from '../sso/shared-token-store.ts';
import type { SsoSession } from '../sso/sso-session.ts';
import type { StoredToken } from '../sso/token-store.ts';
import { vaultTokenStore } from '../sso/vault-token-store.ts';

/** Between which two places tokens move. */
export interface TokenPlaces {
  readonly cache: SsoTokenCache;
  readonly secrets: SecretStore;
}

const MOST_TRIES = 5;
const PRIVATE_FILE = 0o600;

/**
 * Copies the token of an Identity Center from `~/.aws` into the secret store, with the file as it is, so that it can be put back to the
 * byte. Of two tokens the one that holds longer counts. Call it under the token's lock. Throws what the store throws, also where there is
 * no token: then it was tried whether the store can be used.
 */
export async function copyIntoVault({ cache, secrets }: TokenPlaces, session: SsoSession): Promise<void> {
  const vault = vaultTokenStore(secrets);
  const bytes = await readCacheFile(cache, session);
  const shared = await sharedTokenStore(cache).read(session);
  const kept = await vault.read(session);
  if (bytes !== undefined && shared !== undefined && isLater(shared, kept)) {
    await secrets.set(fileCopyName(session), new Secret(bytes.toString('base64')));
    await vault.write(session, shared);
  }
}

/** Removes the token from `~/.aws`; what another program puts there meanwhile is taken along. Call it under the token's lock. */
export async function removeFromCache(places: TokenPlaces, session: SsoSession): Promise<void> {
  for (let tries = 0; tries <= MOST_TRIES; tries += 1) {
    if ((await sharedTokenStore(places.cache).read(session)) === undefined) {
      return;
    }
    const before = await readCacheFile(places.cache, session);
    await copyIntoVault(places, session);
    const now = await readCacheFile(places.cache, session);
    if (before !== undefined && now?.equals(before) === true) {
      await removeCacheFile(places.cache, session);
    }
  }
  throw new BusyError(
    `Another program keeps writing the token of ${session.id} into ~/.aws.`,
    'Let its sign-in end, then turn vault mode on again.',
  );
}

/**
 * Puts the token back into `~/.aws`: the same file where the token is still the same, else as the AWS CLI would write it. One that is
 * there and holds longer stays. Whether something was written. Call it under the token's lock.
 */
export async function copyOutOfVault({ cache, secrets }: TokenPlaces, session: SsoSession): Promise<boolean> {
  const kept = await vaultTokenStore(secrets).read(session);
  const shared = await sharedTokenStore(cache).read(session);
  if (kept === undefined || !isLater(kept, shared)) {
    return false;
  }
  const copy = await secrets.get(fileCopyName(session));
  const bytes = copy === undefined ? undefined : Buffer.from(copy.reveal(), 'base64');
  const original = bytes === undefined ? undefined : parseObject(bytes);
  if (bytes !== undefined && original?.['accessToken'] === kept.accessToken.reveal()) {
    await ensurePrivateFolder(cache.dir);
    await writeFileAtomic(cachePath(cache, session), bytes, { mode: PRIVATE_FILE, clock: cache.clock });
    return true;
  }
  const { startUrl, region } = session;
  await writeSsoToken(cache, session.cacheKey, { startUrl, region, ...kept, extra: foreignMembers(original) });
  return true;
}

/** Takes the token out of the secret store. */
export async function removeFromVault({ secrets }: TokenPlaces, session: SsoSession): Promise<void> {
  await vaultTokenStore(secrets).remove(session);
  await secrets.delete(fileCopyName(session));
}

/** Removes the file of the AWS CLI's cache. */
export async function removeCacheFile(cache: SsoTokenCache, session: SsoSession): Promise<void> {
  const path = cachePath(cache, session);
  try {
    await unlink(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') {
      throw new FileFailedError(path, 'written', error);
    }
  }
}

/** Whether the AWS CLI's cache holds a token of this Identity Center, whatever its age. Never throws. */
export async function isInCache(cache: SsoTokenCache, cacheKey: string): Promise<boolean> {
  return (await readSsoToken(cache, cacheKey).catch(() => undefined)) !== undefined;
}

function isLater(one: StoredToken, other: StoredToken | undefined): boolean {
  return (
    other === undefined || one.expiresAt > other.expiresAt || one.accessToken.reveal() === other.accessToken.reveal()
  );
}

function cachePath(cache: SsoTokenCache, session: SsoSession): string {
  return join(cache.dir, ssoTokenCacheName(session.cacheKey));
}

async function readCacheFile(cache: SsoTokenCache, session: SsoSession): Promise<Buffer | undefined> {
  const path = cachePath(cache, session);
  try {
    return await readFile(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw new FileFailedError(path, 'read', error);
  }
}

function fileCopyName(session: SsoSession): SecretName {
  return { kind: 'file-copy', id: `sso-token ${session.cacheKey}` };
}

/** What other tools keep in the same file. */
function foreignMembers(original: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(original ?? {}).filter(([key]) => !TOKEN_MEMBERS.has(key)));
}

const TOKEN_MEMBERS = new Set([
  'startUrl',
  'region',
  'accessToken',
  'expiresAt',
  'clientId',
  'clientSecret',
  'registrationExpiresAt',
  'refreshToken',
]);

function parseObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
