import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { BadInputError } from '../../../src/core/model/errors.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { SCRYPT_COSTS } from '../../../src/core/secrets/passphrase-key.ts';
import type { SealedFileIo } from '../../../src/core/secrets/sealed-file.ts';
import {
  StoreChangedError,
  StoreDamagedError,
  StoreLockedError,
  StoreMissingError,
  WrongPassphraseError,
} from '../../../src/core/secrets/store-errors.ts';
import type { SwitchableSecretStore } from '../../../src/core/secrets/switchable-secret-store.ts';
import { realIo } from './store-io.ts';
import { KEY, KEY_NAME, machine, PASSPHRASE, SEED_NAME, valueOf, type Machine } from './store-setup.ts';

const SEED = new Secret('GEZDGNBVGY3TQOJQ');
const OTHER_PASSPHRASE = new Secret('another twelve long words');

/** A power cut: the `failAt`th write of this process (counted from 0) does not happen, nor anything after it. */
function powerCut(on: Machine, failAt: number): { readonly io: SealedFileIo; readonly isOut: () => boolean } {
  const real = realIo(path.join(on.folder, '..', 'locks'));
  let writes = 0;
  return {
    isOut: () => writes > failAt,
    io: {
      withFileLock: (file, action) => real.withFileLock(file, action),
      writeFileAtomic: async (file, bytes) => {
        writes += 1;
        if (writes > failAt) {
          throw Object.assign(new Error('power cut'), { code: 'EIO' });
        }
        await real.writeFileAtomic(file, bytes);
      },
    },
  };
}

async function withTwoSecrets(store: SwitchableSecretStore): Promise<void> {
  await store.set(KEY_NAME, KEY);
  await store.set(SEED_NAME, SEED);
}

async function expectBoth(store: SwitchableSecretStore): Promise<void> {
  expect(await valueOf(store)).toBe(KEY.reveal());
  expect(await valueOf(store, SEED_NAME)).toBe(SEED.reveal());
}

describe('moving', () => {
  test('from the keyring to a passphrase keeps all secrets and removes the key nothing needs any more', async () => {
    const on = await machine();
    const store = await on.open();
    await withTwoSecrets(store);
    await store.usePassphrase(PASSPHRASE);
    expect(store.status()).toMatchObject({ backend: 'passphrase', state: 'ready' });
    await expectBoth(store);
    expect(on.keyring.entries.size).toBe(0);
    expect(await on.aside()).toEqual([]);
    const next = await on.open();
    await next.unlock(PASSPHRASE);
    await expectBoth(next);
  });

  test('from a passphrase to the keyring keeps all secrets and asks for no passphrase any more', async () => {
    const on = await machine();
    const store = await on.open();
    await store.usePassphrase(PASSPHRASE);
    await withTwoSecrets(store);
    await store.useKeyring();
    expect(store.status()).toMatchObject({ backend: 'keyring', state: 'ready' });
    await expectBoth(await on.open());
    expect(on.keyring.entries.size).toBe(1);
  });

  test('to memory takes the secrets along; back to the keyring brings them and what changed meanwhile', async () => {
    const on = await machine();
    const store = await on.open();
    await withTwoSecrets(store);
    await store.useMemory();
    await expectBoth(store);
    await store.set(KEY_NAME, new Secret('newer'));
    await store.delete(SEED_NAME);
    await store.set({ kind: 'sso-token', id: 'new' }, new Secret('only in memory'));
    await store.useKeyring();
    const next = await on.open();
    expect(await valueOf(next)).toBe('newer');
    expect(await next.get(SEED_NAME)).toBeUndefined();
    expect(await valueOf(next, { kind: 'sso-token', id: 'new' })).toBe('only in memory');
  });

  test('to memory leaves the sealed file, which is found again after a restart and the way back', async () => {
    const on = await machine();
    const store = await on.open();
    await withTwoSecrets(store);
    await store.useMemory();
    const next = await on.open();
    expect(await next.names()).toEqual([]);
    await next.useKeyring();
    await expectBoth(next);
  });

  test('away from a keyring that is gone puts its file aside; it comes back with the keyring', async () => {
    const on = await machine();
    await withTwoSecrets(await on.open());
    on.keyring.failure = new StoreMissingError('no-service');
    const store = await on.open();
    expect(store.status()).toMatchObject({ backend: 'keyring', state: 'missing' });
    await store.usePassphrase(PASSPHRASE);
    expect(await store.names()).toEqual([]);
    expect(await on.aside()).toHaveLength(1);
    on.keyring.failure = undefined;
    expect(await store.recover()).toBe(2);
    await expectBoth(store);
    expect(store.status()).toMatchObject({ backend: 'passphrase', state: 'ready' });
  });

  test('waits for a keyring that is only locked, and changes nothing', async () => {
    const on = await machine();
    await withTwoSecrets(await on.open());
    const before = await on.bytes();
    on.keyring.lockedFailure = new StoreLockedError('dismissed');
    const store = await on.open();
    await expect(store.usePassphrase(PASSPHRASE)).rejects.toBeInstanceOf(StoreLockedError);
    expect((await on.bytes()).equals(before)).toBe(true);
    expect(store.status().backend).toBe('keyring');
  });

  test('to a keyring that is not there fails and changes nothing', async () => {
    const on = await machine();
    const store = await on.open();
    await store.usePassphrase(PASSPHRASE);
    await store.set(KEY_NAME, KEY);
    on.keyring.failure = new StoreMissingError('no-bus');
    await expect(store.useKeyring()).rejects.toBeInstanceOf(StoreMissingError);
    expect(await valueOf(store)).toBe(KEY.reveal());
    expect(store.status().backend).toBe('passphrase');
  });

  test('is seen by another process at its next operation', async () => {
    const on = await machine();
    const app = await on.open();
    const cli = await on.open();
    await withTwoSecrets(app);
    await expectBoth(cli);
    await app.usePassphrase(PASSPHRASE);
    await expect(cli.get(KEY_NAME)).rejects.toMatchObject({ code: 'store-locked', reason: 'passphrase' });
    expect(cli.status()).toMatchObject({ backend: 'passphrase', state: 'locked' });
    await cli.unlock(PASSPHRASE);
    await expectBoth(cli);
  });

  test('while secrets are set loses none of them', async () => {
    const on = await machine();
    const store = await on.open();
    const set = (from: number) =>
      Array.from({ length: 10 }, (_, at) => store.set({ kind: 'sso-token', id: `${from + at}` }, KEY));
    await Promise.all([...set(0), store.useMemory(), ...set(10), store.useKeyring(), ...set(20)]);
    expect(await (await on.open()).names()).toHaveLength(30);
  });
});

