import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import { StoreDamagedError, StoreTooNewError } from './store-errors.ts';

/*
 * The sealed file:
 *
 *   line 1   JSON header: format, version, where the key comes from, salt, key id, nonce
 *   line 2   Base64 SHA-256 of line 1 and the body: tells damage from a wrong key without having the key
 *   body     AES-256-GCM ciphertext and its 16-byte tag; line 1 is authenticated with it
 *
 * The 32-byte master key never encrypts anything itself. HKDF-SHA-256 with the salt, which is new at each save, makes the key of this
 * save and a key id of it. So the header's key id says whether a master key is the right one, and says nothing else about it.
 *
 * Lines 1 and 2 stay as they are in every version to come: a version is believed only when line 2 vouches for it.
 */

const FORMAT = 'rolecall-secrets';
const VERSION = 1;
const MAX_HEADER_LENGTH = 4096;
const DIGEST_LINE_LENGTH = 45;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const SALT_LENGTH = 16;
const KEY_ID_LENGTH = 16;

/** Length of a master key in bytes. */
export const MASTER_KEY_LENGTH = 32;

const bytes = (length: number) =>
  v.pipe(
    v.string(),
    v.check(
      (text) => Buffer.from(text, 'base64').length === length && /^[A-Za-z0-9+/]+=*$/.test(text),
      'not Base64 of that length',
    ),
  );

/** Bounds on scrypt's costs: a planted header must not make us fill the memory, nor seal with next to nothing. */
const ScryptSlot = v.object({
  kind: v.literal('passphrase'),
  n: v.pipe(
    v.number(),
    v.check((n) => [2 ** 15, 2 ** 16, 2 ** 17, 2 ** 18, 2 ** 19, 2 ** 20].includes(n)),
  ),
  r: v.literal(8),
  p: v.picklist([1, 2, 3, 4]),
  salt: bytes(32),
});

const KeyringSlot = v.object({ kind: v.literal('keyring'), account: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/)) });

/** Where the master key of a sealed file comes from. Not secret. */
export type KeySlot = v.InferOutput<typeof KeyringSlot> | v.InferOutput<typeof ScryptSlot>;
/** The slot of a passphrase: scrypt's costs and its salt in Base64. */
export type PassphraseSlot = v.InferOutput<typeof ScryptSlot>;

const Header = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  key: v.variant('kind', [KeyringSlot, ScryptSlot]),
  salt: bytes(SALT_LENGTH),
  keyId: bytes(KEY_ID_LENGTH),
  nonce: bytes(NONCE_LENGTH),
});

/** A sealed file taken apart but not opened. */
export interface SealedContent {
  readonly slot: KeySlot;
  readonly salt: Buffer;
  readonly keyId: Buffer;
  readonly nonce: Buffer;
  /** Line 1 as it stands, which the body's tag vouches for. */
  readonly headerLine: Buffer;
  readonly body: Buffer;
}

/** Takes a sealed file apart. Throws StoreDamagedError, or StoreTooNewError for a format of a later version. */
export function parseSealed(file: Buffer): SealedContent {
  const headerEnd = file.subarray(0, MAX_HEADER_LENGTH).indexOf('\n') + 1;
  const bodyStart = headerEnd + DIGEST_LINE_LENGTH;
  const headerLine = file.subarray(0, headerEnd);
  const body = file.subarray(bodyStart);
  const digestLine = file.subarray(headerEnd, bodyStart).toString('latin1');
  if (body.length < TAG_LENGTH || digestLine !== `${digestOf(headerLine, body)}\n`) {
    throw new StoreDamagedError(undefined);
  }
  const header = parseHeader(headerLine);
  return {
    slot: header.key,
    salt: Buffer.from(header.salt, 'base64'),
    keyId: Buffer.from(header.keyId, 'base64'),
    nonce: Buffer.from(header.nonce, 'base64'),
    headerLine,
    body,
  };
}

/** Whether the file was sealed with this master key. */
export function keyFits(content: SealedContent, masterKey: Buffer): boolean {
  return timingSafeEqual(deriveKeys(masterKey, content.salt).keyId, content.keyId);
}

/** What was sealed. The key must fit (`keyFits`); throws StoreDamagedError when the content was tampered with. */
export function unseal(content: SealedContent, masterKey: Buffer): Buffer {
  const { sealingKey } = deriveKeys(masterKey, content.salt);
  const tagAt = content.body.length - TAG_LENGTH;
  const decipher = createDecipheriv('aes-256-gcm', sealingKey, content.nonce, { authTagLength: TAG_LENGTH });
  decipher.setAAD(content.headerLine).setAuthTag(content.body.subarray(tagAt));
  try {
    return Buffer.concat([decipher.update(content.body.subarray(0, tagAt)), decipher.final()]);
  } catch (error) {
    throw new StoreDamagedError(undefined, error);
  }
}

/** Seals `plaintext` into the bytes of a file. Salt and nonce are new each time. */
export function seal(slot: KeySlot, masterKey: Buffer, plaintext: Uint8Array): Buffer {
  const salt = randomBytes(SALT_LENGTH);
  const nonce = randomBytes(NONCE_LENGTH);
  const { sealingKey, keyId } = deriveKeys(masterKey, salt);
  const header: v.InferOutput<typeof Header> = {
    format: FORMAT,
    version: VERSION,
    key: slot,
    salt: salt.toString('base64'),
    keyId: keyId.toString('base64'),
    nonce: nonce.toString('base64'),
  };
  const headerLine = Buffer.from(`${JSON.stringify(header)}\n`, 'utf8');
  const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce, { authTagLength: TAG_LENGTH });
  cipher.setAAD(headerLine);
  const body = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return Buffer.concat([headerLine, Buffer.from(`${digestOf(headerLine, body)}\n`, 'latin1'), body]);
}

function parseHeader(line: Buffer): v.InferOutput<typeof Header> {
  const header = parseJson(line);
  const known = v.safeParse(v.object({ format: v.literal(FORMAT), version: v.pipe(v.number(), v.integer()) }), header);
  if (known.success && known.output.version > VERSION) {
    throw new StoreTooNewError();
  }
  const parsed = v.safeParse(Header, header);
  if (!parsed.success) {
    throw new StoreDamagedError(undefined, new v.ValiError(parsed.issues));
  }
  return parsed.output;
}

function parseJson(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch (error) {
    throw new StoreDamagedError(undefined, error);
  }
}

function digestOf(headerLine: Buffer, body: Buffer): string {
  return createHash('sha256').update(headerLine).update(body).digest('base64');
}

function deriveKeys(masterKey: Buffer, salt: Buffer): { readonly sealingKey: Buffer; readonly keyId: Buffer } {
  const derive = (use: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', masterKey, salt, `${FORMAT} ${VERSION} ${use}`, length));
  return { sealingKey: derive('seal', MASTER_KEY_LENGTH), keyId: derive('key id', KEY_ID_LENGTH) };
}
