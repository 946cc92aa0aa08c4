import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ServerClock } from '../../../../src/core/aws/server-clock.ts';
import type { TemporaryCredentials } from '../../../../src/core/model/credentials.ts';
import { Secret } from '../../../../src/core/model/secret.ts';
import { CredentialCache } from '../../../../src/core/session/resolve/credential-cache.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');
const HOUR = 3_600_000;
const KEY = { identity: 'role', target: undefined, ssoSession: undefined };

/** An AWS whose time passes evenly, and a machine whose clock the user sets and which sleeps. */
function machine() {
  const clock = new FakeClock(NOON);
  const real = { nowMs: NOON };
  const serverClock = new ServerClock(clock, () => real.nowMs);
  const cache = new CredentialCache({ awsNow: () => serverClock.now(), onChange: () => {}, log: () => {} });
  const requestsAt: number[] = [];
  const fetch = async (): Promise<TemporaryCredentials> => {
    requestsAt.push(real.nowMs);
    serverClock.observe(new Date(Math.floor(real.nowMs / 1_000) * 1_000), clock.now());
    return {
      accessKeyId: `ASIA${String(requestsAt.length).padStart(16, '0')}`,
      secretAccessKey: new Secret('s'),
      sessionToken: new Secret('t'),
      expiresAt: new Date(real.nowMs + HOUR),
    };
  };
  return {
    real,
    cache,
    requestsAt,
    setClock: (atMs: number) => clock.jumpTo(atMs),
    /** Awake or asleep: both clocks count it. */
    wait(ms: number) {
      real.nowMs += ms;
      clock.jumpTo(clock.now().getTime() + ms);
    },
    get: () => cache.get(KEY, { signal: new AbortController().signal, fresh: false }, fetch),
  };
}

type Step = { readonly kind: 'jump'; readonly by: number } | { readonly kind: 'wait'; readonly ms: number };

const jumps = fc
  .constantFrom(-2 * HOUR, 2 * HOUR, -24 * HOUR, 24 * HOUR, -NOON, Date.UTC(2100, 0, 1) - NOON)
  .map((by): Step => ({ kind: 'jump', by }));
const waits = fc.integer({ min: 100, max: 12 * HOUR }).map((ms): Step => ({ kind: 'wait', ms }));

test('however the clock is set and the machine sleeps, what is handed out has not ended, and AWS is asked once each time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(jumps, waits), { minLength: 1, maxLength: 12 }), async (steps) => {
      const { real, get, wait, setClock, requestsAt, cache } = machine();
      await get();
      for (const step of steps) {
        if (step.kind === 'jump') {
          setClock(real.nowMs + step.by);
        } else {
          wait(step.ms);
        }
        const before = requestsAt.length;
        for (let call = 0; call < 10; call += 1) {
          const credentials = await get();
          expect('expiresAt' in credentials && credentials.expiresAt.getTime()).toBeGreaterThan(real.nowMs);
          wait(50);
        }
        expect(requestsAt.length - before).toBeLessThanOrEqual(1);
        for (const { expiresAt } of cache.held()) {
          expect(Number.isNaN(expiresAt.getTime())).toBe(false);
        }
      }
    }),
    { numRuns: 300 },
  );
});
