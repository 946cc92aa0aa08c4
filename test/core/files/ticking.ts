import type { FakeClock } from '../../helpers/fake-clock.ts';

const LONGEST_WAIT_MS = 10_000;

/** Moves a fake clock on until a promise is settled, giving the file system the time it takes. */
export async function tickUntil<T>(clock: FakeClock, promise: Promise<T>, stepMs = 25): Promise<T> {
  const state = { isSettled: false };
  const settled = promise.finally(() => {
    state.isSettled = true;
  });
  settled.catch(() => undefined);
  while (!state.isSettled) {
    await clock.advance(stepMs);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return settled;
}

/** Moves a fake clock on by so much, each step only when the code under test waits for it again and not for the file system. */
export async function passTime(clock: FakeClock, ms: number, stepMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += stepMs) {
    await clock.advance(stepMs);
    for (let waitedMs = 0; clock.pending === 0 && waitedMs < LONGEST_WAIT_MS; waitedMs += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}
