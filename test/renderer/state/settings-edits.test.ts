import { expect, test } from 'vitest';
import type { AppState } from '../../../src/shared/app-state.ts';
import { createCell } from '../../../src/renderer/state/cell.ts';
import { createSettingsEdits } from '../../../src/renderer/state/settings-edits.ts';
import { believableState } from '../fake-state.ts';

function setUp() {
  const state = createCell<AppState | undefined>(believableState(0));
  const answers: ((answer: unknown) => void)[] = [];
  const edits = createSettingsEdits(state, () => new Promise((resolve) => answers.push(resolve)));
  const tell = (changes: Partial<AppState['settings']>): void => {
    const before = state.get() ?? believableState(0);
    state.set({ ...before, settings: { ...before.settings, ...changes } });
  };
  const answer = async (at: number, value: unknown): Promise<void> => {
    answers[at]?.(value);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { edits, tell, answer };
}

test('a change counts until the core has kept it and told it, in either order', async () => {
  const { edits, tell, answer } = setUp();
  edits.make({ proxyUrl: 'http://one:1' });
  tell({ proxyUrl: 'http://one:1' });
  expect(edits.underWay.get()).toEqual({ proxyUrl: 'http://one:1' });
  await answer(0, null);
  expect(edits.underWay.get()).toEqual({});
  edits.make({ proxyUrl: 'http://two:2' });
  await answer(1, null);
  expect(edits.underWay.get()).toEqual({ proxyUrl: 'http://two:2' });
  tell({ proxyUrl: 'http://two:2' });
  expect(edits.underWay.get()).toEqual({});
});

test('of two changes of one thing the later counts, also once the earlier was kept', async () => {
  const { edits, tell, answer } = setUp();
  edits.make({ theme: 'dark', autoFillMfa: true });
  edits.make({ theme: 'light' });
  tell({ theme: 'dark', autoFillMfa: true });
  await answer(0, null);
  expect(edits.underWay.get()).toEqual({ theme: 'light' });
});

test('a change that the core did not keep is dropped, others stay', async () => {
  const { edits, answer } = setUp();
  edits.make({ theme: 'dark' });
  edits.make({ autoFillMfa: true });
  await answer(0, undefined);
  expect(edits.underWay.get()).toEqual({ autoFillMfa: true });
});
