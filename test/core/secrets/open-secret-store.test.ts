import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { BadInputError } from '../../../src/core/model/errors.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import type { SecretName } from '../../../src/core/secrets/secret-name.ts';
import {
  StoreChangedError,
  StoreDamagedError,
  StoreFailedError,
  StoreLockedError,
  StoreMissingError,
} from '../../../src/core/secrets/store-errors.ts';
import { realIo } from './store-io.ts';
import { KEY, KEY_NAME, machine, PASSPHRASE, SEED_NAME, valueOf, type Machine } from './store-setup.ts';

const SEED = new Secret('GEZDGNBVGY3TQOJQ');

describe.each(['keyring', 'passphrase', 'memory'] as const)('kept by %s', (backend) => {
  const openWith = async (on: Machine) => {
    const store = await on.open();
    if (backend === 'passphrase') {
      await store.usePassphrase(PASSPHRASE);
    } else if (backend === 'memory') {
      await store.useMemory();
    }
    return store;
  };

  test('a secret is given back as it was kept, under its own name only', async () => {
    const store = await openWith(await machine());
    expect(await store.get(KEY_NAME)).toBeUndefined();
    await store.set(KEY_NAME, KEY);
    await store.set(SEED_NAME, SEED);
    await store.set({ kind: 'totp-seed', id: KEY_NAME.id }, new Secret('same id, other kind'));
    expect(await valueOf(store)).toBe(KEY.reveal());
    expect(await valueOf(store, SEED_NAME)).toBe(SEED.reveal());
    await store.set(KEY_NAME, new Secret('changed'));
    expect(await valueOf(store)).toBe('changed');
    expect(await store.names()).toHaveLength(3);
    await store.delete(KEY_NAME);
    await store.delete(KEY_NAME);
    expect(await store.get(KEY_NAME)).toBeUndefined();
    expect(await store.names()).toEqual(
      expect.arrayContaining([SEED_NAME, { kind: 'totp-seed', id: KEY_NAME.id }] satisfies SecretName[]),
    );
    expect(store.status()).toMatchObject({ backend, state: 'ready' });
  });

  test('odd names and values come back unchanged, and none touches another', async () => {
    const store = await openWith(await machine());
    const odd = ['__proto__', 'constructor', 'a/../b', 'Prod #1', 'é', 'e\u0301', '\u202Eved', ' ', 'x'.repeat(512)];
    const values = ['', '\0\r\n', '"\\', '\u{1F511}', 'x'.repeat(100_000)];
    await Promise.all(odd.map((id, at) => store.set({ kind: 'sso-token', id }, new Secret(`${id}${values[at % 5]}`))));
    for (const [at, id] of odd.entries()) {
      expect(await valueOf(store, { kind: 'sso-token', id })).toBe(`${id}${values[at % 5]}`);
    }
  });

  test('operations on one name happen in the order they were asked for', async () => {
    const store = await openWith(await machine());
    const reads = Array.from({ length: 20 }, (_, round) => {
      void store.set(KEY_NAME, new Secret(`value ${round}`));
      return valueOf(store);
    });
    expect(await Promise.all(reads)).toEqual(Array.from({ length: 20 }, (_, round) => `value ${round}`));
  });

  test.each([
    { kind: 'access-key', id: '' },
    { kind: 'access-key', id: 'a\nb' },
    { kind: 'access-key', id: 'a\0' },
    { kind: 'access-key', id: '\uD800' },
    { kind: 'access-key', id: 'x'.repeat(513) },
    { kind: 'pet', id: 'x' },
  ])('a name that cannot be is refused: %o', async (name) => {
    const store = await (await machine()).open({ backend: 'memory' });
    await expect(store.set(name as SecretName, KEY)).rejects.toBeInstanceOf(BadInputError);
    await expect(store.get(name as SecretName)).rejects.toBeInstanceOf(BadInputError);
    expect(store.status().state).toBe('ready');
  });
});

