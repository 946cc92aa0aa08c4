import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Secret } from '../../../src/core/model/secret.ts';
import { openSecretStore, type OpenStoreOptions } from '../../../src/core/secrets/open-secret-store.ts';
import type { SecretName } from '../../../src/core/secrets/secret-name.ts';
import type { StoreStatus } from '../../../src/core/secrets/secret-store.ts';
import type { SwitchableSecretStore } from '../../../src/core/secrets/switchable-secret-store.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { FakeKeyring } from './fake-keyring.ts';
import { realIo, temporaryFolder } from './store-io.ts';

/** A user's machine: a folder and a keyring, on which stores are opened as by so many processes. */
export interface Machine {
  readonly folder: string;
  readonly file: string;
  readonly keyring: FakeKeyring;
  readonly statuses: StoreStatus[];
  open(options?: Partial<OpenStoreOptions>): Promise<SwitchableSecretStore>;
  /** Names of what is in the folder, locks left out. */
  files(): Promise<string[]>;
  /** Names of files put aside. */
  aside(): Promise<string[]>;
  bytes(): Promise<Buffer>;
}

export async function machine(): Promise<Machine> {
  const home = await temporaryFolder();
  const folder = path.join(home, 'secrets');
  const keyring = new FakeKeyring();
  const statuses: StoreStatus[] = [];
  const files = async (): Promise<string[]> =>
    (await readdir(folder).catch(() => [])).sort((a, b) => a.localeCompare(b));
  return {
    folder,
    file: path.join(folder, 'secrets.sealed'),
    keyring,
    statuses,
    open: (options = {}) =>
      openSecretStore({
        folder,
        io: realIo(path.join(home, 'locks')),
        clock: new FakeClock(),
        keyring,
        scryptCosts: { n: 2 ** 15, r: 8, p: 1 },
        onStatus: (status) => statuses.push(status),
        ...options,
      }),
    files,
    aside: async () => (await files()).filter((name) => /\.(?:damaged|replaced)-[^.]*$/.test(name)),
    bytes: () => readFile(path.join(folder, 'secrets.sealed')),
  };
}

export const KEY_NAME: SecretName = { kind: 'access-key', id: 'assume-only' };
export const SEED_NAME: SecretName = { kind: 'totp-seed', id: 'arn:aws:iam::123456789012:mfa/alice' };
export const KEY = new Secret('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');
export const PASSPHRASE = new Secret('correct horse battery staple');

export const valueOf = async (store: SwitchableSecretStore, name: SecretName = KEY_NAME): Promise<string | undefined> =>
  (await store.get(name))?.reveal();
