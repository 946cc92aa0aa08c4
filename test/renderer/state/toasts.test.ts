import { expect, test } from 'vitest';
import type { Language } from '../../../src/renderer/i18n/language.ts';
import { englishText, loadText } from '../../../src/renderer/i18n/text.ts';
import { createToasts } from '../../../src/renderer/state/toasts.ts';

function setUp() {
  const timers: (() => void)[] = [];
  let text = englishText([]);
  const toasts = createToasts(
    {
      setTimer(_delayMs, action) {
        timers.push(action);
        return () => undefined;
      },
    },
    () => text,
  );
  const speak = async (language: Language): Promise<void> => {
    text = await loadText(language, []);
  };
  const add = (severity: 'ok' | 'error', message: string): void => toasts.add(severity, () => ({ message }));
  const shown = (): readonly string[] => toasts.shown.get().map((toast) => toast.words(text).message);
  return { toasts, timers, add, shown, speak };
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
    () => englishText([]),
    () => isHeld,
  );
  toasts.add('ok', () => ({ message: 'hidden' }));
  timers.shift()?.();
  expect(toasts.shown.get()).toHaveLength(1);
  isHeld = false;
  timers.shift()?.();
  expect(toasts.shown.get()).toHaveLength(0);
  expect(timers).toHaveLength(0);
});

test('what was said in another language is said in the one spoken now, and still but once', async () => {
  const { toasts, shown, speak } = setUp();
  const refuse = (): void => toasts.add('error', ({ t }) => ({ message: t.failures.offline }));
  refuse();
  const before = shown();
  await speak('ja');
  expect(shown()).not.toEqual(before);
  expect(shown()[0]).toMatch(/[\u3041-\u30ff]/);
  refuse();
  expect(shown()).toHaveLength(1);
});
