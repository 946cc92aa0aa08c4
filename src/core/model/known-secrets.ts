import type { Secret } from './secret.ts';

/** Shorter texts are not looked for: a six-digit code or a country would blank out half a log. */
const MIN_LENGTH = 8;

/**
 * Every form in which a log could hold this text: as it is, in JSON, in a URL, in hex and in Base64.
 *
 * Base64 of a longer text that holds the secret starts at any of three bit positions, so the part of each that does not depend on its
 * neighbours is given. A text of several lines is given line by line, since logs are written by line.
 */
export function formsOfSecret(secret: Secret): readonly string[] {
  const lines = secret.reveal().split(/\r?\n/);
  const forms = lines.filter((line) => line.length >= MIN_LENGTH).flatMap(formsOfLine);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

function formsOfLine(line: string): string[] {
  const bytes = Buffer.from(line, 'utf8');
  const hex = bytes.toString('hex');
  const inUrl = encodeURIComponent(line.toWellFormed());
  const encoded = [0, 1, 2].map((shift) => base64Core(bytes, shift)).filter((core) => core.length >= MIN_LENGTH);
  return [
    line,
    JSON.stringify(line).slice(1, -1),
    inUrl,
    inUrl.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
    inUrl.replaceAll('%20', '+'),
    hex,
    hex.toUpperCase(),
    ...encoded,
    ...encoded.map((core) => core.replaceAll('+', '-').replaceAll('/', '_')),
    ...encoded.map((core) => encodeURIComponent(core)),
  ];
}

/** The Base64 letters that are made of this text's bits alone when `shift` bytes (0-2) stand before it. */
function base64Core(bytes: Buffer, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
  const start = Math.ceil((shift * 8) / 6);
  return encoded.slice(start, Math.floor(((shift + bytes.length) * 8) / 6));
}