describe('on disk', () => {
  test('another process finds the secrets, and changes of both stay', async () => {
    const on = await machine();
    const app = await on.open();
    const cli = await on.open();
    await app.set(KEY_NAME, KEY);
    await cli.set(SEED_NAME, SEED);
    expect(await valueOf(app, SEED_NAME)).toBe(SEED.reveal());
    expect(await valueOf(cli)).toBe(KEY.reveal());
    await app.delete(SEED_NAME);
    expect(await cli.get(SEED_NAME)).toBeUndefined();
  });

  test('a hundred secrets set at once by two processes are all there', async () => {
    const on = await machine();
    const [first, second] = await Promise.all([on.open(), on.open()]);
    const names = Array.from({ length: 100 }, (_, at): SecretName => ({ kind: 'access-key', id: `key ${at}` }));
    await Promise.all(names.map((name, at) => (at % 2 === 0 ? first : second).set(name, new Secret(name.id))));
    expect(await first.names()).toHaveLength(100);
    expect(on.keyring.entries.size).toBe(1);
  });

  test('the keyring holds one key and no secret; the file holds no secret in plain', async () => {
    const on = await machine();
    await (await on.open()).set(KEY_NAME, KEY);
    expect([...on.keyring.entries.values()].map((text) => Buffer.from(text, 'base64url').length)).toEqual([32]);
    const file = await on.bytes();
    for (const encoding of ['utf8', 'utf16le', 'base64', 'hex'] as const) {
      expect(file.includes(Buffer.from(KEY.reveal()).toString(encoding))).toBe(false);
    }
    expect(file.includes(KEY_NAME.id)).toBe(false);
  });

  test('the key is asked for once, however many need it at once', async () => {
    const on = await machine();
    await (await on.open()).set(KEY_NAME, KEY);
    const store = await on.open();
    const before = on.keyring.reads;
    let answer = (): void => undefined;
    on.keyring.gate = new Promise((resolve) => (answer = resolve));
    const ids = Array.from({ length: 50 }, (_, at) => `key ${at}`);
    const reads = ids.map((id) => store.get({ kind: 'access-key', id }));
    await vi.waitFor(() => expect(on.keyring.reads).toBeGreaterThan(before));
    // As long as a user takes to type the keyring's password; the others reach the same point meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 100));
    answer();
    await Promise.all(reads);
    await store.set(SEED_NAME, SEED);
    expect(on.keyring.reads - before).toBe(1);
  });

  test.skipIf(process.platform === 'win32')(
    'file and folder are closed to others whatever the umask, and when they were open',
    async () => {
      const on = await machine();
      const umask = process.umask(0);
      try {
        const store = await on.open();
        await store.set(KEY_NAME, KEY);
        await store.useKeyring();
        const modes = async () => {
          const names = ['.', ...(await on.files())];
          return Promise.all(names.map(async (name) => (await stat(path.join(on.folder, name))).mode & 0o777));
        };
        expect(await modes()).toEqual([0o700, 0o600, 0o600]);
        await chmod(on.folder, 0o755);
        await chmod(on.file, 0o644);
        await (await on.open()).get(KEY_NAME);
        expect((await stat(on.file)).mode & 0o777).toBe(0o600);
        await chmod(on.file, 0o644);
        await store.set(SEED_NAME, SEED);
        expect(await modes()).toEqual([0o700, 0o600, 0o600]);
      } finally {
        process.umask(umask);
      }
    },
  );

  test('entries of kinds that only a newer version knows are carried along', async () => {
    const on = await machine();
    const store = await on.open();
    await store.set(KEY_NAME, KEY);
    const { SealedFile } = await import('../../../src/core/secrets/sealed-file.ts');
    const { seal, unseal } = await import('../../../src/core/secrets/sealed-format.ts');
    const { FakeClock } = await import('../../helpers/fake-clock.ts');
    const file = new SealedFile(on.file, realIo(path.join(on.folder, '..', 'locks')), new FakeClock());
    const content = (await file.read())!;
    const masterKey = Buffer.from([...on.keyring.entries.values()][0] ?? '', 'base64url');
    const future = { kind: 'passkey', id: 'x', value: 'from the future' };
    const read = (from: typeof content) => JSON.parse(unseal(from, masterKey).toString()) as { entries: unknown[] };
    await file.write(
      seal(content.slot, masterKey, Buffer.from(JSON.stringify({ entries: [...read(content).entries, future] }))),
    );
    await store.set(SEED_NAME, SEED);
    expect(await store.names()).toHaveLength(2);
    expect(read((await file.read())!).entries).toContainEqual(future);
  });
});

