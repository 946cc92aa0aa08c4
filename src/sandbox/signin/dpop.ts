import { createHash, createPublicKey, verify } from 'node:crypto';

/** How far a proof's time may be from ours. */
const MAX_AGE_SECONDS = 300;

/** What a good DPoP proof shows. */
export interface DpopProof {
  /** RFC 7638 thumbprint of its key. */
  readonly keyThumbprint: string;
  readonly proofId: string;
}

/**
 * Checks a DPoP proof for a request; undefined where it proves nothing.
 * Source: RFC 9449 section 4.3.
 */
export function checkDpop(jwt: string, method: string, url: string, now: Date): DpopProof | undefined {
  const [header, payload, signature, ...rest] = jwt.split('.');
  const head = parsePart(header);
  const claims = parsePart(payload);
  const jwk = readJwk(head?.['jwk']);
  if (signature === undefined || rest.length > 0 || jwk === undefined || claims === undefined) {
    return undefined;
  }
  const { jti, htm, htu, iat } = claims;
  const isFresh = typeof iat === 'number' && Math.abs(now.getTime() / 1000 - iat) <= MAX_AGE_SECONDS;
  const isForThis = htm === method && htu === url && isFresh;
  const isTyped = head?.['typ'] === 'dpop+jwt' && head['alg'] === 'ES256' && typeof jti === 'string' && jti !== '';
  if (!isForThis || !isTyped || !signatureHolds(`${header}.${payload}`, signature, jwk)) {
    return undefined;
  }
  return { keyThumbprint: thumbprint(jwk), proofId: jti };
}

interface EcJwk {
  readonly x: string;
  readonly y: string;
}

function readJwk(value: unknown): EcJwk | undefined {
  const { kty, crv, x, y } = (value ?? {}) as Record<string, unknown>;
  return kty === 'EC' && crv === 'P-256' && typeof x === 'string' && typeof y === 'string' ? { x, y } : undefined;
}

function signatureHolds(signed: string, signature: string, { x, y }: EcJwk): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
    return verify(
      'sha256',
      Buffer.from(signed),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
  } catch {
    return false;
  }
}

function thumbprint({ x, y }: EcJwk): string {
  return createHash('sha256')
    .update(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }))
    .digest('base64url');
}

function parsePart(part: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
