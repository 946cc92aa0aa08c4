import { describe, expect, test } from 'vitest';
import { ClipboardKeeper } from '../../../src/core/app/clipboard-keeper.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { FakeClipboard } from '../../helpers/fake-clipboard.ts';

function keeper() {
  const clock = new FakeClock();
  const clipboard = new FakeClipboard();
  return { clock, clipboard, keeper: new ClipboardKeeper(clipboard, clock) };
}

describe('clipboard keeper', () => {
  test('the text leaves the clipboard after the set time, not before', async () => {
    const { clock, clipboard, keeper: clip } = keeper();
    await clip.put(new Secret('key'), 60);
    await clock.advance(59_999);
    expect(clipboard.text).toBe('key');
    await clock.advance(1);
    expect(clipboard.text).toBe('');
    expect(clock.pending).toBe(0);
  });

  test('what the user copied since stays', async () => {
    const { clock, clipboard, keeper: clip } = keeper();
    await clip.put(new Secret('key'), 60);
    clipboard.text = 'a shopping list';
    await clock.advance(60_000);
    expect(clipboard.text).toBe('a shopping list');
  });

  test('a second copy has its own full time', async () => {
    const { clock, clipboard, keeper: clip } = keeper();
    await clip.put(new Secret('one'), 60);
    await clock.advance(50_000);
    await clip.put(new Secret('two'), 60);
    await clock.advance(59_000);
    expect(clipboard.text).toBe('two');
    await clock.advance(1_000);
    expect(clipboard.text).toBe('');
  });

  test('with no time set it stays until it is cleared: at lock, sign-out, quit', async () => {
    const { clock, clipboard, keeper: clip } = keeper();
    await clip.put(new Secret('key'), 0);
    await clock.advance(3_600_000);
    expect(clipboard.text).toBe('key');
    await clip.clear();
    expect(clipboard.text).toBe('');
  });

  test('clearing twice, or with nothing there, does nothing', async () => {
    const { clipboard, keeper: clip } = keeper();
    clipboard.text = 'theirs';
    await clip.clear();
    await clip.put(new Secret('key'), 60);
    await clip.clear();
    clipboard.text = 'key';
    await clip.clear();
    expect(clipboard.text).toBe('key');
  });

  test('a clipboard that takes nothing leaves no timer, and what was there is still watched', async () => {
    const { clock, clipboard, keeper: clip } = keeper();
    await clip.put(new Secret('one'), 60);
    clipboard.refuses = true;
    await expect(clip.put(new Secret('two'), 60)).rejects.toThrow();
    clipboard.refuses = false;
    await clock.advance(60_000);
    expect(clipboard.text).toBe('');
  });
});