describe('a power cut', () => {
  test.each([0, 1])(
    'at write %i of the move to a passphrase leaves all secrets in the old place or the new',
    async (failAt) => {
      const on = await machine();
      await withTwoSecrets(await on.open());
      const cut = powerCut(on, failAt);
      await expect((await on.open({ io: cut.io })).usePassphrase(PASSPHRASE)).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:store|file)-failed$/) as string,
      });
      expect(cut.isOut()).toBe(true);
      const next = await on.open();
      expect(next.status().backend).toBe(failAt === 0 ? 'keyring' : 'passphrase');
      await (failAt === 0 ? next.unlock() : next.unlock(PASSPHRASE));
      await expectBoth(next);
    },
  );

  test.each([0, 1])('at write %i of the move to the keyring, likewise', async (failAt) => {
    const on = await machine();
    const store = await on.open();
    await store.usePassphrase(PASSPHRASE);
    await withTwoSecrets(store);
    const cut = powerCut(on, failAt);
    const cutStore = await on.open({ io: cut.io });
    await cutStore.unlock(PASSPHRASE);
    await expect(cutStore.useKeyring()).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:store|file)-failed$/) as string,
    });
    const next = await on.open();
    expect(next.status().backend).toBe(failAt === 0 ? 'passphrase' : 'keyring');
    await (failAt === 0 ? next.unlock(PASSPHRASE) : next.unlock());
    await expectBoth(next);
  });

  test('during a set leaves the old secrets, and the set works afterwards', async () => {
    const on = await machine();
    await withTwoSecrets(await on.open());
    const store = await on.open({ io: powerCut(on, 0).io });
    await expect(store.set(KEY_NAME, new Secret('x'))).rejects.toMatchObject({ hint: expect.any(String) as string });
    expect(store.status().state).toBe('failed');
    const next = await on.open();
    await expectBoth(next);
    await next.set(KEY_NAME, new Secret('x'));
    expect(await valueOf(next)).toBe('x');
  });
});

