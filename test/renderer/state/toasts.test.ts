import { expect, test } from 'vitest';
import { createToasts } from '../../../src/renderer/state/toasts.ts';

function setUp() {
  const timers: (() => void)[] = [];
  const toasts = createToasts({
    setTimer(_delayMs, action) {
      timers.push(action);
      return () => undefined;
    },
  });
  const add = (severity: 'ok' | 'error', message: string): void =>
    toasts.add({ severity, message, hint: undefined, action: undefined });
  const shown = (): readonly string[] => toasts.shown.get().map((toast) => toast.message);
  return { toasts, timers, add, shown };
}

test('good news leaves by itself, errors stay until they are read', () => {
  const { toasts, timers, add, shown } = setUp();
  add('error', 'broken');
  add('ok', 'copied');
  expect(timers).toHaveLength(1);
  timers[0]?.();
  expect(shown()).toEqual(['broken']);
  toasts.dismiss(toasts.shown.get()[0]?.id ?? 0);
  expect(shown()).toEqual([]);
});

test('the same error is said once, newer good news takes the place of older', () => {
  const { add, shown } = setUp();
  add('error', 'broken');
  add('error', 'broken');
  add('ok', 'one');
  add('ok', 'two');
  expect(shown()).toEqual(['broken', 'two']);
});

test('good news stays while the mouse or the keyboard is at it', () => {
  const timers: (() => void)[] = [];
  let isHeld = true;
  const toasts = createToasts(
    {
      setTimer(_delayMs, action) {
        timers.push(action);
        return () => undefined;
      },
    },
    () => isHeld,
  );
  toasts.add({ severity: 'ok', message: 'hidden', hint: undefined, action: undefined });
  timers.shift()?.();
  expect(toasts.shown.get()).toHaveLength(1);
  isHeld = false;
  timers.shift()?.();
  expect(toasts.shown.get()).toHaveLength(0);
  expect(timers).toHaveLength(0);
});
