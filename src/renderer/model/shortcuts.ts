/** What the keyboard can do in the list of accounts and roles. */
export const SHORTCUTS = [
  'console',
  'destination',
  'copy',
  'copy-as',
  'row-menu',
  'pin',
  'edit',
  'move-up',
  'move-down',
  'search',
  'refresh',
  'settings',
  'window',
  'keys',
] as const;

export type Shortcut = (typeof SHORTCUTS)[number];

export type Platform = 'linux' | 'darwin' | 'win32';

/** What of a key press decides. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

interface Combination {
  /** As `KeyboardEvent.key`, in lower case. */
  readonly key: string;
  /** Command on macOS, Ctrl elsewhere. */
  readonly mod?: true;
  readonly alt?: true;
  readonly shift?: true;
}

const COMBINATIONS: Readonly<Record<Shortcut, Combination>> = {
  console: { key: 'enter' },
  destination: { key: 'enter', alt: true },
  copy: { key: 'c', mod: true },
  'copy-as': { key: 'c', mod: true, shift: true },
  'row-menu': { key: 'arrowright' },
  pin: { key: 'd', mod: true },
  edit: { key: 'e', mod: true },
  'move-up': { key: 'arrowup', alt: true },
  'move-down': { key: 'arrowdown', alt: true },
  search: { key: 'f', mod: true },
  refresh: { key: 'r', mod: true },
  settings: { key: ',', mod: true },
  window: { key: 'o', mod: true },
  keys: { key: '?' },
};

/** The shortcut that a key press stands for. */
export function shortcutOf(press: KeyPress, platform: Platform): Shortcut | undefined {
  const mod = platform === 'darwin' ? press.metaKey : press.ctrlKey;
  const otherMod = platform === 'darwin' ? press.ctrlKey : press.metaKey;
  const key = press.key.toLowerCase();
  return SHORTCUTS.find((shortcut) => {
    const wanted = COMBINATIONS[shortcut];
    // `?` is typed with Shift on most keyboards, and without on others.
    const shiftFits = wanted.key === '?' || press.shiftKey === (wanted.shift ?? false);
    return (
      key === wanted.key &&
      !otherMod &&
      shiftFits &&
      mod === (wanted.mod ?? false) &&
      press.altKey === (wanted.alt ?? false)
    );
  });
}

const NAMES: Readonly<Record<string, string>> = {
  enter: '↵',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
};

/** The keys of a shortcut as they are printed on this platform's keyboards. */
export function shortcutKeys(shortcut: Shortcut, platform: Platform): readonly string[] {
  const { key, mod, alt, shift } = COMBINATIONS[shortcut];
  const mac = platform === 'darwin';
  const held = [...(alt === true ? [mac ? '⌥' : 'Alt'] : []), ...(shift === true ? [mac ? '⇧' : 'Shift'] : [])];
  const name = NAMES[key] ?? key.toUpperCase();
  // macOS names Command last, the others Ctrl first.
  return mac ? [...held, ...(mod === true ? ['⌘'] : []), name] : [...(mod === true ? ['Ctrl'] : []), ...held, name];
}
