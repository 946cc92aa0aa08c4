import { createHash } from 'node:crypto';
import type { Clock } from '../../model/clock.ts';
import { Secret } from '../../model/secret.ts';
import type { Backup, BackupStore } from '../../files/aws-file-backups.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';

/** The first copy of a file stays for ever; of the later ones so many. Each edit takes two. */
const LATER_COPIES = 8;
const ID = /^([0-9a-f]{16}) (\d{13,15}) (\d{3}) (\d{1,9})$/;
const KIND = 'file-copy';

/** Such copies, which may come from another store. */
export interface SealedCopies extends BackupStore {
  /** Keeps a copy that was taken before, in its place by that time. */
  adopt(path: string, content: Uint8Array, takenAt: Date): Promise<void>;
}

/**
 * Copies of the user's files in the secret store: for edits that take a secret out of a file, whose plain copy would defeat the
 * purpose. Throws what the store throws, and then the edit does not happen.
 */
export function sealedCopies(store: SecretStore, clock: Clock): SealedCopies {
  const idsOf = async (path: string): Promise<readonly string[]> =>
    (await store.names())
      .filter(({ kind, id }) => kind === KIND && id.startsWith(`${keyOf(path)} `) && ID.test(id))
      .map(({ id }) => id)
      .sort();
  const keep = async (path: string, content: Uint8Array, takenAt: Date, taken: readonly string[]): Promise<string> => {
    const id = freeId(path, takenAt, content.byteLength, taken);
    await store.set({ kind: KIND, id }, new Secret(Buffer.from(content).toString('base64')));
    for (const old of [...taken, id].sort().slice(1, -LATER_COPIES)) {
      await store.delete({ kind: KIND, id: old });
    }
    return id;
  };
  return {
    list: async (path) => (await idsOf(path)).flatMap(describe),
    async save(path, content) {
      const taken = await idsOf(path);
      const [latest] = describe(taken.at(-1) ?? '');
      // In order also when the clock was set back: the oldest are dropped by their times.
      const takenAtMs = Math.max(clock.now().getTime(), latest === undefined ? 0 : latest.takenAt.getTime() + 1);
      return keep(path, content, new Date(takenAtMs), taken);
    },
    async adopt(path, content, takenAt) {
      await keep(path, content, takenAt, await idsOf(path));
    },
    async read(id) {
      const secret = ID.test(id) ? await store.get({ kind: KIND, id }) : undefined;
      return secret === undefined ? undefined : Buffer.from(secret.reveal(), 'base64');
    },
    async remove(id) {
      if (ID.test(id)) {
        await store.delete({ kind: KIND, id });
      }
    },
  };
}

/**
 * Moves the plain copies of a file that hold `secret` into the secret store: a protected key must not live on in a copy. Ids change, so
 * edits made before can no longer be undone by themselves.
 */
export async function sealCopiesWith(
  secret: Secret,
  path: string,
  plain: BackupStore,
  sealed: SealedCopies,
): Promise<void> {
  for (const { id, takenAt } of await plain.list(path)) {
    const content = await plain.read(id);
    if (content !== undefined && Buffer.from(content).includes(secret.reveal())) {
      await sealed.adopt(path, content, takenAt);
      await plain.remove(id);
    }
  }
}

function freeId(path: string, now: Date, sizeBytes: number, taken: readonly string[]): string {
  for (let count = 0; ; count += 1) {
    const stem = `${keyOf(path)} ${String(now.getTime()).padStart(13, '0')} ${String(count).padStart(3, '0')} `;
    if (!taken.some((id) => id.startsWith(stem))) {
      return `${stem}${sizeBytes}`;
    }
  }
}

function describe(id: string): readonly Backup[] {
  const [, , takenAtMs, , sizeBytes] = ID.exec(id) ?? [];
  return takenAtMs === undefined ? [] : [{ id, takenAt: new Date(Number(takenAtMs)), sizeBytes: Number(sizeBytes) }];
}

function keyOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}
