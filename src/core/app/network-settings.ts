import * as v from 'valibot';
import type { Egress, LoadEgress } from '../aws/egress.ts';
import { BadInputError } from '../model/errors.ts';
import { Secret } from '../model/secret.ts';
import type { SecretName } from '../secrets/secret-name.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Settings } from '../../shared/settings.ts';

/** What a proxy asks of those who use it. */
export interface ProxySignIn {
  readonly user: string;
  readonly password: Secret;
}

const KeptSchema = v.object({ user: v.string(), password: v.string() });

/**
 * How requests leave this machine by the settings. The user name and password come from the secret store, and go to the very proxy they
 * were typed for: they are kept under its host and port.
 */
export function egressOf(settings: () => Settings, secrets: Pick<SecretStore, 'get'>): LoadEgress {
  return async () => {
    const now = settings();
    return { proxy: await proxyOf(now, secrets), caBundleFile: now.caBundleFile };
  };
}

/** Keeps what a proxy asks for. Throws BadInputError where no proxy is set, and what the store throws. */
export async function keepProxySignIn(
  { proxyUrl }: Settings,
  secrets: Pick<SecretStore, 'set'>,
  { user, password }: ProxySignIn,
): Promise<void> {
  const url = parseProxy(proxyUrl);
  if (url === undefined) {
    throw new BadInputError('There is no proxy to sign in to.', 'Set the address of the proxy first.');
  }
  await secrets.set(nameOf(url), new Secret(JSON.stringify({ user, password: password.reveal() })));
}

/** Removes what is kept for the proxy that is set. Throws what the store throws. */
export async function forgetProxySignIn({ proxyUrl }: Settings, secrets: Pick<SecretStore, 'delete'>): Promise<void> {
  const url = parseProxy(proxyUrl);
  await (url === undefined ? undefined : secrets.delete(nameOf(url)));
}

async function proxyOf(settings: Settings, secrets: Pick<SecretStore, 'get'>): Promise<Egress['proxy']> {
  const { proxyMode, proxyUrl, noProxy, proxySignsIn } = settings;
  if (proxyMode !== 'manual') {
    return proxyMode;
  }
  const url = parseProxy(proxyUrl);
  if (url === undefined) {
    return 'none';
  }
  const kept = proxySignsIn ? await secrets.get(nameOf(url)) : undefined;
  return { url: kept === undefined ? url : withSignIn(url, kept), noProxy };
}

function withSignIn(url: URL, kept: Secret): URL {
  const { user, password } = v.parse(KeptSchema, JSON.parse(kept.reveal()));
  const full = new URL(url);
  full.username = encodeURIComponent(user);
  full.password = encodeURIComponent(password);
  return full;
}

function nameOf(url: URL): SecretName {
  return { kind: 'proxy-sign-in', id: url.host };
}

function parseProxy(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
