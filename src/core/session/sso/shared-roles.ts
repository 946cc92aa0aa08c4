import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../../files/file-errors.ts';
import type { SecretName } from '../../secrets/secret-name.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';

/** A place on the shelf: few names, used again and again, so that what nobody needs any more is written over. */
const PLACE = /^[0-9a-f]{2}$/;
const GENERATION_FILE = 'generation';

/** Where commands that run at the same time say what they left for one another in the secret store: one small file for each place. */
export function sharedRolesFolder(rolecallHome: string): string {
  return join(rolecallHome, 'shared-roles');
}

/** What is kept at a place. */
export function sharedRoleName(place: string): SecretName {
  return { kind: 'role-credentials', id: `shared-${place}` };
}

/** Changes with every sign-out: what was left before it is not taken after it, wherever the token was kept. */
export async function sharedRolesGeneration(rolecallHome: string): Promise<string> {
  return readFile(join(sharedRolesFolder(rolecallHome), GENERATION_FILE), 'utf8').catch(() => '');
}

/**
 * Takes back what commands left for one another, also what one that is under way has yet to leave. Opens the secret store only where
 * something was left. Throws what the file system or the store throws.
 */
export async function forgetSharedRoles(rolecallHome: string, secretStore: Pick<SecretStore, 'delete'>): Promise<void> {
  const folder = sharedRolesFolder(rolecallHome);
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') {
      return [];
    }
    throw error;
  });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, GENERATION_FILE), randomUUID(), { mode: 0o600 });
  const places = names.filter((name) => PLACE.test(name));
  await Promise.all(places.map((place) => unlink(join(folder, place)).catch(() => undefined)));
  for (const place of places) {
    await secretStore.delete(sharedRoleName(place));
  }
}
