import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { targetKey, type RoleTarget } from '../../shared/role-target.ts';
import type { CredentialService } from '../app/services.ts';
import type { AwsPaths } from '../files/aws-paths.ts';
import { FileFailedError } from '../files/file-errors.ts';
import { isLockAwaited, withFileLock } from '../files/file-lock.ts';
import { readAwsFileTexts } from '../files/load-aws-profiles.ts';
import type { TemporaryCredentials } from '../model/credentials.ts';
import { CoreError } from '../model/errors.ts';
import { Secret } from '../model/secret.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Surroundings } from '../session/ports.ts';
import { sharedRoleName, sharedRolesFolder, sharedRolesGeneration } from '../session/sso/shared-roles.ts';

/** What commands that run at the same time share. */
export interface SharedGround {
  readonly surroundings: Surroundings;
  readonly secretStore: Pick<SecretStore, 'get' | 'set'>;
  readonly paths: AwsPaths;
  /** Folder of the locks shared by all processes of this user. */
  readonly lockDir: string;
  /** AWS's time. */
  readonly awsNow: () => Date;
}

/** Below this, SDKs ask again on every call. */
const WANTED_LEFT_MS = 15 * 60_000;
/** A person who answers a prompt of another command needs so long; callers wait no longer than for an app. */
const LOCK_TIMEOUT_MS = 55_000;
/** A hundred commands may wait at once; what they wait for takes a second or a person's answer. */
const LONGEST_POLL_MS = 250;
/** Hexadecimal digits of a role's id that say where on the shelf it lies. */
const PLACE_LENGTH = 2;
/** Variables that decide whose credentials come out, and under which name. */
const DECIDING = /^(?:AWS_|ROLECALL_|USER$|LOGNAME$|HOME$)/;

const KeptSchema = v.object({
  id: v.string(),
  accessKeyId: v.string(),
  secretAccessKey: v.string(),
  sessionToken: v.string(),
  expiresAt: v.pipe(v.string(), v.isoTimestamp()),
  accountId: v.optional(v.string()),
});

/**
 * Credentials for commands without an app: one at a time per role, so that many that start together ask AWS, and the user, once.
 *
 * The first leaves what it got in the secret store if others wait for the same, and they take it from there, side by side: to wait
 * for a turn only to read would make the hundredth wait for ninety-nine openings of a keyring. A command that is alone keeps nothing,
 * and asks no keyring. Where there is no store each asks AWS by itself, one after the other.
 */
export function sharedCredentials(own: CredentialService, ground: SharedGround): CredentialService {
  const shelf = new Shelf(ground);
  return {
    async get(target, context, options) {
      const id = await identityOf(target, ground);
      const walk = { entered: false };
      const look = options?.fresh === true ? async () => undefined : shelf.looker(id);
      try {
        return await inTurn(id, ground, context.signal, look, async (signal, isAwaited) => {
          walk.entered = true;
          const kept = await look();
          if (kept !== undefined) {
            return kept;
          }
          const credentials = await own.get(target, { ...context, signal }, options);
          await ((await isAwaited()) ? shelf.put(id, credentials) : undefined);
          return credentials;
        });
      } catch (error) {
        if (walk.entered || !(error instanceof FileFailedError)) {
          throw error;
        }
        // A home that cannot be written to keeps commands from taking turns, not from working.
        ground.surroundings.log(`Commands cannot take turns: ${error.message}`);
        return own.get(target, context, options);
      }
    },
    held: () => own.held(),
    forget: (target) => own.forget(target),
    forgetSsoSession: (id) => own.forgetSsoSession(id),
    onChange: (listener) => own.onChange(listener),
  };
}

/** Runs `action` while no other command is at the same, unless `look` finds it done; `isAwaited` tells whether one waits for its turn. */
function inTurn<Value>(
  id: string,
  { lockDir, surroundings }: SharedGround,
  signal: AbortSignal,
  look: () => Promise<Value | undefined>,
  action: (signal: AbortSignal, isAwaited: () => Promise<boolean>) => Promise<Value>,
): Promise<Value> {
  const key = `role ${id}`;
  const isAwaited = (): Promise<boolean> => isLockAwaited(lockDir, key);
  const waiting = { timeoutMs: LOCK_TIMEOUT_MS, longestPollMs: LONGEST_POLL_MS, meanwhile: look };
  const options = { signal, clock: surroundings.clock, ...waiting };
  return withFileLock(lockDir, key, (held) => action(held, isAwaited), options);
}

