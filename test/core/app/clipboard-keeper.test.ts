import { describe, expect, test } from 'vitest';
import { ClipboardKeeper, CopiedSinceError } from '../../../src/core/app/clipboard-keeper.ts';
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
    await clip.ask().put(new Secret('key'), 60);
    await clock.advance(59_999);
    expect(clipboard.text).toBe('key');
    await clock.advance(1);
    expect(clipboard.text).toBe('');
    expect(clock.pending).toBe(0);
  });

  test('what the user copied since stays', async () => {
    const { clock, clipboard, keeper: clip } = keeper();
    await clip.ask().put(new Secret('key'), 60);
    clipboard.text = 'a shopping list';
    await clock.advance(60_000);
    expect(clipboard.text).toBe('a shopping list');
  });

  test('a second copy has its own full time', async () => {
    const { clock, clipboard, keeper: clip } = keeper();
    await clip.ask().put(new Secret('one'), 60);
    await clock.advance(50_000);
    await clip.ask().put(new Secret('two'), 60);
    await clock.advance(59_000);
    expect(clipboard.text).toBe('two');
    await clock.advance(1_000);
    expect(clipboard.text).toBe('');
  });

  test('with no time set it stays until it is cleared: at lock, sign-out, quit', async () => {
    const { clock, clipboard, keeper: clip } = keeper();
    await clip.ask().put(new Secret('key'), 0);
    await clock.advance(3_600_000);
    expect(clipboard.text).toBe('key');
    await clip.clear();
    expect(clipboard.text).toBe('');
  });

  test('clearing twice, or with nothing there, does nothing', async () => {
    const { clipboard, keeper: clip } = keeper();
    clipboard.text = 'theirs';
    await clip.clear();
    await clip.ask().put(new Secret('key'), 60);
    await clip.clear();
    clipboard.text = 'key';
    await clip.clear();
    expect(clipboard.text).toBe('key');
  });

  test('a clipboard that takes nothing leaves no timer, and what was there is still watched', async () => {
    const { clock, clipboard, keeper: clip } = keeper();
    await clip.ask().put(new Secret('one'), 60);
    clipboard.refuses = true;
    await expect(clip.ask().put(new Secret('two'), 60)).rejects.toThrow();
    clipboard.refuses = false;
    await clock.advance(60_000);
    expect(clipboard.text).toBe('');
  });

  test('what was asked for last stays, also when a slower one comes after it', async () => {
    const { clipboard, keeper: clip } = keeper();
    const slow = clip.ask();
    const quick = clip.ask();
    await quick.put(new Secret('chosen last'), 60);
    await expect(slow.put(new Secret('chosen first'), 60)).rejects.toThrow(CopiedSinceError);
    expect(clipboard.text).toBe('chosen last');
  });

  test('one that failed stands in nobody’s way', async () => {
    const { clipboard, keeper: clip } = keeper();
    const slow = clip.ask();
    clipboard.refuses = true;
    await expect(clip.ask().put(new Secret('never there'), 60)).rejects.toThrow('no clipboard');
    clipboard.refuses = false;
    await slow.put(new Secret('key'), 60);
    expect(clipboard.text).toBe('key');
  });

  test('two that are ready at once are written one after the other, in the order they were asked for', async () => {
    const { clipboard, keeper: clip } = keeper();
    const letGo = clipboard.holdNextWrite();
    const both = [clip.ask().put(new Secret('first'), 60), clip.ask().put(new Secret('second'), 60)];
    letGo();
    await Promise.all(both);
    expect(clipboard.text).toBe('second');
  });

  test('the time of the first copy does not end the second of the same text', async () => {
    const { clock, clipboard, keeper: clip } = keeper();
    await clip.ask().put(new Secret('key'), 60);
    const letGo = clipboard.holdNextWrite();
    const second = clip.ask().put(new Secret('key'), 60);
    await clock.advance(60_000);
    letGo();
    await second;
    expect(clipboard.text).toBe('key');
    await clock.advance(60_000);
    expect(clipboard.text).toBe('');
  });
});
