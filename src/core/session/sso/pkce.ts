import { createHash } from 'node:crypto';
import type { Random } from '../../model/random.ts';
import { Secret } from '../../model/secret.ts';

/** The secrets of one authorization request. */
export interface PkceSecrets {
  /** 64 characters; proves to AWS that who trades the code is who asked for it. */
  readonly codeVerifier: Secret;
  /** 256 bits; proves to us that who brings the code was sent by us. */
  readonly state: Secret;
}

/**
 * New secrets for an authorization request.
 * Source: https://www.rfc-editor.org/rfc/rfc7636#section-4.1
 */
export function newPkceSecrets(random: Random): PkceSecrets {
  return { codeVerifier: new Secret(base64Url(random.bytes(48))), state: new Secret(base64Url(random.bytes(32))) };
}

/** What AWS is told of the verifier beforehand: its SHA-256. */
export function codeChallenge(codeVerifier: Secret): string {
  return createHash('sha256').update(codeVerifier.reveal(), 'ascii').digest('base64url');
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