describe('without a keyring', () => {
  const noService = new StoreMissingError('no-service');

  test('the store says so and every operation fails until the user chooses', async () => {
    const on = await machine();
    on.keyring.failure = noService;
    const store = await on.open();
    expect(store.status()).toMatchObject({ backend: 'none', state: 'missing', message: noService.message });
    await expect(store.get(KEY_NAME)).rejects.toBeInstanceOf(StoreMissingError);
    await expect(store.set(KEY_NAME, KEY)).rejects.toBeInstanceOf(StoreMissingError);
    await expect(store.delete(KEY_NAME)).rejects.toBeInstanceOf(StoreMissingError);
    await expect(store.names()).rejects.toBeInstanceOf(StoreMissingError);
    expect(await on.files()).toEqual([]);
  });

  test('memory, once chosen, is remembered as the choice but holds nothing over a restart', async () => {
    const on = await machine();
    on.keyring.failure = noService;
    const store = await on.open();
    await store.useMemory();
    await store.set(KEY_NAME, KEY);
    expect(store.status()).toMatchObject({ backend: 'memory', state: 'ready' });
    expect(on.statuses.at(-1)).toEqual(store.status());
    expect(await on.files()).toEqual(['backend.json']);
    const next = await on.open();
    expect(next.status()).toMatchObject({ backend: 'memory', state: 'ready' });
    expect(await next.get(KEY_NAME)).toBeUndefined();
  });

  test('a passphrase, once chosen, is asked for in every run', async () => {
    const on = await machine();
    on.keyring.failure = noService;
    await (await on.open()).usePassphrase(PASSPHRASE);
    const next = await on.open();
    expect(next.status()).toMatchObject({ backend: 'passphrase', state: 'locked' });
    await expect(next.get(KEY_NAME)).rejects.toMatchObject({ code: 'store-locked', reason: 'passphrase' });
    await expect(next.set(KEY_NAME, KEY)).rejects.toMatchObject({ code: 'store-locked', reason: 'passphrase' });
    await next.unlock(PASSPHRASE);
    await next.set(KEY_NAME, KEY);
    expect(await valueOf(next)).toBe(KEY.reveal());
  });

  test('a keyring that appears later is found at the next try', async () => {
    const on = await machine();
    on.keyring.failure = noService;
    const store = await on.open();
    on.keyring.failure = undefined;
    expect(await store.refresh()).toMatchObject({ backend: 'none', state: 'ready' });
    await store.set(KEY_NAME, KEY);
    expect(store.status()).toMatchObject({ backend: 'keyring', state: 'ready' });
  });

  test('a store that need not be probed asks the keyring for nothing at the start', async () => {
    const on = await machine();
    await on.open({ probe: false });
    expect(on.keyring.probes + on.keyring.reads).toBe(0);
  });
});

