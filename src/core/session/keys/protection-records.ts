import * as v from 'valibot';
import type { UndoRecord } from '../../files/aws-file-editor.ts';
import { JsonStateFile } from '../../files/json-state-file.ts';

/** How one protection is taken back byte for byte. The copies it names are in the secret store. */
export interface ProtectionRecord {
  readonly accessKeyId: string;
  readonly undo: readonly UndoRecord[];
}

/** Protections by profile. */
export interface ProtectionRecords {
  read(profile: string): Promise<ProtectionRecord | undefined>;
  write(profile: string, record: ProtectionRecord | undefined): Promise<void>;
}

const UndoSchema = v.pipe(
  v.object({ path: v.string(), before: v.optional(v.string()), after: v.string() }),
  v.transform(({ path, before, after }): UndoRecord => ({ path, before, after })),
);
const RecordsSchema = v.record(v.string(), v.object({ accessKeyId: v.string(), undo: v.array(UndoSchema) }));

/** Keeps the records in a file of our own. A record that is lost costs the byte-for-byte undo, never the key. */
export function protectionRecords(path: string, lockDir: string): ProtectionRecords {
  const file = new JsonStateFile<Readonly<Record<string, ProtectionRecord>>>({
    path,
    lockDir,
    version: 1,
    schema: RecordsSchema,
    defaults: () => ({}),
  });
  return {
    read: async (profile) => new Map(Object.entries(await file.load())).get(profile),
    async write(profile, record) {
      await file.update((records) => {
        const others = Object.entries(records).filter(([name]) => name !== profile);
        return Object.fromEntries(record === undefined ? others : [...others, [profile, record]]);
      });
    },
  };
}
