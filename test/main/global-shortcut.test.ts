import { expect, test } from 'vitest';
import { createShortcutKeeper } from '../../src/main/global-shortcut.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';

function setUp() {
  const electron = new ElectronStandIn({ userData: '' });
  const presses: string[] = [];
  const keeper = createShortcutKeeper(electron.apis.globalShortcut, () => presses.push('pressed'));
  return { shortcuts: electron.globalShortcut, keeper, presses };
}

test('new keys take the place of the old', () => {
  const { shortcuts, keeper, presses } = setUp();
  expect(keeper.set('Ctrl+Alt+R')).toBe(true);
  expect(keeper.set('Ctrl+Alt+K')).toBe(true);
  shortcuts.registered.get('Ctrl+Alt+K')?.();
  expect([[...shortcuts.registered.keys()], presses]).toEqual([['Ctrl+Alt+K'], ['pressed']]);
});

test('no keys are a valid choice', () => {
  const { shortcuts, keeper } = setUp();
  keeper.set('Ctrl+Alt+R');
  expect([keeper.set(''), shortcuts.registered.size]).toEqual([true, 0]);
});

test.each(['Ctrl+Space', 'no keys at all!'])('keys that cannot be had are reported: %s', (keys) => {
  const { shortcuts, keeper } = setUp();
  shortcuts.taken.add('Ctrl+Space');
  expect([keeper.set(keys), shortcuts.registered.size]).toEqual([false, 0]);
  expect(keeper.set('Ctrl+Alt+R')).toBe(true);
});
