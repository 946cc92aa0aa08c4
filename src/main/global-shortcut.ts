import type { GlobalShortcut } from 'electron';

/** The keys that open the popover from anywhere. */
export interface ShortcutKeeper {
  /** Registers these keys in place of the last; empty for none. Returns whether they are ours now. */
  set(accelerator: string): boolean;
}

/** Keeps one system-wide shortcut. */
export function createShortcutKeeper(
  globalShortcut: Pick<GlobalShortcut, 'register' | 'unregister'>,
  onPress: () => void,
): ShortcutKeeper {
  let current = '';
  return {
    set: (accelerator) => {
      if (current !== '') {
        globalShortcut.unregister(current);
      }
      current = accelerator !== '' && tryRegister(globalShortcut, accelerator, onPress) ? accelerator : '';
      return current === accelerator;
    },
  };
}

/** Electron answers false when another program has the keys, and throws when they are no keys. */
function tryRegister(
  globalShortcut: Pick<GlobalShortcut, 'register'>,
  accelerator: string,
  onPress: () => void,
): boolean {
  try {
    return globalShortcut.register(accelerator, onPress);
  } catch {
    return false;
  }
}
