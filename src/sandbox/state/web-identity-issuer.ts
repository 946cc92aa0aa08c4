import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';

/** What an identity token says. Times are epoch seconds. */
export interface WebIdentityClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
}

/** Why a token is refused. */
export type WebIdentityVerdict =
  | { readonly kind: 'valid'; readonly claims: WebIdentityClaims }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'bad-signature' }
  | { readonly kind: 'expired'; readonly claims: WebIdentityClaims };

/** The issuer of the sandbox's own identity provider, for AssumeRoleWithWebIdentity. */
export const WEB_IDENTITY_ISSUER = 'https://idp.rolecall-demo.example';

/** Signs and checks identity tokens (ES256 JWTs) with a key made at first use. */
export class WebIdentityIssuer {
  #key: KeyObject | undefined;

  /** A token for `subject`, as a CI system or a cluster would put into a file. */
  mint(subject: string, audience: string, issuedAt: Date, lifetimeSeconds: number): string {
    const iat = Math.floor(issuedAt.getTime() / 1000);
    const claims = { iss: WEB_IDENTITY_ISSUER, sub: subject, aud: audience, iat, exp: iat + lifetimeSeconds };
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${encode({ alg: 'ES256', typ: 'JWT', kid: 'rolecall-demo' })}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(signed), { key: this.#privateKey(), dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  }

  check(jwt: string, now: Date): WebIdentityVerdict {
    const [header, payload, signature, ...rest] = jwt.split('.');
    const claims = payload === undefined ? undefined : parseClaims(payload);
    if (header === undefined || signature === undefined || rest.length > 0 || claims === undefined) {
      return { kind: 'malformed' };
    }
    const key = { key: createPublicKey(this.#privateKey()), dsaEncoding: 'ieee-p1363' } as const;
    if (!verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))) {
      return { kind: 'bad-signature' };
    }
    return { kind: claims.exp * 1000 > now.getTime() ? 'valid' : 'expired', claims };
  }

  #privateKey(): KeyObject {
    this.#key ??= createPrivateKey(
      generateKeyPairSync('ec', {
        namedCurve: 'P-256',
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        publicKeyEncoding: { type: 'spki', format: 'pem' },
      }).privateKey,
    );
    return this.#key;
  }
}

function parseClaims(payload: string): WebIdentityClaims | undefined {
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Partial<WebIdentityClaims> | null;
    const { iss, sub, aud, iat, exp } = claims ?? {};
    const complete =
      typeof iss === 'string' &&
      typeof sub === 'string' &&
      typeof aud === 'string' &&
      typeof iat === 'number' &&
      typeof exp === 'number';
    return complete ? { iss, sub, aud, iat, exp } : undefined;
  } catch {
    return undefined;
  }
}
