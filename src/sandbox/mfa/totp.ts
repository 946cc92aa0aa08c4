import { createHmac } from 'node:crypto';

/** How long one code is shown. */
export const TOTP_STEP_SECONDS = 30;

/** The number of the 30-second window that a moment falls in. Source: RFC 6238 section 4. */
export function totpStep(at: Date): number {
  return Math.floor(at.getTime() / 1000 / TOTP_STEP_SECONDS);
}

/** The six-digit code of a window, by HMAC-SHA-1 as AWS's virtual devices use. Source: RFC 4226 section 5.3. */
export function totpCode(seed: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', seed).update(counter).digest();
  const offset = (digest[19] ?? 0) & 0x0f;
  const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, '0');
}
