import { describe, expect, test } from 'vitest';
import { ServerClock } from '../../../src/core/aws/server-clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');
const HOUR = 3_600_000;

/** A machine with a clock the user can set and one nobody can. */
function machine() {
  const clock = new FakeClock(NOON);
  let monotonicMs = 1_000;
  return {
    clock,
    serverClock: new ServerClock(clock, () => monotonicMs),
    pass: (ms: number) => {
      monotonicMs += ms;
      clock.jumpTo(clock.now().getTime() + ms);
    },
    sleep: (ms: number) => {
      clock.jumpTo(clock.now().getTime() + ms);
    },
    setClock: (to: number) => {
      clock.jumpTo(to);
    },
  };
}

describe('ServerClock', () => {
  test('replies a second apart do not make the skew flicker', () => {
    const { serverClock } = machine();
    serverClock.observe(new Date(NOON + HOUR), new Date(NOON));
    const { skewMs } = serverClock;
    serverClock.observe(new Date(NOON + HOUR + 1_000), new Date(NOON));
    expect(serverClock.skewMs).toBe(skewMs);
    serverClock.observe(new Date(NOON), new Date(NOON));
    expect(serverClock.skewMs).toBe(0);
  });

  test('nor does time that passes while one looks', () => {
    let nowMs = NOON;
    const ticking = { now: () => new Date(nowMs++), setTimer: () => () => {} };
    const serverClock = new ServerClock(ticking, () => 1_000);
    expect(serverClock.skewMs).toBe(0);
    serverClock.observe(new Date(NOON + HOUR), new Date(NOON));
    expect(serverClock.skewMs).toBe(HOUR + 500);
  });

  test('before any reply it is this machine’s clock', () => {
    expect(machine().serverClock.now().getTime()).toBe(NOON);
  });

  test('a clock two hours behind is made up for', () => {
    const { serverClock, pass } = machine();
    serverClock.observe(new Date(NOON + 2 * HOUR), new Date(NOON));
    pass(60_000);
    expect(serverClock.now().getTime()).toBe(NOON + 2 * HOUR + 60_500);
    expect(serverClock.skewMs).toBe(2 * HOUR + 500);
  });

  test('the coarseness of the header is no skew', () => {
    const { serverClock } = machine();
    serverClock.observe(new Date(NOON - 1_000), new Date(NOON));
    expect(serverClock.skewMs).toBe(0);
  });

  test.each([-2 * HOUR, -24 * HOUR, -NOON])('setting the clock back by %d ms does not turn time back', (jump) => {
    const { serverClock, setClock, pass } = machine();
    serverClock.observe(new Date(NOON), new Date(NOON));
    setClock(NOON + jump);
    pass(10_000);
    expect(serverClock.now().getTime()).toBe(NOON + 10_000);
  });

  test.each([2 * HOUR, 24 * HOUR, Date.UTC(2100, 0, 1) - NOON])(
    'setting it forward by %d ms expires at most too early, until the next reply',
    (jump) => {
      const { serverClock, setClock } = machine();
      serverClock.observe(new Date(NOON), new Date(NOON));
      setClock(NOON + jump);
      expect(serverClock.now().getTime()).toBe(NOON + jump);
      serverClock.observe(new Date(NOON + 1_000), new Date(NOON + jump));
      expect(serverClock.now().getTime()).toBe(NOON + 1_500);
    },
  );

  test('time spent asleep counts', () => {
    const { serverClock, sleep } = machine();
    serverClock.observe(new Date(NOON), new Date(NOON));
    sleep(3 * HOUR);
    expect(serverClock.now().getTime()).toBe(NOON + 3 * HOUR);
  });

  test.each(['Invalid', '1970-01-01T00:00:00Z', '2101-01-01T00:00:00Z'])('an absurd date is ignored: %s', (date) => {
    const { serverClock } = machine();
    serverClock.observe(new Date(date), new Date(NOON));
    expect(serverClock.now().getTime()).toBe(NOON);
    expect(serverClock.skewMs).toBe(0);
  });
});

test('the clock that nobody can set is the time since the machine was started', () => {
  const clock = new FakeClock(NOON);
  const serverClock = new ServerClock(clock);
  serverClock.observe(new Date(NOON), new Date(NOON));
  clock.jumpTo(NOON - 24 * HOUR);
  const aheadMs = serverClock.now().getTime() - NOON;
  expect(aheadMs).toBeGreaterThanOrEqual(0);
  expect(aheadMs).toBeLessThan(2_000);
});