describe('a keyring in trouble', () => {
  test.each([
    ['locked', new StoreLockedError('locked')],
    ['dismissed', new StoreLockedError('dismissed')],
    ['denied', new StoreLockedError('denied')],
    ['slow', new StoreLockedError('slow')],
  ])('%s: the operation says so, the file stays, and it works once it is open', async (_how, failure) => {
    const on = await machine();
    await (await on.open()).set(KEY_NAME, KEY);
    const before = await on.bytes();
    on.keyring.lockedFailure = failure;
    const store = await on.open();
    await expect(store.get(KEY_NAME)).rejects.toBe(failure);
    await expect(store.set(KEY_NAME, new Secret('x'))).rejects.toBe(failure);
    await expect(store.delete(KEY_NAME)).rejects.toBe(failure);
    expect(store.status()).toMatchObject({ backend: 'keyring', state: 'locked', message: failure.message });
    await store.refresh();
    expect(store.status().state).toBe('locked');
    expect((await on.bytes()).equals(before)).toBe(true);
    on.keyring.lockedFailure = undefined;
    await store.unlock();
    expect(store.status().state).toBe('ready');
    expect(await valueOf(store)).toBe(KEY.reveal());
    expect(await on.aside()).toEqual([]);
  });

  test('a failure without a name is told as one, and nothing changes', async () => {
    const on = await machine();
    await (await on.open()).set(KEY_NAME, KEY);
    on.keyring.lockedFailure = new StoreFailedError('The system keyring failed.', 'Try again.');
    const store = await on.open();
    await expect(store.get(KEY_NAME)).rejects.toMatchObject({ code: 'store-failed' });
    expect(store.status()).toMatchObject({ state: 'failed', hint: 'Try again.' });
  });

  test('a keyring that loses what it is given is caught before anything is sealed with it', async () => {
    const on = await machine();
    on.keyring.write = async () => undefined;
    const store = await on.open();
    await expect(store.set(KEY_NAME, KEY)).rejects.toBeInstanceOf(StoreFailedError);
    expect(await on.files()).toEqual([]);
  });
});

describe('another keyring than the one the secrets were sealed with', () => {
  const swapped = async (other: Map<string, string>) => {
    const on = await machine();
    await (await on.open()).set(KEY_NAME, KEY);
    const original = new Map(on.keyring.entries);
    on.keyring.entries.clear();
    other.forEach((value, account) => on.keyring.entries.set(account, value));
    return { on, original };
  };

  test.each([
    ['an empty one', () => ''],
    ['one with another key', () => Buffer.alloc(32, 1).toString('base64url')],
    ['one with something that is no key', () => 'hunter2'],
  ])('%s: reading says so and moves nothing', async (_which, other) => {
    const { on, original } = await swapped(new Map());
    original.forEach((_value, account) => other() !== '' && on.keyring.entries.set(account, other()));
    const before = await on.bytes();
    const store = await on.open();
    await expect(store.get(KEY_NAME)).rejects.toBeInstanceOf(StoreChangedError);
    await expect(store.names()).rejects.toBeInstanceOf(StoreChangedError);
    await expect(store.delete(KEY_NAME)).rejects.toBeInstanceOf(StoreChangedError);
    expect(store.status()).toMatchObject({ backend: 'keyring', state: 'changed' });
    expect((await on.bytes()).equals(before)).toBe(true);
    expect(await on.aside()).toEqual([]);
  });

  test('a new sign-in is kept in a new file, the old one is kept aside and says so', async () => {
    const { on } = await swapped(new Map());
    const before = await on.bytes();
    const store = await on.open();
    await store.set(SEED_NAME, SEED);
    expect(await valueOf(store, SEED_NAME)).toBe(SEED.reveal());
    expect(await store.get(KEY_NAME)).toBeUndefined();
    const [kept, ...others] = await on.aside();
    expect(others).toEqual([]);
    expect((await readFile(path.join(on.folder, kept ?? ''))).equals(before)).toBe(true);
    expect(store.status()).toMatchObject({ state: 'ready' });
    expect(store.status().message).toContain(kept);
  });

  test('when the old keyring is back, its secrets are taken back and newer ones win', async () => {
    const { on, original } = await swapped(new Map());
    const store = await on.open();
    await store.set(SEED_NAME, SEED);
    original.forEach((value, account) => on.keyring.entries.set(account, value));
    expect(await store.recover()).toBe(1);
    expect(await valueOf(store)).toBe(KEY.reveal());
    expect(await valueOf(store, SEED_NAME)).toBe(SEED.reveal());
    expect(store.status().message).not.toContain('replaced');
    expect(await store.recover()).toBe(0);
  });

  test('two desktops with a keyring each, by turns, lose nothing for good', async () => {
    const { on, original } = await swapped(new Map());
    await (await on.open()).set(SEED_NAME, SEED);
    on.keyring.entries.clear();
    original.forEach((value, account) => on.keyring.entries.set(account, value));
    const store = await on.open();
    await expect(store.get(KEY_NAME)).rejects.toBeInstanceOf(StoreChangedError);
    expect(await store.recover()).toBe(1);
    expect(await valueOf(store)).toBe(KEY.reveal());
    expect(store.status().state).toBe('ready');
    expect(await on.aside()).toHaveLength(1);
  });
});

