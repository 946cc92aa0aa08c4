import { expect, test } from 'vitest';
import { demoBeside, type RunDemo } from '../../src/cli/demo-beside.ts';

/** A demo that is open at once, counts what is asked of it, and ends when it is told to. */
function fakeDemo() {
  const calls: string[] = [];
  const ends: (() => void)[] = [];
  const run: RunDemo = (signal, onOpen) => {
    calls.push('started');
    onOpen(() => void calls.push('shown'));
    return new Promise((resolve) => {
      const end = (): void => {
        calls.push('ended');
        resolve();
      };
      ends.push(end);
      signal.addEventListener('abort', end, { once: true });
    });
  };
  return { run, calls, endByItself: () => ends.at(-1)?.() };
}

test('is started once, shown again after that, and started anew once it ended', async () => {
  const { run, calls, endByItself } = fakeDemo();
  const demo = demoBeside(run, new AbortController().signal);
  await Promise.all([demo.open(), demo.open()]);
  await demo.open();
  expect(calls).toEqual(['started', 'shown', 'shown']);
  endByItself();
  await new Promise((resolve) => setImmediate(resolve));
  await demo.open();
  expect(calls).toEqual(['started', 'shown', 'shown', 'ended', 'started']);
  await demo.close();
  expect(calls.at(-1)).toBe('ended');
});

test('ends with the app', async () => {
  const { run, calls } = fakeDemo();
  const app = new AbortController();
  const demo = demoBeside(run, app.signal);
  await demo.open();
  app.abort();
  await demo.close();
  expect(calls).toEqual(['started', 'ended']);
});

test.each<[string, RunDemo]>([
  ['fails', () => Promise.reject(new Error('no port'))],
  ['ends', () => Promise.resolve()],
])('a demo that %s before it is open says how to start it by hand, and can be tried again', async (_, run) => {
  const demo = demoBeside(run, new AbortController().signal);
  for (const _attempt of [1, 2]) {
    await expect(demo.open()).rejects.toMatchObject({
      message: 'The demo could not be started from here.',
      hint: 'Start it in a terminal: rolecall host --sandbox',
    });
  }
  await demo.close();
});
