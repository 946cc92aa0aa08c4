import * as v from 'valibot';
import type { LongTermKey } from '../../model/credentials.ts';
import { Secret } from '../../model/secret.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';

/**
 * How far a rotation has come. `creating`: AWS is being asked for a key, and may have made one. `created`: the new key is here.
 * `swapped`: files and store name it. `deactivated`: the old one is switched off and waits for the user's word to be deleted.
 */
export type RotationStage = 'creating' | 'created' | 'swapped' | 'deactivated';

/** One rotation under way, old secret and new included. */
export interface Rotation {
  readonly stage: RotationStage;
  readonly userName: string;
  readonly old: LongTermKey;
  readonly next: LongTermKey | undefined;
  /** The user's keys before it began. */
  readonly keysBefore: readonly string[];
  /** When AWS was last asked for a key; in milliseconds since 1970, AWS's time. */
  readonly askedAtMs?: number | undefined;
}

/** Keeps rotations under way where a crash cannot lose them, sealed: a new key's secret is told by AWS once. */
export interface RotationJournal {
  /** The rotation from or to this key. */
  find(accessKeyId: string): Promise<Rotation | undefined>;
  write(rotation: Rotation): Promise<void>;
  remove(rotation: Rotation): Promise<void>;
}

const KIND = 'next-access-key';
const KeySchema = v.object({ accessKeyId: v.string(), secret: v.string() });
const RotationSchema = v.object({
  stage: v.picklist(['creating', 'created', 'swapped', 'deactivated']),
  userName: v.string(),
  old: KeySchema,
  next: v.optional(KeySchema),
  keysBefore: v.array(v.string()),
  askedAtMs: v.optional(v.number()),
});

/** A journal in the secret store. Throws what the store throws. */
export function rotationJournal(store: SecretStore): RotationJournal {
  const nameOf = (rotation: Rotation) => ({ kind: KIND, id: rotation.old.accessKeyId }) as const;
  return {
    async find(accessKeyId) {
      for (const name of (await store.names()).filter(({ kind }) => kind === KIND)) {
        const rotation = parse(await store.get(name));
        if (rotation?.old.accessKeyId === accessKeyId || rotation?.next?.accessKeyId === accessKeyId) {
          return rotation;
        }
      }
      return undefined;
    },
    write: (rotation) => store.set(nameOf(rotation), format(rotation)),
    remove: (rotation) => store.delete(nameOf(rotation)),
  };
}

function format(rotation: Rotation): Secret {
  const plain = ({ accessKeyId, secretAccessKey }: LongTermKey) => ({ accessKeyId, secret: secretAccessKey.reveal() });
  const next = rotation.next === undefined ? undefined : plain(rotation.next);
  return new Secret(JSON.stringify({ ...rotation, old: plain(rotation.old), next }));
}

function parse(secret: Secret | undefined): Rotation | undefined {
  const parsed = v.safeParse(RotationSchema, parseJson(secret?.reveal() ?? ''));
  if (!parsed.success) {
    return undefined;
  }
  const key = ({ accessKeyId, secret: text }: v.InferOutput<typeof KeySchema>): LongTermKey => ({
    accessKeyId,
    secretAccessKey: new Secret(text),
  });
  const { old, next, ...rest } = parsed.output;
  return { ...rest, old: key(old), next: next === undefined ? undefined : key(next) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
