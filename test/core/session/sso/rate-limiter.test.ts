import { setMaxListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { PORTAL_LIMITS, RateLimiter } from '../../../../src/core/session/sso/rate-limiter.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

const NEVER = new AbortController().signal;
setMaxListeners(0, NEVER);

/** Asks `count` times and notes when each may go. */
function ask(limiter: RateLimiter, clock: FakeClock, count: number): number[] {
  const start = clock.now().getTime();
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    void limiter.acquire('background', NEVER).then(() => times.push(clock.now().getTime() - start));
  }
  return times;
}

function mostInOneSecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1_000).length));
}

describe('RateLimiter', () => {
  test('steadily eighteen a second, never more than twenty in any second', async () => {
    const clock = new FakeClock();
    const times = ask(new RateLimiter(clock), clock, 200);
    await clock.advance(20_000);
    expect(times).toHaveLength(200);
    expect(mostInOneSecond(times)).toBeLessThanOrEqual(20);
    const seconds = (times.at(-1) ?? 0) / 1000;
    expect(198 / seconds).toBeGreaterThan(17.8);
    expect(198 / seconds).toBeLessThanOrEqual(18.05);
  });

  test('a pause saves up no more than the burst', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(clock);
    await clock.advance(60_000);
    const times = ask(limiter, clock, 60);
    await clock.advance(5_000);
    expect(times.filter((time) => time === 0)).toHaveLength(PORTAL_LIMITS.burst);
    expect(mostInOneSecond(times)).toBeLessThanOrEqual(20);
  });

  test('throttling slows down once for all requests refused together, and pauses as asked', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(clock);
    for (let index = 0; index < 10; index += 1) {
      limiter.throttled(3_000);
    }
    expect(limiter.perSecond).toBeCloseTo(18 * 0.6);
    const times = ask(limiter, clock, 3);
    await clock.advance(2_900);
    expect(times).toHaveLength(0);
    await clock.advance(500);
    expect(times).toHaveLength(3);
  });

  test('it never stops, and is back to full speed some time after', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(clock);
    for (let second = 0; second < 30; second += 1) {
      limiter.throttled(0);
      await clock.advance(1_100);
    }
    expect(limiter.perSecond).toBeGreaterThanOrEqual(1);
    await clock.advance(60_000);
    limiter.throttled(0);
    expect(limiter.perSecond).toBeCloseTo(18 * 0.6);
  });

  test('a click goes before the background', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(clock);
    const order: string[] = [];
    const go = (name: string, priority: 'now' | 'background') =>
      void limiter.acquire(priority, NEVER).then(() => order.push(name));
    for (let index = 0; index < 5; index += 1) {
      go(`b${index}`, 'background');
    }
    go('click', 'now');
    go('click2', 'now');
    await clock.advance(2_000);
    expect(order).toEqual(['b0', 'b1', 'click', 'click2', 'b2', 'b3', 'b4']);
  });

  test('who goes away takes no permit', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(clock);
    const gone = new AbortController();
    setMaxListeners(0, gone.signal);
    const refused = Array.from({ length: 50 }, () => limiter.acquire('background', gone.signal).catch(() => 'gone'));
    gone.abort(new Error('stop'));
    expect((await Promise.all(refused)).filter((outcome) => outcome === 'gone')).toHaveLength(48);
    const times = ask(limiter, clock, 1);
    await clock.advance(100);
    expect(times).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  test.each([-7_200_000, -86_400_000, 7_200_000])(
    'a clock that jumps by %d ms neither stops it nor opens the gate',
    async (jump) => {
      const clock = new FakeClock();
      const limiter = new RateLimiter(clock);
      limiter.throttled(1_000);
      clock.jumpTo(clock.now().getTime() + jump);
      const times = ask(limiter, clock, 40);
      await clock.advance(10_000);
      expect(times).toHaveLength(40);
      expect(mostInOneSecond(times)).toBeLessThanOrEqual(20);
    },
  );
});