describe('a damaged file', () => {
  test('cut at any byte, zeroed or noise: one clear error, the file kept, then a working store', async () => {
    const on = await machine();
    await (await on.open()).set(KEY_NAME, KEY);
    const whole = await on.bytes();
    const cuts = Array.from({ length: Math.ceil(whole.length / 11) }, (_, at) => whole.subarray(0, at * 11));
    const broken = [
      ...cuts,
      Buffer.alloc(whole.length),
      Buffer.from('[[[['),
      Buffer.from('{"format":"rolecall-secrets"}\n'),
    ];
    for (const [round, bytes] of broken.entries()) {
      await writeFile(on.file, bytes);
      const store = await on.open({ probe: false });
      const failure = await store.get(KEY_NAME).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StoreDamagedError);
      const { keptAs } = failure as StoreDamagedError;
      expect((await readFile(path.join(on.folder, keptAs ?? ''))).equals(bytes)).toBe(true);
      expect(store.status()).toMatchObject({ state: 'changed' });
      expect(await store.get(KEY_NAME)).toBeUndefined();
      expect(store.status()).toMatchObject({ state: 'changed' });
      await store.set(KEY_NAME, KEY);
      expect(await valueOf(store)).toBe(KEY.reveal());
      expect(store.status()).toMatchObject({ state: 'ready' });
      expect(await on.aside()).toHaveLength(round + 1);
    }
  });

  test('is put aside by a set too, which keeps the new secret', async () => {
    const on = await machine();
    await (await on.open()).set(KEY_NAME, KEY);
    await writeFile(on.file, 'damaged');
    const store = await on.open({ probe: false });
    await store.set(SEED_NAME, SEED);
    expect(await valueOf(store, SEED_NAME)).toBe(SEED.reveal());
    expect(await on.aside()).toHaveLength(1);
  });

  test('of a newer version is left alone by every operation', async () => {
    const on = await machine();
    const store = await on.open();
    await store.set(KEY_NAME, KEY);
    const { createHash } = await import('node:crypto');
    const line = '{"format":"rolecall-secrets","version":9}\n';
    const body = Buffer.alloc(40);
    const digest = createHash('sha256').update(line).update(body).digest('base64');
    const newer = Buffer.concat([Buffer.from(`${line}${digest}\n`), body]);
    await writeFile(on.file, newer);
    await expect(store.get(KEY_NAME)).rejects.toMatchObject({ code: 'store-failed' });
    await expect(store.set(KEY_NAME, KEY)).rejects.toMatchObject({ code: 'store-failed' });
    await expect(store.delete(KEY_NAME)).rejects.toMatchObject({ code: 'store-failed' });
    await expect((await on.open()).usePassphrase(PASSPHRASE)).rejects.toMatchObject({ code: 'store-failed' });
    expect((await on.bytes()).equals(newer)).toBe(true);
    expect(store.status()).toMatchObject({ state: 'failed' });
  });

  test('a damaged note of the choice is kept and counts as none', async () => {
    const on = await machine();
    await (await on.open()).set(KEY_NAME, KEY);
    await writeFile(path.join(on.folder, 'backend.json'), '{"version":1,"backend":"post-it"}');
    const store = await on.open();
    expect(store.status().backend).toBe('keyring');
    expect(await valueOf(store)).toBe(KEY.reveal());
    expect((await on.files()).some((name) => name.startsWith('backend.json.damaged-'))).toBe(true);
  });
});
