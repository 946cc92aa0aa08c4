import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MAX_TIMER_MS, sleep, systemClock } from '../../../src/core/model/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const DAY_MS = 24 * 3_600_000;

describe('the machine’s timers', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each([90 * DAY_MS, MAX_TIMER_MS + 1, Number.MAX_SAFE_INTEGER, Infinity])(
    'a delay of %d ms, more than a timer can hold, waits as long as one can instead of firing at once',
    (delayMs) => {
      const action = vi.fn();
      systemClock().setTimer(delayMs, action);
      vi.advanceTimersByTime(MAX_TIMER_MS - 1);
      expect(action).not.toHaveBeenCalled();
      vi.advanceTimersByTime(1);
      expect(action).toHaveBeenCalledOnce();
    },
  );

  test('one in the past fires once, at once; one that is cancelled never', () => {
    const [past, cancelled] = [vi.fn(), vi.fn()];
    systemClock().setTimer(-5, past);
    systemClock().setTimer(10, cancelled)();
    vi.advanceTimersByTime(DAY_MS);
    expect(past).toHaveBeenCalledOnce();
    expect(cancelled).not.toHaveBeenCalled();
  });
});

describe('sleep', () => {
  test('ends when the time has come', async () => {
    const clock = new FakeClock();
    const slept = sleep(clock, 1_000);
    await clock.advance(1_000);
    await slept;
    expect(clock.pending).toBe(0);
  });

  test('cancelled it rejects with the reason and leaves no timer', async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    const slept = sleep(clock, 1_000, stop.signal);
    stop.abort(new Error('enough'));
    await expect(slept).rejects.toThrow('enough');
    await expect(sleep(clock, 1_000, stop.signal)).rejects.toThrow('enough');
    expect(clock.pending).toBe(0);
  });
});