/** What commands leave for one another: sealed in the secret store, and a file that says so, so that nobody opens the store in vain. */
class Shelf {
  readonly #ground: SharedGround;
  readonly #folder: string;

  constructor(ground: SharedGround) {
    this.#ground = ground;
    this.#folder = sharedRolesFolder(ground.surroundings.rolecallHome);
  }

  /** Looks for what others left of this role, again and again; what could not be taken is not taken out twice. */
  looker(id: string): () => Promise<TemporaryCredentials | undefined> {
    let seenMs: number | undefined;
    return async () => {
      const note = await readNote(this.#noteOf(id));
      if (note?.id !== id || note.writtenMs === seenMs) {
        return undefined;
      }
      seenMs = note.writtenMs;
      return this.#take(id);
    };
  }

  async #take(id: string): Promise<TemporaryCredentials | undefined> {
    const credentials = await this.#quietly(async () =>
      parseKept(await this.#ground.secretStore.get(sharedRoleName(placeOf(id))), id),
    );
    const leftMs = (credentials?.expiresAt.getTime() ?? 0) - this.#ground.awsNow().getTime();
    return leftMs > WANTED_LEFT_MS ? credentials : undefined;
  }

  async put(id: string, credentials: TemporaryCredentials): Promise<void> {
    await this.#quietly(async () => {
      await this.#ground.secretStore.set(sharedRoleName(placeOf(id)), formatKept(id, credentials));
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(this.#noteOf(id), id, { mode: 0o600 });
    });
  }

  #noteOf(id: string): string {
    return join(this.#folder, placeOf(id));
  }

  /** Not being able to share costs requests, never the command. */
  async #quietly<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof CoreError ? error.code : 'internal';
      this.#ground.surroundings.log(`Credentials could not be shared with other commands (${code}).`);
      return undefined;
    }
  }
}

async function readNote(path: string): Promise<{ readonly id: string; readonly writtenMs: number } | undefined> {
  const id = await readFile(path, 'utf8').catch(() => undefined);
  const stats = id === undefined ? undefined : await stat(path).catch(() => undefined);
  return id === undefined || stats === undefined ? undefined : { id, writtenMs: stats.mtimeMs };
}

function placeOf(id: string): string {
  return id.slice(0, PLACE_LENGTH);
}

/** Everything that could change whose credentials come out: an edit, another environment, a sign-in or sign-out. */
async function identityOf(target: RoleTarget, { surroundings, paths }: SharedGround): Promise<string> {
  const env = Object.entries(surroundings.env).filter(([name]) => DECIDING.test(name));
  const parts = [
    targetKey(target),
    await readAwsFileTexts(paths),
    await stampsOf(paths.ssoCacheDir),
    // A sign-out in vault mode leaves no trace there.
    await sharedRolesGeneration(surroundings.rolecallHome),
    env.sort(([one], [other]) => (one < other ? -1 : 1)),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Which tokens there are, without reading them. */
async function stampsOf(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = names.filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (name) => {
      const stats = await stat(join(folder, name)).catch(() => undefined);
      return `${name} ${stats?.ino} ${stats?.mtimeMs} ${stats?.size}`;
    }),
  );
}

function formatKept(id: string, credentials: TemporaryCredentials): Secret {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt, accountId } = credentials;
  return new Secret(
    JSON.stringify({
      id,
      accessKeyId,
      secretAccessKey: secretAccessKey.reveal(),
      sessionToken: sessionToken.reveal(),
      expiresAt: expiresAt.toISOString(),
      accountId,
    }),
  );
}

/** Undefined where another role's took the place. */
function parseKept(secret: Secret | undefined, id: string): TemporaryCredentials | undefined {
  const kept = secret === undefined ? undefined : v.parse(KeptSchema, JSON.parse(secret.reveal()));
  return kept === undefined || kept.id !== id
    ? undefined
    : {
        accessKeyId: kept.accessKeyId,
        secretAccessKey: new Secret(kept.secretAccessKey),
        sessionToken: new Secret(kept.sessionToken),
        expiresAt: new Date(kept.expiresAt),
        ...(kept.accountId === undefined ? {} : { accountId: kept.accountId }),
      };
}
