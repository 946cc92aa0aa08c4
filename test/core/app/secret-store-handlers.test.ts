import { expect, test } from 'vitest';
import { secretStoreHandlers } from '../../../src/core/app/handlers/secret-store-handlers.ts';
import type { HandlerContext } from '../../../src/core/app/handlers/handler.ts';
import type { SecretStoreView } from '../../../src/core/app/services.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { coreUnderTest } from '../../helpers/core-under-test.ts';

const CALLER = { asker: { program: 'Rolecall', pid: undefined, folder: undefined, parents: [] } } as const;

/** Handlers over a store that notes what it is asked. */
function over(calls: unknown[]) {
  const secretStore: Pick<SecretStoreView, 'choose' | 'unlock'> = {
    choose: async (backend, passphrase) => void calls.push([backend, passphrase?.reveal(), passphrase]),
    unlock: async (passphrase) => void calls.push(['unlock', passphrase?.reveal(), passphrase]),
  };
  return secretStoreHandlers({ services: { secretStore } } as unknown as HandlerContext);
}

test('a passphrase reaches the store as a secret, and no answer has it', async () => {
  const calls: [string, string | undefined, unknown][] = [];
  const handlers = over(calls);
  const answers = [
    await handlers.chooseSecretStore({ backend: 'passphrase', passphrase: 'correct horse battery' }, CALLER),
    await handlers.unlockSecretStore({ passphrase: 'correct horse battery' }, CALLER),
  ];
  expect(answers).toEqual([null, null]);
  expect(calls.map(([what, text]) => [what, text])).toEqual([
    ['passphrase', 'correct horse battery'],
    ['unlock', 'correct horse battery'],
  ]);
  expect(calls.every(([, , secret]) => secret instanceof Secret)).toBe(true);
});

test('an empty field is no passphrase: the keyring is asked instead', async () => {
  const calls: unknown[] = [];
  const handlers = over(calls);
  await handlers.unlockSecretStore({ passphrase: '' }, CALLER);
  await handlers.chooseSecretStore({ backend: 'keyring' }, CALLER);
  expect(calls).toEqual([
    ['unlock', undefined, undefined],
    ['keyring', undefined, undefined],
  ]);
});

test.each([{ backend: 'cloud' }, {}, { backend: 'passphrase', passphrase: 'x'.repeat(1025) }])(
  'the core refuses %j before the store hears of it',
  async (input) => {
    const { execute } = await coreUnderTest();
    expect(await execute('chooseSecretStore', input as never)).toMatchObject({
      ok: false,
      failure: { code: 'bad-input' },
    });
  },
);
