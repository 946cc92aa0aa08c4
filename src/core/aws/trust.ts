import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import * as tls from 'node:tls';
import { CaBundleError } from './aws-errors.ts';
import type { Env } from './endpoints.ts';

/** Loads what to trust; undefined stands for Node's default. */
export type LoadTrust = () => Promise<tls.SecureContext | undefined>;

/** Which certificate authorities TLS connections trust. */
export interface Trust {
  /** Node's own roots and the user's bundles; undefined where Node's default is enough. Throws CaBundleError. */
  readonly usual: LoadTrust;
  /** The same and the operating system's roots, for networks that inspect traffic; undefined where this Node cannot read them. */
  readonly widened: LoadTrust;
}

/** Where to look for authorities besides the environment. */
export interface TrustOptions {
  /** The file of the user's settings; empty for none. */
  readonly bundleFile?: string;
  readonly readSystemRoots?: () => readonly string[];
}

const BUNDLE_VARIABLES = ['AWS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'] as const;
const CERTIFICATE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g;

/**
 * Trust by `AWS_CA_BUNDLE`, `NODE_EXTRA_CA_CERTS` and the user's settings, all added to the roots that Node brings. The files are read
 * once, at the first need.
 *
 * One secure context serves all connections: given as `ca`, some 150 certificates would be parsed again for each of them.
 */
export function createTrust(env: Env, { bundleFile = '', readSystemRoots = systemRoots }: TrustOptions = {}): Trust {
  const bundles = (): Promise<string[]> => readBundles(env, bundleFile);
  const usual = once(async () => {
    const extra = await bundles();
    return extra.length === 0 ? undefined : secureContext(extra);
  });
  const widened = once(async () => {
    const system = readSystemRoots();
    return system.length === 0 ? undefined : secureContext([...(await bundles()), ...system]);
  });
  return { usual, widened };
}

function secureContext(extra: readonly string[]): tls.SecureContext {
  return tls.createSecureContext({ ca: [...tls.rootCertificates, ...extra] });
}

/**
 * Makes the trust for the file that the settings name, once for each file and each time it was changed: who corrects a file need not
 * start the app again.
 */
export function trustByBundle(make: (bundleFile: string) => Trust): (bundleFile: string) => Promise<Trust> {
  const made = new Map<string, Trust>();
  return async (bundleFile) => {
    const key = bundleFile === '' ? '' : `${bundleFile} ${await changedAtMs(bundleFile)}`;
    const trust = made.get(key) ?? make(bundleFile);
    made.set(key, trust);
    return trust;
  };
}

/** 0 for a file that is not there: reading it tells what is wrong. */
async function changedAtMs(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

async function readBundles(env: Env, bundleFile: string): Promise<string[]> {
  const bundles = await Promise.all([
    ...BUNDLE_VARIABLES.map((variable) => readBundle(variable, env[variable])),
    readBundle('the settings', bundleFile),
  ]);
  return bundles.flat();
}

/** Reads one bundle; a file without a single good certificate is an error, not an empty list. */
async function readBundle(namedBy: string, file: string | undefined): Promise<string[]> {
  if (file === undefined || file === '') {
    return [];
  }
  try {
    const certificates = (await readFile(file, 'utf8')).match(CERTIFICATE) ?? [];
    if (certificates.length === 0) {
      throw new Error('no certificate in it');
    }
    return certificates.map((pem) => new X509Certificate(pem).toString());
  } catch (cause) {
    throw new CaBundleError(namedBy, file, cause);
  }
}

/** The operating system's roots, which Node can read from version 22.15 on. */
function systemRoots(): readonly string[] {
  const read = (tls as { getCACertificates?: (store: 'system') => string[] }).getCACertificates;
  return read === undefined ? [] : read('system');
}

/** Remembers what `make` gives; after a failure the next call tries again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
