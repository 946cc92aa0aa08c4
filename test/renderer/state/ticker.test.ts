import { describe, expect, test } from 'vitest';
import { createTicker, type PageTime } from '../../../src/renderer/state/ticker.ts';

/** A page whose clock and visibility the test holds. */
function createPage(startMs: number) {
  const timers: { readonly atMs: number; readonly delayMs: number; readonly action: () => void }[] = [];
  let nowMs = startMs;
  let hidden = false;
  let onVisibility = (): void => undefined;
  const page: PageTime = {
    now: () => nowMs,
    isHidden: () => hidden,
    onVisibility(listener) {
      onVisibility = listener;
      return () => undefined;
    },
    setTimer(delayMs, action) {
      const timer = { atMs: nowMs + delayMs, delayMs, action };
      timers.push(timer);
      return () => {
        const at = timers.indexOf(timer);
        if (at >= 0) {
          timers.splice(at, 1);
        }
      };
    },
  };
  return {
    page,
    timers,
    jumpTo: (ms: number) => {
      nowMs = ms;
    },
    setHidden: (next: boolean) => {
      hidden = next;
      onVisibility();
    },
    advance(ms: number) {
      const end = nowMs + ms;
      for (
        let due = timers.findIndex((timer) => timer.atMs <= end);
        due >= 0;
        due = timers.findIndex((timer) => timer.atMs <= end)
      ) {
        const [timer] = timers.splice(due, 1);
        nowMs = Math.max(nowMs, timer?.atMs ?? 0);
        timer?.action();
      }
      nowMs = end;
    },
  };
}

describe('the ticker', () => {
  test('has no timer while nobody listens', () => {
    const { page, timers } = createPage(500);
    createTicker(page);
    expect(timers).toHaveLength(0);
  });

  test('has one timer for all listeners, at the pace of the fastest, on whole seconds', () => {
    const { page, timers, advance } = createPage(1_400);
    const ticker = createTicker(page);
    const ticks: number[] = [];
    ticker.subscribe(10_000, () => undefined);
    expect(timers.map((timer) => timer.delayMs)).toEqual([8_600]);
    const stop = ticker.subscribe(1_000, () => ticks.push(ticker.current()));
    expect(timers.map((timer) => timer.delayMs)).toEqual([600]);
    advance(2_700);
    expect(ticks).toEqual([2_000, 3_000, 4_000]);
    stop();
    expect(timers).toHaveLength(1);
    expect(timers[0]?.delayMs).toBeGreaterThan(1_000);
  });

  test('stops while the page is hidden, and is right at once when it comes back', () => {
    const { page, timers, jumpTo, setHidden } = createPage(0);
    const ticker = createTicker(page);
    let calls = 0;
    ticker.subscribe(1_000, () => {
      calls += 1;
    });
    setHidden(true);
    expect(timers).toHaveLength(0);
    jumpTo(3_600_000);
    setHidden(false);
    expect(calls).toBe(1);
    expect(ticker.current()).toBe(3_600_000);
    expect(timers).toHaveLength(1);
  });

  test.each([0, 4_102_444_800_000, -86_400_000, 1_795_000_000_123])(
    'a jump of the clock to %d leaves one timer within one period',
    (jumpMs) => {
      const { page, timers, jumpTo, advance } = createPage(1_790_000_000_500);
      const ticker = createTicker(page);
      ticker.subscribe(1_000, () => undefined);
      advance(500);
      jumpTo(jumpMs);
      timers.splice(0)[0]?.action();
      expect(timers).toHaveLength(1);
      expect(timers[0]?.delayMs).toBeGreaterThan(0);
      expect(timers[0]?.delayMs).toBeLessThanOrEqual(2_000);
    },
  );

  test('gives late comers the present, not the last tick', () => {
    const { page, jumpTo } = createPage(0);
    const ticker = createTicker(page);
    jumpTo(55_000);
    ticker.subscribe(10_000, () => undefined);
    expect(ticker.current()).toBe(55_000);
  });
});
