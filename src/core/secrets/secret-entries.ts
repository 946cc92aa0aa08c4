import * as v from 'valibot';
import { Secret } from '../model/secret.ts';
import { entryKey, SECRET_KINDS, type SecretName } from './secret-name.ts';
import { StoreDamagedError } from './store-errors.ts';

/** One secret as it stands in the sealed file. `kind` may be one only a newer version knows; such entries are carried along. */
export interface SecretEntry {
  readonly kind: string;
  readonly id: string;
  readonly secret: Secret;
}

/** All secrets of a store, by `entryKey`. */
export type SecretEntries = Map<string, SecretEntry>;

const Content = v.object({
  entries: v.array(v.object({ kind: v.string(), id: v.string(), value: v.string() })),
});

/** Reads what was sealed. Throws StoreDamagedError without a cause: what JSON and the schema say would quote the secrets. */
export function parseEntries(plaintext: Uint8Array): SecretEntries {
  const content = v.safeParse(Content, parseJson(Buffer.from(plaintext).toString('utf8')));
  if (!content.success) {
    throw new StoreDamagedError(undefined);
  }
  return new Map(
    content.output.entries.map(({ kind, id, value }) => [entryKey(kind, id), { kind, id, secret: new Secret(value) }]),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The bytes to seal. They hold every secret in plain text: they go to the cipher and nowhere else. */
export function serializeEntries(entries: SecretEntries): Buffer {
  const list = [...entries.values()].map(({ kind, id, secret }) => ({ kind, id, value: secret.reveal() }));
  return Buffer.from(JSON.stringify({ entries: list }), 'utf8');
}

/** The names among them that this version knows. */
export function namesOf(entries: SecretEntries): readonly SecretName[] {
  return [...entries.values()].flatMap(({ kind, id }) => {
    const known = SECRET_KINDS.find((candidate) => candidate === kind);
    return known === undefined ? [] : [{ kind: known, id }];
  });
}
