import { createHmac } from 'node:crypto';
import { BadInputError } from './errors.ts';
import { Secret } from './secret.ts';

/** How long AWS takes one code for, in seconds. AWS's virtual devices use no other. */
export const TOTP_STEP_SECONDS = 30;

const STEP_MS = TOTP_STEP_SECONDS * 1000;
const DIGITS = 6;
const BASE32_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** 80 bits is what the oldest services hand out; below that it is a piece of a seed. */
const MIN_SEED_BYTES = 10;
const MAX_SEED_TEXT = 1024;
const MAX_URI_LENGTH = 4096;
const PLAIN_LENGTHS = new Set([0, 2, 4, 5, 7]);
const TAKE_IT_FROM_AWS = 'Copy the whole secret key that the AWS page shows beside the QR code.';

/** What an `otpauth://` address (the text of a QR code) says about an authenticator. */
export interface TotpEnrolment {
  readonly seed: Secret;
  readonly issuer: string | undefined;
  readonly accountName: string | undefined;
}

/**
 * Reads a seed as people paste it: Base32 in any case, with spaces, dashes and padding. Answers it in its plain form.
 *
 * Throws BadInputError, which never repeats the text. Source: https://www.rfc-editor.org/rfc/rfc4648#section-6
 */
export function parseTotpSeed(text: string): Secret {
  if (text.length > MAX_SEED_TEXT) {
    throw new BadInputError('The authenticator seed is far too long.', TAKE_IT_FROM_AWS);
  }
  const plain = text.replace(/[\s-]/g, '').replace(/=*$/, '').toUpperCase();
  const strange = /[^A-Z2-7]/.exec(plain)?.[0];
  if (strange !== undefined) {
    const lookalike = '0189'.includes(strange)
      ? ' It has no 0, 1, 8 or 9; the letters O, I, L, B and G look like them.'
      : '';
    throw new BadInputError(
      `The authenticator seed holds a character that no seed has.${lookalike}`,
      `A seed is made of the letters A-Z and the digits 2-7. ${TAKE_IT_FROM_AWS}`,
    );
  }
  if (!PLAIN_LENGTHS.has(plain.length % 8) || Math.floor((plain.length * 5) / 8) < MIN_SEED_BYTES) {
    throw new BadInputError(
      'The authenticator seed is not complete: its length is not one a seed can have.',
      TAKE_IT_FROM_AWS,
    );
  }
  return new Secret(plain);
}

/**
 * The six-digit code that a device with this seed shows at `at`, which is AWS's time, not this machine's.
 *
 * Throws BadInputError for text that is no seed, RangeError for a time before 1970 or none at all.
 * Source: https://www.rfc-editor.org/rfc/rfc6238#section-4 (SHA-1, 30 s) and https://www.rfc-editor.org/rfc/rfc4226#section-5.3
 */
export function totpCode(seed: Secret, at: Date): Secret {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(totpStep(at)));
  const digest = createHmac('sha1', decodeBase32(parseTotpSeed(seed.reveal()).reveal()))
    .update(counter)
    .digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS;
  return new Secret(String(number).padStart(DIGITS, '0'));
}

/** The number of the 30-second window `at` lies in; two moments with the same number have the same code. Throws RangeError as `totpCode`. */
export function totpStep(at: Date): number {
  const step = Math.floor(at.getTime() / STEP_MS);
  if (!(step >= 0)) {
    throw new RangeError('A code needs a time after 1970.');
  }
  return step;
}

/** Whole seconds, 1 to 30, until the next code begins at AWS's time `at`. Throws RangeError as `totpCode`. */
export function secondsToNextCode(at: Date): number {
  return Math.ceil(((totpStep(at) + 1) * STEP_MS - at.getTime()) / 1000);
}

/**
 * Reads the text of an authenticator's QR code.
 *
 * Throws BadInputError for anything AWS would not take: counters (HOTP), other digests, lengths and periods. Never repeats the text.
 * Source: https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function parseOtpauthUri(text: string): TotpEnrolment {
  const url = readOtpauthUrl(text.trim());
  const parameter = (name: string): string | undefined => singleParameter(url.searchParams, name);
  refuseUnless((parameter('algorithm') ?? 'SHA1').toUpperCase() === 'SHA1', 'does not use SHA-1');
  refuseUnless((parameter('digits') ?? '6') === '6', 'does not make six-digit codes');
  refuseUnless((parameter('period') ?? '30') === '30', 'does not make a code every 30 seconds');
  const seed = parameter('secret');
  if (seed === undefined) {
    throw new BadInputError('The QR code holds no secret.', TAKE_IT_FROM_AWS);
  }
  const { issuer, accountName } = readLabel(url.pathname);
  return { seed: parseTotpSeed(seed), issuer: parameter('issuer') ?? issuer, accountName };
}

/** The text of a QR code that gives another authenticator this seed. A Secret, as the seed is in it. */
export function formatOtpauthUri(enrolment: {
  readonly seed: Secret;
  readonly issuer: string;
  readonly accountName: string;
}): Secret {
  const label = `${encodeURIComponent(enrolment.issuer)}:${encodeURIComponent(enrolment.accountName)}`;
  const issuer = encodeURIComponent(enrolment.issuer);
  return new Secret(
    `otpauth://totp/${label}?secret=${parseTotpSeed(enrolment.seed.reveal()).reveal()}&issuer=${issuer}`,
  );
}

function readOtpauthUrl(text: string): URL {
  if (text.length > MAX_URI_LENGTH || !/^otpauth:\/\//i.test(text) || !URL.canParse(text)) {
    throw new BadInputError('This is not the text of an authenticator QR code.', 'It begins with otpauth://totp/.');
  }
  const url = new URL(text);
  refuseUnless(url.host.toLowerCase() === 'totp', 'counts codes instead of using the time');
  return url;
}

function singleParameter(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name);
  if (values.length > 1) {
    throw new BadInputError(`The QR code says "${name}" more than once.`, TAKE_IT_FROM_AWS);
  }
  return values[0];
}

function readLabel(pathname: string): { issuer: string | undefined; accountName: string | undefined } {
  const label = decodeLenient(pathname.replace(/^\//, ''));
  const colon = label.indexOf(':');
  const issuer = colon < 0 ? '' : label.slice(0, colon).trim();
  const accountName = label.slice(colon + 1).trim();
  return { issuer: issuer || undefined, accountName: accountName || undefined };
}

function decodeLenient(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refuseUnless(condition: boolean, what: string): void {
  if (!condition) {
    throw new BadInputError(
      `This authenticator ${what}, so it cannot be one of AWS.`,
      'Scan the QR code that AWS shows for the device.',
    );
  }
}

function decodeBase32(plain: string): Buffer {
  const bytes = Buffer.alloc(Math.floor((plain.length * 5) / 8));
  let bits = 0;
  let held = 0;
  let written = 0;
  for (const letter of plain) {
    held = ((held << 5) | BASE32_ALPHABET.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[written] = (held >> bits) & 0xff;
      written += 1;
    }
  }
  return bytes;
}
