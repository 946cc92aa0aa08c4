import { createHash, randomBytes } from 'node:crypto';

/** Where random bytes come from. */
export type RandomBytes = (size: number) => Buffer;

/** The machine's own randomness. */
export const systemRandom: RandomBytes = (size) => randomBytes(size);

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** No vowels and nothing that is easily misread: the alphabet of RFC 8628 section 6.1. */
const USER_CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';

/** Random text over an alphabet. */
export function randomText(random: RandomBytes, alphabet: string, length: number): string {
  return [...random(length)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** An access key id: `AKIA…` long-term, `ASIA…` temporary. */
export function newAccessKeyId(random: RandomBytes, prefix: 'AKIA' | 'ASIA'): string {
  return `${prefix}${randomText(random, BASE32, 16)}`;
}

/** A secret access key: 40 characters. */
export function newSecretAccessKey(random: RandomBytes): string {
  return random(30).toString('base64');
}

/** A session token of the length that AWS's have: several hundred characters with `+`, `/` and `=`. */
export function newSessionToken(random: RandomBytes): string {
  return `IQoJb3JpZ2luX2VjE${random(430).toString('base64')}`;
}

/** An opaque token with a recognisable start. */
export function newOpaqueToken(random: RandomBytes, prefix: string, size = 192): string {
  return `${prefix}${random(size).toString('base64url')}`;
}

/** A user code as on the device page: `BCDF-GHJK`. */
export function newUserCode(random: RandomBytes): string {
  const letters = randomText(random, USER_CODE_LETTERS, 8);
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** IAM's unique id for an entity (`AIDA…`, `AROA…`), always the same for the same ARN. */
export function uniqueIdOf(prefix: 'AIDA' | 'AROA' | 'ANPA', arn: string): string {
  const digest = createHash('sha256').update(arn).digest();
  return `${prefix}${[...digest.subarray(0, 17)].map((byte) => BASE32[byte % 32]).join('')}`;
}

/** The 16 hex digits at the end of a permission set's role name, always the same for the same instance and name. */
export function permissionSetSuffix(startUrl: string, permissionSetName: string): string {
  return createHash('sha256').update(`${startUrl}\n${permissionSetName}`).digest('hex').slice(0, 16);
}
