import { expect, test } from 'vitest';
import { Secret } from '../../../src/core/model/secret.ts';
import { inProcessKeyring, type KeyringModule } from '../../../src/core/secrets/keyring-in-process.ts';
import { FakeClock, settle } from '../../helpers/fake-clock.ts';

interface Behaviour {
  readonly construct?: () => void;
  readonly getPassword?: (signal?: AbortSignal | null) => Promise<string | null>;
}

function keyringWith(behaviour: Behaviour) {
  const clock = new FakeClock();
  const made: unknown[][] = [];
  const stored = new Map<string, string>();
  class AsyncEntry {
    readonly #account: string;

    constructor(...args: [string, string, unknown]) {
      made.push(args);
      this.#account = args[1];
      behaviour.construct?.();
    }

    async getPassword(signal?: AbortSignal | null): Promise<string | null> {
      return behaviour.getPassword?.(signal) ?? stored.get(this.#account) ?? null;
    }

    async setPassword(text: string): Promise<void> {
      stored.set(this.#account, text);
    }

    async deleteCredential(): Promise<boolean> {
      return stored.delete(this.#account);
    }
  }
  const module: KeyringModule = { AsyncEntry };
  return { clock, made, keyring: inProcessKeyring({ clock, load: async () => module }) };
}

test('reads, writes and removes an entry', async () => {
  const { keyring } = keyringWith({});
  expect(await keyring.read('x')).toBeUndefined();
  await keyring.write('x', new Secret('value'));
  expect((await keyring.read('x'))?.reveal()).toBe('value');
  expect(await keyring.remove('x')).toBe(true);
  expect(await keyring.remove('x')).toBe(false);
});

test('every entry is pinned to the Secret Service, never the kernel keyring', async () => {
  const { keyring, made } = keyringWith({});
  await keyring.probe();
  await keyring.read('x');
  await keyring.write('x', new Secret('value'));
  await keyring.remove('x');
  expect(made).toHaveLength(4);
  expect(
    made.every(
      ([service, , options]) =>
        service === 'Rolecall' && JSON.stringify(options) === '{"linux":{"store":"secret-service"}}',
    ),
  ).toBe(true);
});

test('a failure of the constructor is told like one of an operation', async () => {
  const { keyring } = keyringWith({
    construct: () => {
      throw new Error(
        'Platform failure: DBus error: The name org.freedesktop.secrets was not provided by any .service files',
      );
    },
  });
  await expect(keyring.probe()).rejects.toMatchObject({ code: 'store-missing', reason: 'no-service' });
  await expect(keyring.read('x')).rejects.toMatchObject({ code: 'store-missing', reason: 'no-service' });
});

test('a keyring that does not answer is given up after 30 s, and called off', async () => {
  let signal: AbortSignal | null | undefined;
  const { keyring, clock } = keyringWith({
    getPassword: (given) => {
      signal = given;
      return new Promise(() => undefined);
    },
  });
  const reading = keyring.read('x').catch((error: unknown) => error);
  await clock.advance(29_999);
  expect(signal?.aborted).toBe(false);
  await clock.advance(1);
  expect(await reading).toMatchObject({ code: 'store-locked', reason: 'slow' });
  expect(signal?.aborted).toBe(true);
});

test('an answer in time leaves no timer, and a late failure is not unhandled', async () => {
  const { keyring, clock } = keyringWith({});
  await keyring.read('x');
  expect(clock.pending).toBe(0);
  let fail: (error: Error) => void = () => undefined;
  const slow = keyringWith({ getPassword: () => new Promise((_resolve, reject) => (fail = reject)) });
  const reading = slow.keyring.read('x').catch((error: unknown) => error);
  await slow.clock.advance(30_000);
  await reading;
  fail(new Error('AbortError'));
  await settle();
});

test('a module that is not installed here is a missing store', async () => {
  const keyring = inProcessKeyring({
    clock: new FakeClock(),
    load: () => Promise.reject(new Error('Cannot find native binding')),
  });
  await expect(keyring.probe()).rejects.toMatchObject({ code: 'store-missing', reason: 'no-module' });
});
