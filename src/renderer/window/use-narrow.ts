import { useSyncExternalStore } from 'react';

/** Below this the window shows the popover's list instead of the table; `window.css` turns at the same width. */
const NARROW = '(max-width: 720px)';

/** Whether the page is too narrow for tables and sidebars. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches);
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
