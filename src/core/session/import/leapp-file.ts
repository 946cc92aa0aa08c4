import { createDecipheriv, createHash } from 'node:crypto';
import { BadInputError } from '../../model/errors.ts';

const MAGIC = 'Salted__';
const SALT_BYTES = 8;
const KEY_BYTES = 32;
const IV_BYTES = 16;

/**
 * Opens Leapp's workspace file. It is base64 of OpenSSL's salted format: AES-256-CBC with key and IV made from the machine's id by MD5, as
 * crypto-js does for a passphrase. Throws BadInputError where it is another format, or made on another machine.
 * Source: https://github.com/Noovolari/leapp (packages/core/src/services/file-service.ts), https://docs.openssl.org/master/man3/EVP_BytesToKey/
 */
export function openLeappFile(text: string, machineId: string): unknown {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.subarray(0, MAGIC.length).toString('latin1') !== MAGIC || bytes.length <= MAGIC.length + SALT_BYTES) {
    throw new BadInputError(
      "Leapp's workspace has a form that is not known here.",
      'Start Leapp once, then try again.',
    );
  }
  const salt = bytes.subarray(MAGIC.length, MAGIC.length + SALT_BYTES);
  const derived = derive(Buffer.from(machineId, 'utf8'), salt);
  try {
    const decipher = createDecipheriv('aes-256-cbc', derived.subarray(0, KEY_BYTES), derived.subarray(KEY_BYTES));
    const plain = Buffer.concat([decipher.update(bytes.subarray(MAGIC.length + SALT_BYTES)), decipher.final()]);
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain));
  } catch (cause) {
    throw new BadInputError(
      "Leapp's workspace cannot be opened with the id of this machine.",
      'It was made on another machine, or belongs to a team workspace. Import on the machine where Leapp runs.',
      cause,
    );
  }
}

/** EVP_BytesToKey with MD5 and one round: what the file was written with, not a choice of ours. */
function derive(passphrase: Buffer, salt: Buffer): Buffer {
  let derived = Buffer.alloc(0);
  let block = Buffer.alloc(0);
  while (derived.length < KEY_BYTES + IV_BYTES) {
    block = createHash('md5').update(block).update(passphrase).update(salt).digest();
    derived = Buffer.concat([derived, block]);
  }
  return derived;
}
