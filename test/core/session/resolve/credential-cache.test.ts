import { expect, test } from 'vitest';
import { OfflineError } from '../../../../src/core/aws/aws-errors.ts';
import { Secret } from '../../../../src/core/model/secret.ts';
import { NoAccessError, SignInNeededError } from '../../../../src/core/session/errors.ts';
import { CredentialCache } from '../../../../src/core/session/resolve/credential-cache.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

const KEY = { identity: 'admin', target: undefined, ssoSession: 'corp' };

function failing(error: () => Error) {
  const clock = new FakeClock();
  const cache = new CredentialCache({ awsNow: () => clock.now(), onChange: () => undefined, log: () => undefined });
  const counts = { calls: 0 };
  const fetch = (): Promise<never> => {
    counts.calls += 1;
    return Promise.reject(error());
  };
  const ask = async (fresh = false): Promise<unknown> => {
    try {
      return await cache.get(KEY, { signal: new AbortController().signal, fresh }, fetch);
    } catch (caught) {
      return caught;
    }
  };
  return { ask, clock, counts };
}

test.each([
  ['a role that is not assigned', () => new NoAccessError('111122223333', 'Admin', new Error('403'))],
  ['no network', () => new OfflineError('portal.sso.eu-central-1.amazonaws.com')],
])('%s answers programs that ask again at once, and AWS is asked after a second', async (_what, error) => {
  const { ask, clock, counts } = failing(error);
  const first = await ask();
  for (let turn = 0; turn < 50; turn += 1) {
    expect(await ask()).toBe(first);
  }
  expect(counts.calls).toBe(1);
  await clock.advance(1_000);
  await ask();
  expect(counts.calls).toBe(2);
});

test('a user who tries again by hand is not told what was', async () => {
  const { ask, counts } = failing(() => new NoAccessError('111122223333', 'Admin', new Error('403')));
  await ask();
  await ask(true);
  expect(counts.calls).toBe(2);
});

test('a missing sign-in is looked for each time: it may be there by now', async () => {
  const { ask, counts } = failing(() => new SignInNeededError('corp', 'expired'));
  await ask();
  await ask();
  expect(counts.calls).toBe(2);
});

test.each([
  ['after a sign-out from their Identity Center are not kept', 'corp', 0],
  ['otherwise are', undefined, 1],
])('credentials that come %s', async (_what, signedOutOf, held) => {
  const clock = new FakeClock();
  const cache = new CredentialCache({ awsNow: () => clock.now(), onChange: () => undefined, log: () => undefined });
  const target = { kind: 'profile', profile: 'admin' } as const;
  const credentials = {
    accessKeyId: 'ASIAEXAMPLEEXAMPLE00',
    secretAccessKey: new Secret('secret'),
    sessionToken: new Secret('token'),
    expiresAt: new Date(clock.now().getTime() + 3_600_000),
  };
  const options = { signal: new AbortController().signal, fresh: false };
  const asked = cache.get({ ...KEY, target }, options, async () => {
    if (signedOutOf !== undefined) {
      cache.forgetSsoSession(signedOutOf);
    }
    return credentials;
  });
  // Who waited for them gets them: they were asked for before.
  expect(await asked).toBe(credentials);
  expect(cache.held()).toHaveLength(held);
});
