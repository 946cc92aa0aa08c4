import { expect, test } from 'vitest';
import { AccessWatch } from '../../../src/core/app/access-watch.ts';
import { Connectivity } from '../../../src/core/app/connectivity.ts';
import type { SsoAccess } from '../../../src/shared/app-state.ts';
import { createTestStore, ssoSession } from '../../helpers/electron-state.ts';
import { settle } from '../../helpers/fake-clock.ts';

const SIGNED_IN: SsoAccess = {
  kind: 'signed-in',
  tokenExpiresAt: '2026-01-01T12:00:00Z',
  renewsByItself: true,
  registrationExpiresAt: undefined,
};
const SIGNED_OUT: SsoAccess = { kind: 'signed-out' };

/** A watch whose reads of the token end when the test says. */
function watchWithSlowReads(access: SsoAccess) {
  const reads: ((access: SsoAccess) => void)[] = [];
  const told: string[] = [];
  const { store } = createTestStore({ ssoSessions: [ssoSession({ access })] });
  const watch = new AccessWatch({
    store,
    ssoSessions: {
      access: () => new Promise<SsoAccess>((resolve) => reads.push(resolve)),
      renew: () => Promise.reject(new Error('nothing is due')),
    },
    signal: new AbortController().signal,
    awsNow: () => new Date('2026-01-01T11:00:00Z'),
    log: () => {},
    notify: ({ id }) => void told.push(id),
    onSignedIn: (id) => void told.push(`signed in to ${id}`),
    onSignedOut: (id) => void told.push(`signed out of ${id}`),
    connectivity: new Connectivity(store),
  });
  return { watch, reads, told, shown: () => store.get().ssoSessions[0]?.access };
}

test('a look that began earlier and ends last does not bring a sign-in back that is over', async () => {
  const { watch, reads, told, shown } = watchWithSlowReads(SIGNED_IN);
  const looks = [watch.refresh(), watch.leaving('acme', () => Promise.resolve())];
  await settle();
  const [before, after] = reads;
  after?.(SIGNED_OUT);
  await settle();
  expect(shown()).toEqual(SIGNED_OUT);
  before?.(SIGNED_IN);
  await Promise.all(looks);
  expect([shown(), told]).toEqual([SIGNED_OUT, ['signed out of acme']]);
});

test('each look that began later counts, and one that ends in its turn too', async () => {
  const { watch, reads, told, shown } = watchWithSlowReads(SIGNED_OUT);
  const looks = [watch.refresh(), watch.refresh()];
  await settle();
  reads[0]?.(SIGNED_OUT);
  await settle();
  reads[1]?.(SIGNED_IN);
  await Promise.all(looks);
  expect([shown(), told]).toEqual([SIGNED_IN, ['signed in to acme']]);
});