describe('a passphrase', () => {
  test('that is wrong is told apart from damage; the file is not touched and the right one works', async () => {
    const on = await machine();
    const store = await on.open();
    await store.usePassphrase(PASSPHRASE);
    await store.set(KEY_NAME, KEY);
    const before = await on.bytes();
    const next = await on.open();
    await expect(next.unlock(OTHER_PASSPHRASE)).rejects.toBeInstanceOf(WrongPassphraseError);
    expect(next.status()).toMatchObject({ backend: 'passphrase', state: 'locked' });
    expect((await on.bytes()).equals(before)).toBe(true);
    await next.unlock(PASSPHRASE);
    expect(await valueOf(next)).toBe(KEY.reveal());
    await writeFile(on.file, before.subarray(0, before.length - 1));
    await expect((await on.open({ probe: false })).unlock(PASSPHRASE)).rejects.toBeInstanceOf(StoreDamagedError);
  });

  test('can be changed; the old one opens nothing any more, and other processes are asked for the new one', async () => {
    const on = await machine();
    const store = await on.open();
    await store.usePassphrase(PASSPHRASE);
    await store.set(KEY_NAME, KEY);
    const other = await on.open();
    await other.unlock(PASSPHRASE);
    await expect(store.changePassphrase(OTHER_PASSPHRASE, PASSPHRASE)).rejects.toBeInstanceOf(WrongPassphraseError);
    await store.changePassphrase(PASSPHRASE, OTHER_PASSPHRASE);
    expect(await valueOf(store)).toBe(KEY.reveal());
    await expect(other.get(KEY_NAME)).rejects.toMatchObject({ reason: 'passphrase' });
    await expect(other.unlock(PASSPHRASE)).rejects.toBeInstanceOf(WrongPassphraseError);
    await other.unlock(OTHER_PASSPHRASE);
    expect(await valueOf(other)).toBe(KEY.reveal());
  });

  test('is forgotten by locking', async () => {
    const on = await machine();
    const store = await on.open();
    await store.usePassphrase(PASSPHRASE);
    await store.set(KEY_NAME, KEY);
    await store.lock();
    expect(store.status()).toMatchObject({ backend: 'passphrase', state: 'locked' });
    await expect(store.get(KEY_NAME)).rejects.toBeInstanceOf(StoreLockedError);
  });

  test('that is forgotten by the user: starting afresh keeps the old file, and remembering it later brings it back', async () => {
    const on = await machine();
    const store = await on.open();
    await store.usePassphrase(PASSPHRASE);
    await store.set(KEY_NAME, KEY);
    const next = await on.open();
    expect(await next.startAfresh()).toMatch(/^secrets\.sealed\.replaced-/);
    expect(next.status()).toMatchObject({ backend: 'passphrase', state: 'locked' });
    await next.unlock(OTHER_PASSPHRASE);
    expect(await next.names()).toEqual([]);
    expect(await next.recover(PASSPHRASE)).toBe(1);
    expect(await valueOf(next)).toBe(KEY.reveal());
  });

  test.each(['', 'short', 'x'.repeat(1025)])(
    'too short or too long is refused before anything changes',
    async (text) => {
      const on = await machine();
      const store = await on.open();
      await expect(store.usePassphrase(new Secret(text))).rejects.toBeInstanceOf(BadInputError);
      expect(await on.files()).toEqual([]);
    },
  );

  test('costs a guesser 128 MiB and a fraction of a second each try', async () => {
    const on = await machine();
    await (await on.open({ scryptCosts: SCRYPT_COSTS })).usePassphrase(PASSPHRASE);
    const { key } = JSON.parse((await on.bytes()).toString('latin1').split('\n')[0] ?? '') as { key: unknown };
    expect(key).toMatchObject({ kind: 'passphrase', n: 131_072, r: 8, p: 1 });
    const next = await on.open();
    await next.unlock(PASSPHRASE);
    expect(next.status().state).toBe('ready');
  });

  test('opens whether its accents were typed as one character or as two', async () => {
    const on = await machine();
    await (await on.open()).usePassphrase(new Secret('caf\u00e9 au lait'));
    const next = await on.open();
    await next.unlock(new Secret('cafe\u0301 au lait'));
    expect(next.status().state).toBe('ready');
  });

  test('is not what a store sealed with the keyring is unlocked with', async () => {
    const on = await machine();
    const store = await on.open();
    await store.set(KEY_NAME, KEY);
    await expect(store.unlock(PASSPHRASE)).rejects.toBeInstanceOf(BadInputError);
    await expect(store.changePassphrase(PASSPHRASE, PASSPHRASE)).rejects.toBeInstanceOf(BadInputError);
    expect(store.status().state).toBe('ready');
  });

  test('chosen over a file that cannot be opened leaves the keyring as it is: the file put aside may need it', async () => {
    const on = await machine();
    await (await on.open()).set(KEY_NAME, KEY);
    const [account] = on.keyring.entries.keys();
    on.keyring.entries.set(account ?? '', Buffer.alloc(32, 1).toString('base64url'));
    await (await on.open()).usePassphrase(PASSPHRASE);
    expect([...on.keyring.entries.keys()]).toEqual([account]);
  });

  test('chosen over a file of a lost keyring keeps that file', async () => {
    const on = await machine();
    await (await on.open()).set(KEY_NAME, KEY);
    const entries = new Map(on.keyring.entries);
    on.keyring.entries.clear();
    const store = await on.open();
    await expect(store.get(KEY_NAME)).rejects.toBeInstanceOf(StoreChangedError);
    await store.usePassphrase(PASSPHRASE);
    entries.forEach((value, account) => on.keyring.entries.set(account, value));
    expect(await store.recover()).toBe(1);
  });
});

test('in memory there is nothing to take back', async () => {
  const store = await (await machine()).open({ backend: 'memory' });
  await expect(store.recover()).rejects.toBeInstanceOf(BadInputError);
});
