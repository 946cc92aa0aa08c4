import { webcrypto } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import type * as X509Module from '@peculiar/x509';
import { installReflectMetadata } from './reflect-metadata.ts';

/** A certificate authority of this sandbox alone. Its key exists only in memory. */
export interface CertificateAuthority {
  readonly certificatePem: string;
  /** What a server needs to speak for `hostname`; made once per host. */
  secureContext(hostname: string): Promise<SecureContext>;
}

type CryptoKey = webcrypto.CryptoKey;

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
const LIFETIME_DAYS = 30;

type X509 = typeof X509Module;
type Certificate = X509Module.X509Certificate;

interface Keys {
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}

/**
 * Makes a new authority. TLS clients judge dates by their own clock, so this takes the machine's time, not the sandbox's.
 * The library is loaded only here: most uses of the sandbox need no TLS.
 */
export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  installReflectMetadata();
  const x509 = await import('@peculiar/x509');
  const rootKeys = await newKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Rolecall sandbox CA',
    ...validity(),
    signingAlgorithm: ALGORITHM,
    keys: rootKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(rootKeys.publicKey),
    ],
  });
  const leafKeys = await newKeys();
  const key = toPem(await webcrypto.subtle.exportKey('pkcs8', leafKeys.privateKey));
  const contexts = new Map<string, Promise<SecureContext>>();
  const issue = async (hostname: string): Promise<SecureContext> => {
    const leaf = await issueLeaf(x509, root, rootKeys.privateKey, leafKeys.publicKey, hostname);
    return createSecureContext({ key, cert: leaf.toString('pem') });
  };
  return {
    certificatePem: `${root.toString('pem')}\n`,
    secureContext(hostname) {
      const context = contexts.get(hostname) ?? issue(hostname);
      contexts.set(hostname, context);
      return context;
    },
  };
}

async function issueLeaf(
  x509: X509,
  root: Certificate,
  signingKey: CryptoKey,
  publicKey: CryptoKey,
  hostname: string,
): Promise<Certificate> {
  return x509.X509CertificateGenerator.create({
    subject: 'CN=Rolecall sandbox',
    issuer: root.subject,
    ...validity(),
    signingAlgorithm: ALGORITHM,
    publicKey,
    signingKey,
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: hostname }]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      await x509.AuthorityKeyIdentifierExtension.create(root),
    ],
  });
}

async function newKeys(): Promise<Keys> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function validity(): { readonly notBefore: Date; readonly notAfter: Date } {
  const nowMs = Date.now();
  return { notBefore: new Date(nowMs - DAY_MS), notAfter: new Date(nowMs + LIFETIME_DAYS * DAY_MS) };
}

function toPem(pkcs8: ArrayBuffer): string {
  const lines =
    Buffer.from(pkcs8)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}
