/** What of a key press decides. */
type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/**
 * A combination of keys as Electron's `globalShortcut` takes it (`Control+Shift+A`). Undefined while only modifiers are down, and for
 * combinations that would take a letter away from typing.
 */
export function acceleratorOf(press: KeyPress): string | undefined {
  const key = keyName(press);
  const modifiers = [
    press.ctrlKey && 'Control',
    press.altKey && 'Alt',
    press.shiftKey && 'Shift',
    press.metaKey && 'Super',
  ].filter((name): name is string => name !== false);
  const typing = modifiers.length === 0 || (modifiers.length === 1 && modifiers[0] === 'Shift');
  return key === undefined || (typing && !/^F\d{1,2}$/.test(key)) ? undefined : [...modifiers, key].join('+');
}

/** The key by its place, so that Shift and Alt do not change its name. */
function keyName({ key, code }: KeyPress): string | undefined {
  const letter = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1];
  if (letter !== undefined) {
    return letter;
  }
  if (code === 'Space') {
    return 'Space';
  }
  return /^F\d{1,2}$/.test(key) ? key : undefined;
}
