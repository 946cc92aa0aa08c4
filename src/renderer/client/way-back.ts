/** A name in the storage of this tab, which no other tab reads. */
const NAME = 'rolecall-way-back';

/**
 * Leaves the fragment to start with for the page that comes in this one's place, as when the user reloads it: written while the page
 * goes, and taken by the next at once, so that nothing lies there while it is open.
 */
export function leaveWayBack(window: Window, hash: string): void {
  window.addEventListener('pagehide', () => withStorage(window, (storage) => storage.setItem(NAME, hash)));
  // A page that the browser had put aside and shows again is itself.
  window.addEventListener('pageshow', () => takeWayBack(window));
}

/** Reads and removes what was left; undefined where nothing was. */
export function takeWayBack(window: Window): string | undefined {
  return withStorage(window, (storage) => {
    const hash = storage.getItem(NAME) ?? undefined;
    storage.removeItem(NAME);
    return hash;
  });
}

/** Browsers that keep nothing throw when they are asked to; there the page is opened from the terminal again. */
function withStorage<Value>(window: Window, run: (storage: Storage) => Value): Value | undefined {
  try {
    return run(window.sessionStorage);
  } catch {
    return undefined;
  }
}
